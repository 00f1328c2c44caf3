"""Several submissions in one statement: what could go wrong when they share it."""

import asyncio
from collections.abc import Sequence
from itertools import product

import pytest
from sqlalchemy import text

from services.intake.repository.gathering import MOST_TOGETHER, Gathering
from services.intake.repository.submissions import Submissions
from services.intake.submission_sql import READ_CANDIDATES, WRITE_SUBMISSION, WRITE_SUBMISSIONS
from services.intake.tests.house import House, slug


class TestGathering:
    async def test_what_comes_while_two_calls_are_under_way_goes_together(self) -> None:
        calls: list[list[int]] = []
        gate = asyncio.Event()

        async def double(numbers: Sequence[int]) -> list[int]:
            calls.append(list(numbers))
            await gate.wait()
            return [2 * number for number in numbers]

        gathering: Gathering[int, int] = Gathering(double)
        first = [asyncio.create_task(gathering.ask(number)) for number in range(2)]
        await asyncio.sleep(0.01)
        assert sum(map(len, calls)) == len(first)
        later = [asyncio.create_task(gathering.ask(number)) for number in range(2, 200)]
        await asyncio.sleep(0)
        gate.set()
        assert await asyncio.gather(*first, *later) == [2 * number for number in range(200)]
        assert max(map(len, calls)) == MOST_TOGETHER
        assert [number for call in calls for number in call] == list(range(200))

    async def test_what_a_call_raises_everybody_of_that_call_gets_and_the_next_one_works(self) -> None:
        async def fail_on_zero(numbers: Sequence[int]) -> list[int]:
            await asyncio.sleep(0)
            if 0 in numbers:
                raise ConnectionError("the database is down")
            return list(numbers)

        gathering: Gathering[int, int] = Gathering(fail_on_zero)
        answers = await asyncio.gather(*(gathering.ask(number) for number in (0, 1)), return_exceptions=True)
        assert isinstance(answers[0], ConnectionError)
        assert await gathering.ask(7) == 7

    async def test_who_gives_up_does_not_disturb_the_others(self) -> None:
        gate = asyncio.Event()

        async def wait(numbers: Sequence[int]) -> list[int]:
            await gate.wait()
            return list(numbers)

        gathering: Gathering[int, int] = Gathering(wait)
        tasks = [asyncio.create_task(gathering.ask(number)) for number in range(5)]
        await asyncio.sleep(0)
        tasks[0].cancel()
        tasks[3].cancel()
        await asyncio.sleep(0)
        gate.set()
        answers = await asyncio.gather(*tasks, return_exceptions=True)
        assert [answer for answer in answers if isinstance(answer, int)] == [1, 2, 4]


class TestSubmissionsAtOnce:
    @pytest.fixture
    def together(self, house: House, monkeypatch: pytest.MonkeyPatch) -> list[int]:
        """How many submissions each statement had; the first one waits for all others to gather behind it."""
        sizes: list[int] = []
        write = Submissions._write

        async def counted(self: Submissions, submissions: Sequence[Sequence[object]]) -> object:
            sizes.append(len(submissions))
            if len(sizes) <= 2:
                await asyncio.sleep(0.5)
            return await write(self, submissions)

        desk = house.app.state.desk
        monkeypatch.setattr(desk.submissions._writings, "_act", counted.__get__(desk.submissions))
        return sizes

    async def test_each_gets_its_own_receipt(self, house: House, together: list[int]) -> None:
        people = [house.applicant(f"company-{number}") for number in range(4)]
        ids = [await house.complete(person) for person in people for _ in range(2)]
        owners = [person for person in people for _ in range(2)]
        answers = await asyncio.gather(*(who.submit(one) for who, one in zip(owners, ids, strict=True)))
        assert [answer.status_code for answer in answers] == [201] * 8
        assert [answer.json()["application_id"] for answer in answers] == ids
        assert len({answer.json()["receipt_no"] for answer in answers}) == 8
        assert max(together) > 1
        for one, answer in zip(ids, answers, strict=True):
            query = "SELECT receipt_no FROM submission WHERE application_id = CAST(:id AS uuid)"
            assert await house.scalar(query, id=one) == answer.json()["receipt_no"]
        journal = await house.journal("%ApplicationSubmitted%")
        assert {str(row["aggregate_id"]) for row in journal} == set(ids)
        for row in journal:
            assert row["data"]["application_id"] == str(row["aggregate_id"])
            assert row["data"]["receipt_no"] in {answer.json()["receipt_no"] for answer in answers}

    async def test_one_application_with_many_keys_is_received_once(
        self, house: House, together: list[int]
    ) -> None:
        anna = house.applicant()
        application_id = await house.complete(anna)
        answers = await asyncio.gather(*(anna.submit(application_id) for _ in range(8)))
        assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7
        (receipt,) = (answer.json()["receipt_no"] for answer in answers if answer.status_code == 201)
        refused = [answer for answer in answers if answer.status_code == 409]
        assert {slug(answer) for answer in refused} == {"already-submitted"}
        assert {answer.json()["receipt_no"] for answer in refused} == {receipt}
        assert len(await house.journal("%ApplicationSubmitted%")) == 1
        assert max(together) > 1

    async def test_a_key_used_twice_spoils_nothing_for_the_others(
        self, house: House, together: list[int]
    ) -> None:
        anna, berta = house.applicant(), house.applicant("berta")
        twice = [await house.complete(anna) for _ in range(4)]
        others = [await house.complete(berta) for _ in range(3)]
        answers = await asyncio.gather(
            *(anna.submit(one, key="the-same") for one in twice), *(berta.submit(one) for one in others)
        )
        assert [answer.status_code for answer in answers[4:]] == [201] * 3
        assert sum(answer.status_code == 201 for answer in answers[:4]) == 1
        refused = {slug(answer) for answer in answers[:4] if answer.status_code != 201}
        assert refused <= {"key-reused", "twin-in-flight"}
        assert await house.scalar("SELECT count(*) FROM submission") == 4
        assert len(await house.journal("%ApplicationSubmitted%")) == 4
        assert max(together) > 1

    async def test_an_application_that_is_locked_holds_nobody_else_up(self, house: House) -> None:
        anna, berta = house.applicant(), house.applicant("berta")
        locked = [await house.complete(anna) for _ in range(3)]
        free = [await house.complete(berta) for _ in range(3)]
        async with house.database.transaction() as tx:
            for one in locked:
                await tx.execute(
                    text("SELECT FROM application WHERE id = CAST(:id AS uuid) FOR UPDATE"), {"id": one}
                )
            waiting = [asyncio.create_task(anna.submit(one)) for one in locked]
            answers = await asyncio.gather(*(berta.submit(one) for one in free))
            assert [answer.status_code for answer in answers] == [201] * 3
            assert not any(task.done() for task in waiting)
        assert [answer.status_code for answer in await asyncio.gather(*waiting)] == [201] * 3

    @pytest.mark.parametrize(
        ("statement", "parameters"),
        [(READ_CANDIDATES, 3), (WRITE_SUBMISSIONS, 17), (WRITE_SUBMISSION, 17)],
        ids=["read", "write", "write alone"],
    )
    async def test_the_plan_goes_by_keys_whatever_the_tables_hold(
        self, house: House, statement: str, parameters: int
    ) -> None:
        """A plan that reads tables whole is right while they are empty, and stays when they are not."""
        await house.submitted(house.applicant())
        async with house.app.state.database.pool.acquire() as connection:
            await connection.execute("VACUUM ANALYZE application, call, submission, idempotency_key, journal")
            await connection.execute(f"PREPARE hot AS {statement}")
            nothing = ", ".join(["NULL"] * parameters)
            plan = await connection.fetch(f"EXPLAIN EXECUTE hot ({nothing})")
            await connection.execute("DEALLOCATE hot")
        assert not [line for (line,) in plan if "Seq Scan on" in line]


class TestNobodyIsForgotten:
    async def test_whoever_asks_as_a_lane_ends_is_answered(self) -> None:
        """Every order in which three may ask within a few steps of the event loop; one such order once hung."""
        for first, second, third, length in product(range(4), range(6), range(14), range(1, 5)):

            async def echo(items: Sequence[int], length: int = length) -> Sequence[int]:
                for _ in range(length):
                    await asyncio.sleep(0)
                return items

            gathering: Gathering[int, int] = Gathering(echo)

            async def ask_after(steps: int, gathering: Gathering[int, int] = gathering) -> int:
                for _ in range(steps):
                    await asyncio.sleep(0)
                return await gathering.ask(steps)

            asked = asyncio.gather(*(ask_after(steps) for steps in (first, second, third)))
            assert await asyncio.wait_for(asked, 30) == [first, second, third]
