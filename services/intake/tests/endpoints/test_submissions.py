import asyncio
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text

from services.intake.domain.receipt_number import is_receipt_number
from services.intake.tests.house import CLOSES, DEMONSTRATION, DURING, OPENS, House, pointers, slug
from shared.clock.arrival import Arrival
from shared.events.intake import ApplicationSubmitted
from shared.signing import verify

MILLISECOND = timedelta(milliseconds=1)


class TestSubmitApplication:
    async def test_gives_a_receipt_that_proves_the_arrival(self, house: House) -> None:
        anna = house.applicant()
        application_id = await house.complete(anna)
        answer = await anna.submit(application_id)
        assert answer.status_code == 201
        receipt = answer.json()
        assert is_receipt_number(receipt["receipt_no"])
        assert receipt["receipt_no"].startswith("KCN-2025-D-")
        assert datetime.fromisoformat(receipt["arrived_at"]) == DURING
        assert (receipt["revision"], receipt["clock_bound_ms"], receipt["rehearsal"]) == (7, 0, True)
        assert (await anna.get(f"/v1/applications/{application_id}")).json()["state"] == "submitted"

    async def test_the_receipt_is_signed_by_the_published_key(self, house: House) -> None:
        anna = house.applicant()
        receipt = (await anna.submit(await house.complete(anna))).json()
        keys = (await house.public.get("/v1/receipt-keys")).json()
        signature = receipt.pop("signature")
        assert verify(signature, keys) == receipt
        assert keys["keys"][0]["kid"].startswith("rehearsal-")
        assert "d" not in keys["keys"][0]

    async def test_records_one_event_with_all_that_consumers_need(self, house: House) -> None:
        anna = house.applicant()
        application_id = await house.complete(anna)
        receipt = (await anna.submit(application_id)).json()
        (row,) = await house.journal("%ApplicationSubmitted%")
        event = ApplicationSubmitted.model_validate(row["data"])
        assert (str(event.application_id), event.receipt_no, event.digest) == (
            application_id,
            receipt["receipt_no"],
            receipt["digest"],
        )
        assert (row["sequence"], row["occurred_at"], event.rolls_over) == (1, DURING, False)
        assert event.answers == DEMONSTRATION["answers"]
        assert event.organisation.business_number == "1234567891"
        assert [document.kind for document in event.documents] == sorted(
            document.kind for document in event.documents
        )
        assert event.partner is not None
        assert event.partner.name.en == "Hanoi People's Committee"
        assert "이하나" not in str(row["data"])
        assert await house.scalar("SELECT count(*) FROM outbox WHERE journal_id = :id", id=row["id"]) == 1

    async def test_writes_who_did_it(self, house: House) -> None:
        anna = house.applicant()
        answer = await anna.submit(await house.complete(anna))
        (entry,) = await house.audit("submit_application")
        assert (entry["actor"], entry["facts"]["receipt_no"]) == (anna.subject, answer.json()["receipt_no"])
        assert entry["request_id"] == answer.headers["x-request-id"]

    async def test_planning_needs_no_partner(self, house: House) -> None:
        anna = house.applicant()
        application_id = await house.submitted(anna, "planning")
        (row,) = await house.journal("%ApplicationSubmitted%")
        event = ApplicationSubmitted.model_validate(row["data"])
        assert (str(event.application_id), event.track, event.partner) == (application_id, "planning", None)

    async def test_names_every_missing_item(self, house: House) -> None:
        anna = house.applicant()
        application_id = await house.draft(anna)
        answer = await anna.submit(application_id)
        assert (answer.status_code, slug(answer)) == (422, "incomplete")
        assert pointers(answer) == pointers(await anna.get(f"/v1/applications/{application_id}/completeness"))
        assert await house.journal("%ApplicationSubmitted%") == []

    async def test_receipt_numbers_differ_and_do_not_rise(self, house: House) -> None:
        anna = house.applicant()
        ids = [await house.complete(anna, "planning") for _ in range(4)]
        numbers = [(await anna.submit(one)).json()["receipt_no"] for one in ids]
        assert len(set(numbers)) == 4


class TestWindow:
    """Exact to the millisecond, at both edges."""

    @pytest.mark.parametrize(
        ("instant", "status", "problem"),
        [
            (OPENS - MILLISECOND, 409, "window-not-open"),
            (OPENS, 201, None),
            (CLOSES - MILLISECOND, 201, None),
            (CLOSES, 409, "window-closed"),
        ],
    )
    async def test_is_half_open(
        self, house: House, instant: datetime, status: int, problem: str | None
    ) -> None:
        anna = house.applicant()
        application_id = await house.complete(anna)
        await house.clock(instant)
        answer = await anna.submit(application_id)
        assert answer.status_code == status
        assert problem is None or slug(answer) == problem

    async def test_says_when_it_opens_and_when_it_closed(self, house: House) -> None:
        anna = house.applicant()
        application_id = await house.complete(anna)
        await house.clock(OPENS - MILLISECOND)
        assert (await anna.submit(application_id)).json()["opens_at"] == "2025-02-06T00:00:00.000000Z"
        await house.clock(CLOSES)
        assert (await anna.submit(application_id)).json()["closed_at"] == "2025-03-11T09:00:00.000000Z"

    async def test_counts_the_arrival_and_not_the_end_of_the_queue(
        self, house: House, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The clock passes the closing while the request waits for its turn."""
        anna = house.applicant()
        application_id = await house.complete(anna)
        await house.clock(CLOSES - MILLISECOND)
        verify_token = house.app.state.tokens.verify

        async def slowly(token: str) -> Any:
            await house.clock(CLOSES)
            return await verify_token(token)

        monkeypatch.setattr(house.app.state.tokens, "verify", slowly)
        assert (await anna.submit(application_id)).status_code == 201

    async def test_doubt_favours_the_applicant(self, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
        anna = house.applicant()
        application_id = await house.complete(anna)
        arrival = Arrival(CLOSES + MILLISECOND, timedelta(microseconds=1001))
        monkeypatch.setattr(house.app.state.clock, "stamp", lambda: arrival)
        receipt = (await anna.submit(application_id)).json()
        assert (receipt["arrived_at"], receipt["clock_bound_ms"]) == ("2025-03-11T09:00:00.001000Z", 2)

    async def test_a_proposal_after_the_years_cut_off_rolls_over(self, house: House) -> None:
        anna = house.applicant()
        application_id = await house.complete(anna, "planning")
        await house.clock(datetime.fromisoformat("2025-10-31T18:00:00+09:00"))
        assert (await anna.submit(application_id)).status_code == 201
        (row,) = await house.journal("%ApplicationSubmitted%")
        assert row["data"]["rolls_over"] is True


class TestRepeats:
    async def test_the_same_key_gives_the_same_receipt_even_after_closing(self, house: House) -> None:
        anna = house.applicant()
        application_id = await house.complete(anna)
        first = await anna.submit(application_id, key="s")
        await house.clock(CLOSES + timedelta(days=30))
        again = await anna.submit(application_id, key="s")
        assert (again.status_code, again.content) == (201, first.content)
        read = await anna.get(f"/v1/applications/{application_id}/receipt")
        assert read.content == first.content

    async def test_the_key_is_kept_for_good(self, house: House) -> None:
        anna = house.applicant()
        application_id = await house.complete(anna)
        await anna.submit(application_id, key="s")
        assert await house.scalar("SELECT for_good FROM idempotency_key WHERE key = 's'")
        found = (await anna.get("/v1/idempotency-keys/s")).json()["items"]
        assert [(item["status"], item["reference"]) for item in found] == [(201, application_id)]

    async def test_another_key_is_told_the_receipt_number(self, house: House) -> None:
        anna = house.applicant()
        application_id = await house.complete(anna)
        first = (await anna.submit(application_id)).json()
        again = await anna.submit(application_id)
        assert (again.status_code, slug(again)) == (409, "already-submitted")
        assert again.json()["receipt_no"] == first["receipt_no"]

    async def test_a_key_of_another_application_is_refused(self, house: House) -> None:
        anna = house.applicant()
        one, other = await house.complete(anna), await house.complete(anna)
        await anna.submit(one, key="s")
        answer = await anna.submit(other, key="s")
        assert (answer.status_code, slug(answer)) == (422, "key-reused")
        assert (await anna.submit(other)).status_code == 201

    async def test_a_refused_submission_leaves_its_key_free(self, house: House) -> None:
        anna = house.applicant()
        application_id = await house.complete(anna)
        await house.clock(OPENS - MILLISECOND)
        assert (await anna.submit(application_id, key="s")).status_code == 409
        await house.clock(OPENS)
        assert (await anna.submit(application_id, key="s")).status_code == 201

    async def test_a_missing_key_is_refused(self, house: House) -> None:
        anna = house.applicant()
        path = f"/v1/applications/{await house.complete(anna)}/submission"
        answer = await house.api.post(path, headers=anna.headers)
        assert (answer.status_code, slug(answer)) == (400, "idempotency-key-missing")

    async def test_a_body_that_is_no_json_is_refused_and_not_an_error_of_ours(self, house: House) -> None:
        anna = house.applicant()
        application_id = await house.complete(anna)
        answer = await house.post_raw(
            anna, f"/v1/applications/{application_id}/submission", b"{", "application/json"
        )
        assert (answer.status_code, slug(answer)) == (422, "invalid-input")


class TestAtOnce:
    async def test_two_keys_give_one_receipt(self, house: House) -> None:
        anna = house.applicant()
        application_id = await house.complete(anna)
        answers = await asyncio.gather(*(anna.submit(application_id) for _ in range(8)))
        received = [answer for answer in answers if answer.status_code == 201]
        assert len(received) == 1
        number = received[0].json()["receipt_no"]
        others = [answer for answer in answers if answer is not received[0]]
        assert {(slug(answer), answer.json()["receipt_no"]) for answer in others} == {
            ("already-submitted", number)
        }
        await self._one_of_everything(house)

    async def test_twins_with_one_key_give_one_receipt_or_wait(self, house: House) -> None:
        anna = house.applicant()
        application_id = await house.complete(anna)
        answers = await asyncio.gather(*(anna.submit(application_id, key="s") for _ in range(8)))
        receipts = {answer.content for answer in answers if answer.status_code == 201}
        assert len(receipts) == 1
        waiting = [answer for answer in answers if answer.status_code != 201]
        assert {slug(answer) for answer in waiting} <= {"twin-in-flight"}
        assert all(answer.headers["retry-after"] == "1" for answer in waiting)
        assert (await anna.submit(application_id, key="s")).content in receipts
        await self._one_of_everything(house)

    async def test_one_key_for_two_applications_receives_one_of_them(self, house: House) -> None:
        anna = house.applicant()
        ids = [await house.complete(anna), await house.complete(anna)]
        answers = await asyncio.gather(*(anna.submit(one, key="s") for one in ids))
        assert min(answer.status_code for answer in answers) == 201
        assert {slug(one) for one in answers if one.status_code != 201} <= {"twin-in-flight", "key-reused"}
        await self._one_of_everything(house)

    async def test_a_twin_in_flight_is_told_to_wait(self, house: House) -> None:
        anna = house.applicant()
        application_id = await house.complete(anna)
        async with house.database.transaction() as tx:
            # the row is locked elsewhere, so the first request waits in its statement, holding the act's lock
            await tx.execute(
                text("SELECT FROM application WHERE id = CAST(:id AS uuid) FOR UPDATE"),
                {"id": application_id},
            )
            first = asyncio.create_task(anna.submit(application_id, key="s"))
            await self._until_somebody_waits(house)
            twin = await anna.submit(application_id, key="s")
            assert (twin.status_code, slug(twin), twin.headers["retry-after"]) == (409, "twin-in-flight", "1")
        assert (await first).status_code == 201

    async def test_a_change_at_the_same_moment_is_either_in_the_receipt_or_refused(
        self, house: House
    ) -> None:
        anna = house.applicant()
        application_id = await house.complete(anna)
        path = f"/v1/applications/{application_id}"
        etag = (await anna.get(path)).headers["etag"]
        changed, submitted = await asyncio.gather(
            anna.patch(path, {"answers": {"solution": "Another"}}, etag), anna.submit(application_id)
        )
        assert submitted.status_code == 201
        (row,) = await house.journal("%ApplicationSubmitted%")
        expected = "Another" if changed.status_code == 200 else "Adaptive signals"
        assert row["data"]["answers"]["solution"] == expected
        assert row["data"]["revision"] == submitted.json()["revision"]

    async def _one_of_everything(self, house: House) -> None:
        assert len(await house.journal("%ApplicationSubmitted%")) == 1
        assert len(await house.audit("submit_application")) == 1
        for table in ("submission", "idempotency_key WHERE for_good"):
            assert await house.scalar(f"SELECT count(*) FROM {table}") == 1  # noqa: S608 - two names of ours

    async def _until_somebody_waits(self, house: House) -> None:
        query = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        while not await house.scalar(query):  # noqa: ASYNC110 - what is waited for happens in PostgreSQL
            await asyncio.sleep(0.01)


class TestChangedCall:
    async def test_a_draft_is_checked_again_when_its_call_has_changed(self, house: House) -> None:
        """A later version of the call asks for less money: the draft that was complete is no more."""
        anna = house.applicant()
        application_id = await house.complete(anna)
        await self._amend(house, "400000000", "300000000")
        answer = await anna.submit(application_id)
        assert pointers(answer) == {"/project/requested_amount_krw"}
        await anna.patch(
            f"/v1/applications/{application_id}", {"project": {"requested_amount_krw": 300_000_000}}
        )
        assert (await anna.submit(application_id)).status_code == 201

    async def test_an_extended_deadline_is_in_force_at_once(self, house: House) -> None:
        anna = house.applicant()
        application_id = await house.complete(anna)
        await house.clock(CLOSES)
        assert (await anna.submit(application_id)).status_code == 409
        await self._amend(house, "2025-03-11T18:00:00+09:00", "2025-03-14T18:00:00+09:00")
        assert (await anna.submit(application_id)).status_code == 201

    async def _amend(self, house: House, before: str, after: str) -> None:
        query = text(
            "UPDATE call SET version = version + 1, "
            "definition = CAST(replace(CAST(definition AS text), :before, :after) AS json)"
        )
        async with house.database.transaction() as tx:
            await tx.execute(query, {"before": before, "after": after})


class TestReceipt:
    async def test_is_absent_before_the_submission(self, house: House) -> None:
        anna = house.applicant()
        answer = await anna.get(f"/v1/applications/{await house.complete(anna)}/receipt")
        assert answer.status_code == 404

    async def test_is_seen_by_officers_of_the_track_alone(self, house: House) -> None:
        anna = house.applicant()
        path = f"/v1/applications/{await house.submitted(anna)}/receipt"
        statuses = [
            (await person.get(path)).status_code for person in (anna, house.kaia, house.ministry, house.kind)
        ]
        assert statuses == [200, 200, 200, 404]
        stranger: httpx.Response = await house.applicant("bora").get(path)
        assert stranger.status_code == 404

    async def test_the_digest_stays_when_a_contact_is_erased(self, house: House) -> None:
        anna = house.applicant()
        application_id = await house.submitted(anna)
        path = f"/v1/applications/{application_id}/receipt"
        before = (await anna.get(path)).content
        async with house.database.transaction() as tx:
            await tx.execute(
                text("DELETE FROM contact WHERE application_id = :id"), {"id": UUID(application_id)}
            )
        assert (await anna.get(path)).content == before
