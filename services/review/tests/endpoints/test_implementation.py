import asyncio
from datetime import timedelta

import pytest

from services.review.tests import made
from services.review.tests.house import House, problem
from shared.events.review import AgreementSigned, ProjectCompleted, ProjectStarted

SIGNED = made.EMBARGO + timedelta(days=10)


async def day(house: House, step: str, on: str, number: int = 1) -> tuple[int, str]:
    """Status, and the slug of a refusal."""
    answer = await house.kaia.post(f"/v1/cases/{house.case(number)}/{step}", {"day": on})
    return (answer.status_code, "") if answer.is_success else problem(answer)


class TestImplementation:
    async def test_goes_from_agreement_to_completion_and_tells_each_step(self, house: House) -> None:
        await house.announced()
        await house.clock(made.EMBARGO + timedelta(days=400))
        steps = {"agreement": "2025-05-19", "start": "2025-06-02", "completion": "2026-03-31"}
        for step, on in steps.items():
            assert await day(house, step, on) == (201, "")
        told = (await house.applicant(1).get(f"/v1/cases/{house.case(1)}/implementation")).json()
        assert [told[name] for name in ("agreed_on", "started_on", "completed_on")] == list(steps.values())
        assert told["agreement_due_on"] == "2025-05-21"
        for kind, on in zip((AgreementSigned, ProjectStarted, ProjectCompleted), steps.values(), strict=True):
            (event,) = await house.events(kind)
            assert (event["application_id"], event["day"]) == (str(house.applications[1]), on)
            assert set(event) == {"case_id", "application_id", "day", "recorded_at"}
        assert await house.audited("record_completion") == [house.kaia.subject]

    async def test_is_recorded_once_and_in_its_order(self, house: House) -> None:
        await house.announced()
        await house.clock(SIGNED)
        assert await day(house, "start", "2025-04-25") == (409, "step-out-of-order")
        answers = await asyncio.gather(*(day(house, "agreement", "2025-04-25") for _ in range(3)))
        assert sorted(answers) == [(201, ""), *[(409, "step-recorded-already")] * 2]
        assert await day(house, "completion", "2025-04-26") == (409, "step-out-of-order")

    @pytest.mark.parametrize("on", ["2025-04-20", "2025-05-02", "9999-12-31"])
    async def test_lies_neither_before_the_announcement_nor_in_the_future(
        self, house: House, on: str
    ) -> None:
        await house.announced()
        await house.clock(SIGNED)
        assert await day(house, "agreement", on) == (422, "invalid")
        assert await day(house, "agreement", "2025-05-01") == (201, "")
        assert await day(house, "start", "2025-04-30") == (422, "invalid")

    async def test_is_of_selected_cases_from_their_announcement_on(self, house: House) -> None:
        await house.approved()
        assert await day(house, "agreement", "2025-03-18") == (409, "case-not-in-state")
        told = (await house.kaia.get(f"/v1/cases/{house.case(1)}/implementation")).json()
        assert (told["announced_at"], told["agreement_due_on"]) == (None, None)
        await house.clock(made.EMBARGO)
        await house.announce()
        assert await day(house, "agreement", "2025-04-21", number=3) == (409, "case-not-in-state")
        assert await day(house, "agreement", "2025-04-21") == (201, "")
