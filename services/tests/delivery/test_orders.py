"""Orders: placed over HTTP, carried out once by a worker, started over where one died."""

import asyncio

import pytest

from services.tests.delivery.conftest import NOON, SECRET, TramOpened, World
from shared.bus.connection import BusAddress
from shared.delivery import order_runner
from shared.delivery.handlers import Handlers
from shared.delivery.journal import record
from shared.delivery.order_runner import OrderRunner
from shared.ids import new_uuid
from shared.testing.waiting import eventually

NOWHERE = BusAddress("127.0.0.1:1")


def runner(world: World, handlers: Handlers | None = None) -> OrderRunner:
    return OrderRunner("catalog", world.database, NOWHERE, handlers or world.depot.handlers())


async def journal_of(world: World, events: int) -> None:
    """With nothing left in the outbox, as after the relay."""
    line = new_uuid()
    async with world.database.transaction() as tx:
        for number in range(events):
            aggregate = line if number % 2 else new_uuid()
            await record(tx, TramOpened(opened_by=SECRET), aggregate_id=aggregate, occurred_at=NOON)
    await world.execute("DELETE FROM outbox")


async def placed(world: World, **order: object) -> str:
    answer = await world.post("/orders", order)
    assert (answer.status_code, answer.json()["state"]) == (202, "waiting")
    assert answer.headers["location"] == f"/v1/delivery/orders/{answer.json()['id']}"
    return str(answer.json()["id"])


class TestReplay:
    async def test_queues_the_whole_journal_in_steps(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(order_runner, "STEP_ROWS", 3)
        await journal_of(world, 10)
        order = await placed(world, kind="replay")
        await runner(world).run()
        told = (await world.get(f"/orders/{order}")).json()
        assert (told["state"], told["outcome"]) == ("done", {"queued": 10, "until_journal_id": 10})
        assert told["started_at"] <= told["ended_at"]
        assert await world.scalar("SELECT count(DISTINCT xmin::text) FROM outbox") == 4

    async def test_takes_a_topic_an_aggregate_or_a_beginning(self, world: World) -> None:
        await journal_of(world, 6)
        line = await world.scalar("SELECT aggregate_id FROM journal WHERE sequence = 2")
        wishes: list[dict[str, object]] = [
            {"topic": "intake.other.v1"},
            {"aggregate_id": str(line)},
            {"since_journal_id": 5},
            {"topic": TramOpened.topic, "aggregate_id": str(line), "since_journal_id": 3},
        ]
        queued = []
        for wish in wishes:
            order = await placed(world, kind="replay", **wish)
            await runner(world).run()
            queued.append((await world.get(f"/orders/{order}")).json()["outcome"]["queued"])
            await world.execute("DELETE FROM outbox")
        assert queued == [0, 3, 2, 2]

    async def test_pauses_while_much_waits_so_that_new_events_are_not_held_up(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await journal_of(world, 4)
        order = await placed(world, kind="replay")
        monkeypatch.setattr(order_runner, "MOST_WAITING", -1)
        replaying = asyncio.create_task(runner(world).run())
        await eventually(lambda: state_is(world, order, "running"), what="the replay's begin")
        assert await world.scalar("SELECT count(*) FROM outbox") == 0
        monkeypatch.setattr(order_runner, "MOST_WAITING", 0)
        await replaying
        assert await world.scalar("SELECT count(*) FROM outbox") == 4


class TestOneWorkerAtATime:
    async def test_a_second_worker_leaves_it_alone_and_takes_over_when_the_first_dies(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await journal_of(world, 4)
        order = await placed(world, kind="replay")
        monkeypatch.setattr(order_runner, "MOST_WAITING", -1)
        first = asyncio.create_task(runner(world).run())
        await eventually(lambda: state_is(world, order, "running"), what="the replay's begin")
        await runner(world).run()
        assert await state_is(world, order, "running")
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        monkeypatch.setattr(order_runner, "MOST_WAITING", 100)
        await eventually(lambda: carried_out(world, order), what="the second worker's turn")
        assert await world.scalar("SELECT count(*) FROM outbox") == 4


class TestRebuild:
    async def test_one_at_a_time_and_the_refusal_names_the_other(self, world: World) -> None:
        order = await placed(world, kind="rebuild", check_only=True)
        refused = await world.post("/orders", {"kind": "rebuild", "check_only": False})
        assert refused.status_code == 409
        assert refused.json()["type"].endswith("/rebuild-underway")
        assert refused.json()["order_id"] == order
        await runner(world, Handlers()).run()
        assert (await world.post("/orders", {"kind": "rebuild"})).status_code == 202

    async def test_twins_place_one_order(self, world: World) -> None:
        answers = await asyncio.gather(
            *(world.post("/orders", {"kind": "rebuild"}) for _ in range(5)), return_exceptions=False
        )
        assert sorted(answer.status_code for answer in answers) == [202, 409, 409, 409, 409]

    async def test_one_that_fails_says_why_in_our_own_words(self, world: World) -> None:
        order = await placed(world, kind="rebuild")
        await runner(world, Handlers()).run()
        told = (await world.get(f"/orders/{order}")).json()
        assert (told["state"], told["outcome"]) == ("failed", None)
        assert told["failure"] == "catalog consumes nothing, so it has no copy to rebuild"
        assert (await world.get("")).json()["last_rebuild"]["id"] == order

    async def test_a_foreign_failure_is_named_and_not_quoted(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def quoting(*_: object, **__: object) -> None:
            raise ValueError(SECRET)

        monkeypatch.setattr(order_runner, "rebuild", quoting)
        order = await placed(world, kind="rebuild")
        await runner(world).run()
        told = (await world.get(f"/orders/{order}")).json()
        assert told["failure"] == "ValueError; the worker's log has its traceback"


class TestOrders:
    async def test_are_listed_newest_first_and_kept_answers_are_theirs(self, world: World) -> None:
        key = str(new_uuid())
        twice = [(await world.post("/orders", {"kind": "replay"}, key=key)).json()["id"] for _ in range(2)]
        assert twice[0] == twice[1]
        newest = await placed(world, kind="replay", topic="intake.call.v1")
        first = (await world.get("/orders", limit=1)).json()
        second = (await world.get("/orders", limit=1, cursor=first["next_cursor"])).json()
        assert [one["id"] for one in first["items"] + second["items"]] == [newest, twice[0]]
        assert first["items"][0]["parameters"] == {"topic": "intake.call.v1", "since_journal_id": 1}
        assert first["items"][0]["ordered_by"] == "olga"
        assert await world.scalar("SELECT array_agg(action) FROM audit_entry") == ["order_replay"] * 2

    @pytest.mark.parametrize(
        "order",
        [
            {},
            {"kind": "vacuum"},
            {"kind": "replay", "check_only": True},
            {"kind": "rebuild", "topic": "intake.call.v1"},
            {"kind": "replay", "since_journal_id": 0},
            {"kind": "replay", "aggregate_id": "line-1"},
        ],
    )
    async def test_what_is_no_order_is_refused(self, world: World, order: dict[str, object]) -> None:
        assert (await world.post("/orders", order)).status_code == 422
        assert await world.scalar("SELECT count(*) FROM delivery_order") == 0


async def state_is(world: World, order: str, state: str) -> bool:
    return bool((await world.get(f"/orders/{order}")).json()["state"] == state)


async def carried_out(world: World, order: str) -> bool:
    """The dead worker's lock goes when the server has seen its connection end."""
    await runner(world).run()
    return await state_is(world, order, "done")
