"""The POSTs that need no Idempotency-Key: repeating them is harmless by what they are."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text

from services.intake.tests.house import DURING
from services.tests.idempotency.conftest import Desks
from services.tests.idempotency.desk import Desk
from services.tests.idempotency.intake_posts import house_of
from services.tests.idempotency.small_posts import Operator
from shared.ids import new_uuid
from shared.settings import SERVICES, ServiceName

TWINS = 6


class TestConfirmPartner:
    async def test_once_or_often_at_once_in_two_processes_confirms_once(self, intake: Desk) -> None:
        house = house_of(intake)
        application_id = await house.submitted(house.applicant())
        path = await house.confirmation_path(application_id)
        before = await intake.snapshot()
        answers = await asyncio.gather(
            *(
                intake.apis[number % 2].post(path, headers={"Accept": accept})
                for number, accept in enumerate(("text/html", "application/json") * (TWINS // 2))
            )
        )
        after = await intake.snapshot()
        assert [answer.status_code for answer in answers] == [200] * TWINS
        assert after.since(before) == {"journal": 1, "outbox": 1, "audit_entry": 1}
        assert (await intake.apis[1].post(path)).json() == (await intake.apis[0].get(path)).json()
        assert await intake.snapshot() == after

    async def test_a_repeat_after_the_withdrawal_still_shows_that_it_was_confirmed(
        self, intake: Desk
    ) -> None:
        house = house_of(intake)
        application_id = await house.submitted(house.applicant())
        path = await house.confirmation_path(application_id)
        assert (await intake.apis[0].post(path)).status_code == 200
        await house.applicant().post(f"/v1/applications/{application_id}/withdrawal")
        before = await intake.snapshot()
        assert (await intake.apis[0].post(path)).status_code == 200
        assert await intake.snapshot() == before


class TestStepRehearsalClock:
    @pytest.mark.parametrize("service", SERVICES)
    async def test_the_present_step_said_often_at_once_is_one_step_and_one_audit_entry(
        self, desks: Desks, service: ServiceName
    ) -> None:
        desk = desks[service]
        token = Operator.new(desk.token_for).token
        instant = DURING + timedelta(days=1)
        body = {"name": f"noon {new_uuid()}", "instant": instant.isoformat()}
        before = await desk.snapshot()
        answers = await asyncio.gather(
            *(
                desk.apis[number % 2].post(
                    "/v1/rehearsal/clock", json=body, headers={"Authorization": f"Bearer {token}"}
                )
                for number in range(TWINS)
            )
        )
        assert {answer.status_code for answer in answers} == {201}
        assert len({answer.json()["step"] for answer in answers}) == 1
        assert (await desk.snapshot()).since(before) == {"business_clock": 1, "audit_entry": 1}
        async with desk.database.transaction() as tx:
            await tx.execute(text("DELETE FROM business_clock WHERE name = :name"), {"name": body["name"]})
