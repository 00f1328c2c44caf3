from services.review.tests import made
from services.review.tests.house import House
from services.review.worker import build
from shared.events.review import SelectionAnnounced
from shared.events.topics import INTAKE_APPLICATION, INTAKE_CALL
from shared.worker import WorkerContext


class TestWorker:
    async def test_its_schedule_announces_what_is_due(self, house: House) -> None:
        await house.approved()
        await house.clock(made.EMBARGO)
        async with build(WorkerContext(house.database, house.app.state.clock)) as parts:
            (schedule,) = parts.schedules
            await schedule.run()
            await schedule.run()
        assert len(await house.events(SelectionAnnounced)) == 1

    async def test_it_follows_intakes_calls_and_applications_and_no_contacts(self, house: House) -> None:
        async with build(WorkerContext(house.database, house.app.state.clock)) as parts:
            assert parts.handlers.topics == [INTAKE_APPLICATION, INTAKE_CALL]
