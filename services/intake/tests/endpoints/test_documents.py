import asyncio
import hashlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from services.intake.document_store import DocumentStore, DocumentStoreUnavailable
from services.intake.tests.house import PDF, XLSX, House, pointers, slug
from shared.ids import DocumentId, new_uuid
from shared.signing import commitment

MIB = 1024 * 1024


class TestUploadDocument:
    async def test_keeps_the_bytes_and_what_it_found_out(self, house: House) -> None:
        anna = house.applicant()
        application_id = await house.draft(anna)
        content = PDF + b"x" * 3 * MIB
        answer = await anna.upload(application_id, "project_plan", content, file_name="계획서 1.pdf")
        assert answer.status_code == 201
        shown = answer.json()
        assert (shown["size_bytes"], shown["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
        assert (shown["file_name"], shown["scan_state"]) == ("계획서 1.pdf", "not_scanned")
        (file,) = house.stored_files()
        assert file.read_bytes() == content

    async def test_commits_to_the_bytes_under_a_salt(self, house: House) -> None:
        anna = house.applicant()
        await anna.upload(await house.draft(anna), "project_plan")
        salt = await house.scalar("SELECT salt FROM document")
        committed = await house.scalar("SELECT commitment FROM document")
        assert commitment(salt, PDF) == committed

    async def test_raises_the_revision_of_the_draft(self, house: House) -> None:
        anna = house.applicant()
        application_id = await house.draft(anna)
        before = await anna.get(f"/v1/applications/{application_id}")
        await anna.upload(application_id, "project_plan")
        after = await anna.get(f"/v1/applications/{application_id}")
        assert (before.json()["revision"], after.json()["revision"]) == (1, 2)
        assert before.headers["etag"] != after.headers["etag"]

    async def test_replaces_the_document_of_the_same_kind(self, house: House) -> None:
        anna = house.applicant()
        application_id = await house.draft(anna)
        first = (await anna.upload(application_id, "project_plan")).json()
        second = (await anna.upload(application_id, "project_plan", PDF + b"2")).json()
        items = (await anna.get(f"/v1/applications/{application_id}/documents")).json()["items"]
        assert [item["id"] for item in items] == [second["id"]]
        assert [file.name for file in house.stored_files()] == [second["id"]]
        assert (await anna.get(f"/v1/documents/{first['id']}/content")).status_code == 404

    async def test_the_same_key_and_file_give_the_same_document(self, house: House) -> None:
        anna = house.applicant()
        application_id = await house.draft(anna)
        first = await anna.upload(application_id, "project_plan", key="u")
        again = await anna.upload(application_id, "project_plan", key="u")
        assert (again.status_code, again.json()) == (201, first.json())
        assert len(house.stored_files()) == 1

    async def test_the_same_key_with_another_file_is_refused(self, house: House) -> None:
        anna = house.applicant()
        application_id = await house.draft(anna)
        await anna.upload(application_id, "project_plan", key="u")
        answer = await anna.upload(application_id, "project_plan", PDF + b"2", key="u")
        assert (answer.status_code, slug(answer)) == (422, "key-reused")
        assert len(house.stored_files()) == 1

    async def test_a_repeat_after_the_submission_gives_the_document_and_stores_nothing(
        self, house: House
    ) -> None:
        anna = house.applicant()
        application_id = await house.complete(anna)
        first = await anna.upload(application_id, "project_plan", PDF + b"last", key="u")
        assert (await anna.submit(application_id)).status_code == 201
        stored = {(file.name, file.stat().st_ino) for file in house.stored_files()}
        again = await anna.upload(application_id, "project_plan", PDF + b"last", key="u")
        assert (again.status_code, again.json()) == (201, first.json())
        other = await anna.upload(application_id, "project_plan", PDF + b"another", key="u")
        assert (other.status_code, slug(other)) == (422, "key-reused")
        fresh = await anna.upload(application_id, "project_plan", PDF + b"last")
        assert (fresh.status_code, slug(fresh)) == (409, "not-a-draft")
        assert {(file.name, file.stat().st_ino) for file in house.stored_files()} == stored

    async def test_a_repeat_after_the_document_was_replaced_finds_it_gone(self, house: House) -> None:
        anna = house.applicant()
        application_id = await house.draft(anna)
        await anna.upload(application_id, "project_plan", key="u")
        await anna.upload(application_id, "project_plan", PDF + b"2")
        answer = await anna.upload(application_id, "project_plan", key="u")
        assert (answer.status_code, slug(answer)) == (404, "not-found")

    async def test_two_of_a_kind_at_once_leave_one(self, house: House) -> None:
        anna = house.applicant()
        application_id = await house.draft(anna)
        answers = await asyncio.gather(
            *(anna.upload(application_id, "project_plan", PDF + bytes([n])) for n in range(4))
        )
        assert [answer.status_code for answer in answers] == [201] * 4
        assert len((await anna.get(f"/v1/applications/{application_id}/documents")).json()["items"]) == 1
        assert len(house.stored_files()) == 1

    @pytest.mark.parametrize(
        ("kind", "media_type", "content"),
        [
            ("letter_of_intent", "image/png", b"\x89PNG\r\n\x1a\n rest"),
            ("letter_of_intent", "image/jpeg", b"\xff\xd8\xff\xe0 rest"),
            ("project_plan", "application/x-hwp", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 rest"),
            ("budget_table", XLSX, b"PK\x03\x04 rest"),
        ],
    )
    async def test_takes_each_type_by_its_first_bytes(
        self, house: House, kind: str, media_type: str, content: bytes
    ) -> None:
        anna = house.applicant()
        answer = await anna.upload(await house.draft(anna), kind, content, media_type=media_type)
        assert answer.status_code == 201

    @pytest.mark.parametrize(
        ("options", "status", "problem"),
        [
            ({"content": b"MZ\x90\x00 a program"}, 415, "document-content-mismatch"),
            ({"content": b"%PD"}, 415, "document-content-mismatch"),
            ({"content": b""}, 422, "document-empty"),
            ({"media_type": "image/png"}, 415, "document-type-not-allowed"),
            ({"media_type": "text/html"}, 415, "document-type-not-allowed"),
            ({"media_type": "application/json"}, 415, "document-type-not-allowed"),
            ({"kind": "diary"}, 422, "invalid"),
            ({"kind": "../../etc"}, 422, "invalid-input"),
            ({"file_name": "../plan.pdf"}, 422, "invalid"),
            ({"file_name": ""}, 422, "invalid-input"),
        ],
    )
    async def test_refuses_and_keeps_nothing(
        self, house: House, options: dict[str, Any], status: int, problem: str
    ) -> None:
        anna = house.applicant()
        application_id = await house.draft(anna)
        answer = await anna.upload(application_id, **{"kind": "project_plan", **options})
        assert (answer.status_code, slug(answer)) == (status, problem)
        assert house.stored_files() == []

    async def test_an_announced_length_beyond_the_cap_is_refused_at_once(self, house: House) -> None:
        anna = house.applicant()
        answer = await anna.upload(await house.draft(anna), "business_registration", PDF + b"x" * 10 * MIB)
        assert (answer.status_code, slug(answer)) == (413, "document-too-large")
        assert answer.json()["max_bytes"] == 10 * MIB

    async def test_a_stream_beyond_the_cap_is_refused_on_the_way(self, house: House) -> None:
        anna = house.applicant()
        application_id = await house.draft(anna)
        sent = 0

        async def endless() -> AsyncIterator[bytes]:
            nonlocal sent
            yield PDF
            for _ in range(64):
                sent += 1
                yield b"x" * MIB

        answer = await house.api.post(
            f"/v1/applications/{application_id}/documents",
            params={"kind": "business_registration", "file_name": "x.pdf"},
            content=endless(),
            headers={**anna.headers, "Content-Type": "application/pdf", "Idempotency-Key": "u"},
        )
        assert (answer.status_code, slug(answer)) == (413, "document-too-large")
        assert house.stored_files() == []
        assert (await anna.upload(application_id, "business_registration", key="u")).status_code == 201

    async def test_is_refused_once_submitted(self, house: House) -> None:
        anna = house.applicant()
        application_id = await house.submitted(anna)
        before = house.stored_files()
        answer = await anna.upload(application_id, "project_plan")
        assert (answer.status_code, slug(answer)) == (409, "not-a-draft")
        assert house.stored_files() == before

    async def test_a_submission_during_the_upload_wins_and_the_file_goes(
        self, house: House, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        anna = house.applicant()
        application_id = await house.complete(anna)
        before = sorted(house.stored_files())
        store: DocumentStore = house.app.state.document_store
        put = store.put

        async def slowly(*args: Any, **options: Any) -> Any:
            stored = await put(*args, **options)
            assert (await anna.submit(application_id)).status_code == 201
            return stored

        monkeypatch.setattr(DocumentStore, "put", lambda _self, *args, **options: slowly(*args, **options))
        answer = await anna.upload(application_id, "project_plan")
        assert (answer.status_code, slug(answer)) == (409, "not-a-draft")
        assert sorted(house.stored_files()) == before

    async def test_an_unreachable_store_is_an_outage(
        self, house: House, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        anna = house.applicant()
        application_id = await house.draft(anna)
        nowhere = DocumentStore.open("s3://bucket")
        monkeypatch.setattr(house.app.state, "document_store", nowhere)
        with pytest.raises(DocumentStoreUnavailable):
            await nowhere.get(DocumentId(new_uuid()))
        answer = await anna.upload(application_id, "project_plan")
        assert (answer.status_code, slug(answer)) == (503, "document-store-unavailable")


class TestDownloadDocument:
    async def test_gives_the_bytes_as_an_attachment(self, house: House) -> None:
        anna = house.applicant()
        uploaded = await anna.upload(await house.draft(anna), "project_plan", file_name="계획서 1.pdf")
        answer = await anna.get(f"/v1/documents/{uploaded.json()['id']}/content")
        assert answer.content == PDF
        assert answer.headers["content-type"] == "application/pdf"
        disposition = "attachment; filename*=UTF-8''%EA%B3%84%ED%9A%8D%EC%84%9C%201.pdf"
        assert answer.headers["content-disposition"] == disposition
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in answer.headers["content-security-policy"]

    async def test_writes_down_who_read_it(self, house: House) -> None:
        anna = house.applicant()
        application_id = await house.submitted(anna)
        items = (await house.kaia.get(f"/v1/applications/{application_id}/documents")).json()["items"]
        assert (await house.kaia.get(f"/v1/documents/{items[0]['id']}/content")).status_code == 200
        (entry,) = await house.audit("read_document")
        assert (entry["actor"], str(entry["object_id"])) == (house.kaia.subject, items[0]["id"])

    @pytest.mark.parametrize("state", ["pending", "infected"])
    async def test_waits_for_a_clean_scan(self, house: House, state: str) -> None:
        anna = house.applicant()
        uploaded = (await anna.upload(await house.draft(anna), "project_plan")).json()
        await house.scalar("UPDATE document SET scan_state = :state RETURNING 1", state=state)
        answer = await anna.get(f"/v1/documents/{uploaded['id']}/content")
        assert (answer.status_code, slug(answer), answer.json()["scan_state"]) == (
            409,
            "document-not-cleared",
            state,
        )


class TestDeleteDocument:
    async def test_takes_it_out_of_the_draft_for_good(self, house: House) -> None:
        anna = house.applicant()
        application_id = await house.complete(anna)
        items = (await anna.get(f"/v1/applications/{application_id}/documents")).json()["items"]
        gone = next(item for item in items if item["kind"] == "project_plan")
        assert (await anna.delete(f"/v1/documents/{gone['id']}")).status_code == 204
        assert (await anna.delete(f"/v1/documents/{gone['id']}")).status_code == 404
        assert gone["id"] not in {file.name for file in house.stored_files()}
        completeness = await anna.get(f"/v1/applications/{application_id}/completeness")
        assert pointers(completeness) == {"/documents/project_plan"}

    async def test_is_refused_once_submitted(self, house: House) -> None:
        anna = house.applicant()
        application_id = await house.submitted(anna)
        items = (await anna.get(f"/v1/applications/{application_id}/documents")).json()["items"]
        answer = await anna.delete(f"/v1/documents/{items[0]['id']}")
        assert (answer.status_code, slug(answer)) == (409, "not-a-draft")

    async def test_two_at_once_delete_it_once(self, house: House) -> None:
        anna = house.applicant()
        uploaded = (await anna.upload(await house.draft(anna), "project_plan")).json()
        answers = await asyncio.gather(*(anna.delete(f"/v1/documents/{uploaded['id']}") for _ in range(3)))
        assert sorted(answer.status_code for answer in answers) == [204, 404, 404]


class TestDocumentStore:
    async def test_an_interrupted_upload_leaves_nothing(self, tmp_path: Path) -> None:
        store = DocumentStore.open((tmp_path / "store").as_uri())

        async def broken() -> AsyncIterator[bytes]:
            yield PDF + b"x" * MIB
            raise ConnectionResetError

        with pytest.raises(ConnectionResetError):
            await store.put(
                DocumentId(UUID(int=1)), broken(), media_type="application/pdf", max_bytes=9 * MIB
            )
        assert [path for path in (tmp_path / "store").rglob("*") if path.is_file()] == []

    async def test_deleting_what_is_not_there_is_harmless(self, tmp_path: Path) -> None:
        store = DocumentStore.open((tmp_path / "store").as_uri())
        await store.delete(DocumentId(UUID(int=1)))
        assert list((tmp_path / "store").rglob("*.pdf")) == []
