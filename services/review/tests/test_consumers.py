from datetime import timedelta

from sqlalchemy import text

from services.review.domain.case import case_id_of
from services.review.tests import made
from services.review.tests.house import House
from shared.delivery.inbox import Outcome
from shared.events.intake import ApplicationWithdrawn, CallAmended, PartnerConfirmed
from shared.events.review import ProjectWithdrawn, SelectionAnnounced
from shared.ids import new_uuid


async def count(house: House, table: str) -> int:
    async with house.database.transaction() as tx:
        return int(await tx.scalar(text(f"SELECT count(*) FROM {table}")) or 0)  # noqa: S608 - names in these tests


def withdrawal(house: House, number: int) -> ApplicationWithdrawn:
    return ApplicationWithdrawn(
        application_id=house.applications[number],
        call_id=house.call_id,
        track="demonstration",
        withdrawn_at=made.EMBARGO,
    )


class TestApplicationSubmitted:
    async def test_opens_one_case_for_each_application(self, house: House) -> None:
        case_id = await house.apply(1)
        answer = await house.kaia.get(f"/v1/cases/{case_id}")
        assert answer.json()["state"] == "open"
        assert answer.json()["proposal"]["project"]["title"] == {"en": "Project 1, revision 1", "ko": None}

    async def test_waits_for_its_call(self, house: House) -> None:
        call_id, application_id = new_uuid(), new_uuid()
        event = made.submitted(call_id, application_id)
        assert await house.receive(event, application_id) is Outcome.HELD
        await house.receive(made.published(call_id), call_id)
        async with house.database.transaction() as tx:
            await tx.execute(text("UPDATE held_event SET not_before = clock_timestamp() - interval '1 s'"))
        assert await house.inbox.retry_due() == 1
        assert (await house.kaia.get(f"/v1/cases/{case_id_of(application_id)}")).status_code == 200

    async def test_a_repeated_event_changes_nothing(self, house: House) -> None:
        application_id = new_uuid()
        record = made.record_of(made.submitted(house.call_id, application_id), application_id)
        outcomes = [await house.inbox.receive(record) for _ in range(2)]
        assert outcomes == [Outcome.APPLIED, Outcome.DUPLICATE]
        assert await count(house, "review_case") == 1
        assert await house.audited("open_case") == ["worker:review"]

    async def test_a_later_revision_renews_a_case_still_open_and_no_other(self, house: House) -> None:
        await house.apply(1)
        await house.apply(2)
        await house.eligible(2)
        for number in (1, 2):
            application_id = house.applications[number]
            again = made.submitted(
                house.call_id,
                application_id,
                number=number,
                revision=2,
                organisation_id=house.organisations[number],
            )
            assert await house.receive(again, application_id, 2) is Outcome.APPLIED
        titles = [
            (await house.kaia.get(f"/v1/cases/{house.case(number)}")).json()["proposal"]["project"]["title"][
                "en"
            ]
            for number in (1, 2)
        ]
        assert titles == ["Project 1, revision 2", "Project 2, revision 1"]


class TestApplicationWithdrawn:
    async def test_closes_the_case_for_good(self, house: House) -> None:
        case_id = await house.apply(1)
        event = ApplicationWithdrawn(
            application_id=house.applications[1],
            call_id=house.call_id,
            track="demonstration",
            withdrawn_at=made.AFTER_INTAKE,
        )
        record = made.record_of(event, house.applications[1], 2)
        assert [await house.inbox.receive(record) for _ in range(2)] == [Outcome.APPLIED, Outcome.DUPLICATE]
        assert (await house.kaia.get(f"/v1/cases/{case_id}")).json()["state"] == "withdrawn"
        answer = await house.kaia.post(f"/v1/cases/{case_id}/eligibility", {"eligible": True})
        assert answer.json()["case_state"] == "withdrawn"
        assert await house.events(ProjectWithdrawn) == []

    async def test_of_an_announced_selected_project_is_told_once(self, house: House) -> None:
        await house.announced()
        record = made.record_of(withdrawal(house, 1), house.applications[1], 2)
        assert [await house.inbox.receive(record) for _ in range(2)] == [Outcome.APPLIED, Outcome.DUPLICATE]
        assert await house.receive(withdrawal(house, 1), house.applications[1], 3) is Outcome.APPLIED
        (told,) = await house.events(ProjectWithdrawn)
        assert (told["case_id"], told["application_id"]) == (str(house.case(1)), str(house.applications[1]))
        assert set(told) == {"case_id", "application_id", "withdrawn_at"}
        answer = await house.kaia.post(f"/v1/cases/{house.case(1)}/agreement", {"day": "2025-04-21"})
        assert (answer.status_code, answer.json()["case_state"]) == (409, "withdrawn")

    async def test_before_the_announcement_is_told_to_nobody_then_or_later(self, house: House) -> None:
        await house.approved()
        await house.receive(withdrawal(house, 1), house.applications[1], 2)
        await house.clock(made.EMBARGO)
        assert await house.announce() == 1
        assert await house.events(ProjectWithdrawn) == []
        (told,) = await house.events(SelectionAnnounced)
        assert str(house.applications[1]) not in str(told)

    async def test_of_what_was_not_selected_or_is_completed_is_not_told(self, house: House) -> None:
        await house.announced()
        await house.receive(withdrawal(house, 3), house.applications[3], 2)
        for step in ("agreement", "start", "completion"):
            answer = await house.kaia.post(f"/v1/cases/{house.case(1)}/{step}", {"day": "2025-04-21"})
            assert answer.status_code == 201, answer.text
        await house.receive(withdrawal(house, 1), house.applications[1], 2)
        assert await house.events(ProjectWithdrawn) == []


class TestPartnerConfirmed:
    async def test_marks_the_case(self, house: House) -> None:
        case_id = await house.apply(1)
        event = PartnerConfirmed(
            application_id=house.applications[1], confirmation_id=new_uuid(), confirmed_at=made.AFTER_INTAKE
        )
        await house.receive(event, house.applications[1], 2)
        shown = (await house.kaia.get(f"/v1/cases/{case_id}")).json()
        assert shown["partner_confirmed_at"] == made.AFTER_INTAKE.isoformat().replace("+00:00", "Z")


class TestCallAmended:
    async def test_the_newest_version_counts(self, house: House) -> None:
        later = (made.AFTER_INTAKE + timedelta(days=30)).isoformat()
        window = {"opens_at": "2025-02-06T00:00:00Z", "closes_at": later}
        tracks = [made.track_of("planning"), made.track_of("demonstration", window=window)]
        amended = CallAmended(
            call_id=house.call_id,
            version=2,
            definition=made.definition(tracks=tracks),
            reason={"en": "Extended"},
        )
        assert await house.receive(amended, house.call_id, 2) is Outcome.APPLIED
        answer = await house.kaia.post(
            "/v1/evaluations", {"call_id": str(house.call_id), "track": "demonstration"}
        )
        assert answer.json()["type"].endswith("/intake-still-open")
