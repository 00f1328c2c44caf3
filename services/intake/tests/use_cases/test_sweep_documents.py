"""Left-over files are erased, and nothing else is."""

import os
from pathlib import Path

import pytest

from services.intake.document_store import DocumentStore
from services.intake.settings import IntakeSettings
from services.intake.tests.house import PDF, House
from services.intake.use_cases import upload_document
from services.intake.use_cases.sweep_documents import sweep_documents
from services.intake.worker import build
from shared.ids import new_uuid
from shared.worker import WorkerContext

DAY = 86_400


class Died(BaseException):
    """The process is gone."""


async def sweep(house: House, **options: int) -> int:
    store = DocumentStore.open(house.documents.as_uri())
    return await sweep_documents(house.database, store, house.app.state.clock, **options)


def age(file: Path, days: float) -> None:
    then = file.stat().st_mtime - days * DAY
    os.utime(file, (then, then))


def lay(house: House, *, days: float, name: str | None = None) -> Path:
    """A file as an upload leaves it, without a row."""
    one = new_uuid()
    file = house.documents / "documents" / one.hex[-2:] / (name or str(one))
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(PDF)
    age(file, days)
    return file


class TestSweepDocuments:
    async def test_erases_old_bytes_without_a_row_and_writes_it_down(self, house: House) -> None:
        left_over = lay(house, days=2)
        assert await sweep(house) == 1
        assert not left_over.exists()
        (entry,) = await house.audit("erase_left_over_document")
        assert (str(entry["object_id"]), entry["actor"]) == (left_over.name, "worker:intake")
        assert await sweep(house) == 0

    async def test_spares_what_has_a_row_however_old(self, house: House) -> None:
        await house.complete(house.applicant())
        kept = house.stored_files()
        for file in kept:
            age(file, 400)
        assert await sweep(house) == 0
        assert house.stored_files() == kept

    async def test_spares_the_young_and_what_is_not_a_document_of_ours(self, house: House) -> None:
        spared = {
            lay(house, days=0.9),
            lay(house, days=9, name="readme.txt"),
            lay(house, days=9, name=str(new_uuid())[:-2] + "zz"),
        }
        elsewhere = house.documents / "backup" / str(new_uuid())
        elsewhere.parent.mkdir()
        elsewhere.write_bytes(PDF)
        age(elsewhere, 9)
        assert await sweep(house) == 0
        assert set(house.stored_files()) == {*spared, elsewhere}

    async def test_spares_what_a_restored_database_may_have_forgotten(self, house: House) -> None:
        before, after = lay(house, days=5), lay(house, days=2)
        async with house.database.pool.acquire() as connection:
            await connection.execute(
                "INSERT INTO database_timeline (timeline, known_at) VALUES "
                "(101, clock_timestamp() - interval '90 days'), (102, clock_timestamp() - interval '3 days')"
            )
        assert await sweep(house) == 1
        assert (before.exists(), after.exists()) == (True, False)

    async def test_erases_no_more_at_once_than_it_is_told(self, house: House) -> None:
        for _ in range(5):
            lay(house, days=2)
        assert [await sweep(house, most=2) for _ in range(4)] == [2, 2, 1, 0]

    async def test_an_empty_store_is_fine(self, house: House) -> None:
        assert await sweep(house) == 0

    async def test_what_a_process_left_when_it_died_before_its_commit_goes_with_the_next_round(
        self, house: House, settings: IntakeSettings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Repeating the upload heals the draft, not the file that the first try left behind."""
        anna = house.applicant()
        application_id = await house.draft(anna)

        async def die(*_args: object, **_options: object) -> None:
            raise Died

        with monkeypatch.context() as dying, pytest.raises(Died):
            dying.setattr(upload_document, "attach_document", die)
            dying.setattr(upload_document, "discard", die)
            await anna.upload(application_id, "project_plan", key="u")
        (left_over,) = house.stored_files()
        again = await anna.upload(application_id, "project_plan", key="u")
        assert again.status_code == 201
        age(left_over, 2)
        async with build(WorkerContext(house.database, house.app.state.clock), settings) as parts:
            (sweeping,) = [one for one in parts.schedules if one.name == "erase left-over documents"]
            await sweeping.run()
        assert [file.name for file in house.stored_files()] == [again.json()["id"]]
