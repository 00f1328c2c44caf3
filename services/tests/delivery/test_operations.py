"""Operators' view over HTTP: what it tells, what it never tells, and a redrive that mends."""

from services.tests.delivery.conftest import NOON, SECRET, TramOpened, World, tram
from shared.delivery.journal import record
from shared.errors import Permanent
from shared.ids import new_uuid


async def publish(world: World, events: int) -> None:
    async with world.database.transaction() as tx:
        for _ in range(events):
            await record(tx, TramOpened(opened_by=SECRET), aggregate_id=new_uuid(), occurred_at=NOON)


class TestFacts:
    async def test_a_quiet_service_says_so(self, world: World) -> None:
        facts = (await world.get("")).json()
        assert facts["service"] == "catalog"
        assert facts["database"]["revision"] == facts["database"]["expected_revision"]
        assert facts["database"]["timeline"] == 1
        assert facts["outbox"] == {"waiting": 0, "oldest_seconds": 0.0}
        assert facts["lease"] is None
        assert facts["held"] == facts["parked"] == {"events": 0, "keys": 0, "oldest_seconds": 0.0}
        assert (facts["dead_letters"], facts["open_orders"], facts["last_rebuild"]) == (0, 0, None)
        assert 0 <= facts["clock_bound_ms"] < 60_000

    async def test_what_waits_is_counted_by_events_and_keys(self, world: World) -> None:
        await publish(world, 3)
        line, other = new_uuid(), new_uuid()
        for record_ in (tram(line, 3), tram(line, 2), tram(other, 5), tram(other, 1, headers=False)):
            await world.inbox.receive(record_)
        world.depot.refusal = Permanent("no such line was ever planned")
        await world.inbox.receive(tram(new_uuid(), 1))
        facts = (await world.get("")).json()
        assert facts["outbox"]["waiting"] == 4  # three of ours and the announcement of the parked one
        assert facts["outbox"]["oldest_seconds"] > 0
        assert facts["journal_rows_at_most"] == 4
        assert (facts["held"]["events"], facts["held"]["keys"]) == (3, 2)
        assert (facts["parked"]["events"], facts["parked"]["keys"]) == (1, 1)
        assert facts["dead_letters"] == 1

    async def test_a_lease_is_told_with_its_token(self, world: World) -> None:
        await world.execute(
            "INSERT INTO relay_lease VALUES ('relay', gen_random_uuid(), 7, clock_timestamp() + interval '1 h')"
        )
        lease = (await world.get("")).json()["lease"]
        assert (lease["token"], lease["held"]) == (7, True)
        await world.execute("UPDATE relay_lease SET expires_at = clock_timestamp()")
        assert (await world.get("")).json()["lease"]["held"] is False

    async def test_code_newer_than_its_database_shows(self, world: World) -> None:
        await world.execute("UPDATE alembic_version SET version_num = '0001'")
        database = (await world.get("")).json()["database"]
        assert database["revision"] == "0001"
        assert database["expected_revision"] != "0001"

    async def test_a_part_that_is_down_is_named_and_not_quoted(self, world: World) -> None:
        async def broken() -> None:
            raise ConnectionRefusedError(SECRET)

        async def well() -> None:
            return None

        world.app.state.probes = {"documents": broken, "archive": well}
        assert (await world.get("")).json()["dependencies"] == [
            {"name": "archive", "answers": True, "detail": None},
            {"name": "documents", "answers": False, "detail": "ConnectionRefusedError"},
        ]


class TestLists:
    async def test_held_events_come_in_pages_that_show_each_once(self, world: World) -> None:
        lines = [new_uuid() for _ in range(3)]
        for line in lines:
            for sequence in (2, 3):
                await world.inbox.receive(tram(line, sequence))
        seen: list[tuple[str, int]] = []
        cursor: dict[str, str] = {}
        while True:
            page = (await world.get("/held-events", limit=4, **cursor)).json()
            seen += [(one["aggregate_id"], one["sequence"]) for one in page["items"]]
            if page["next_cursor"] is None:
                break
            cursor = {"cursor": page["next_cursor"]}
        assert seen == [(str(line), sequence) for line in sorted(lines) for sequence in (2, 3)]
        assert page["items"][0]["reason"] == "waits for sequence 1"

    async def test_parked_ones_can_be_asked_for_alone(self, world: World) -> None:
        world.depot.refusal = Permanent("no such line was ever planned")
        line = new_uuid()
        for sequence in (1, 2):
            await world.inbox.receive(tram(line, sequence))
        by_state = {
            state: [one["sequence"] for one in (await world.get("/held-events", state=state)).json()["items"]]
            for state in ("parked", "held")
        }
        assert by_state == {"parked": [1], "held": [2]}
        assert (await world.get("/held-events", state="lost")).status_code == 422

    async def test_dead_letters_come_in_pages_with_their_size_only(self, world: World) -> None:
        for offset in range(1, 4):
            await world.inbox.receive(tram(new_uuid(), offset, headers=False))
        first = (await world.get("/dead-letters", limit=2)).json()
        second = (await world.get("/dead-letters", limit=2, cursor=first["next_cursor"])).json()
        assert [one["offset"] for one in first["items"] + second["items"]] == [1, 2, 3]
        assert second["next_cursor"] is None
        assert first["items"][0]["size_bytes"] == len(tram(new_uuid(), 1).value or b"")
        assert first["items"][0]["reason"] == "header ce_id is missing"

    async def test_a_cursor_of_another_list_is_refused(self, world: World) -> None:
        for sequence in (2, 3):
            await world.inbox.receive(tram(new_uuid(), sequence))
        cursor = (await world.get("/held-events", limit=1)).json()["next_cursor"]
        assert (await world.get("/dead-letters", cursor=cursor)).status_code == 400
        assert (await world.get("/held-events", cursor=cursor, state="held")).status_code == 400


class TestRedrive:
    async def test_a_parked_event_and_those_behind_it_are_applied(self, world: World) -> None:
        line = new_uuid()
        world.depot.refusal = Permanent("no such line was ever planned")
        for sequence in (1, 2, 3):
            await world.inbox.receive(tram(line, sequence))
        world.depot.refusal = None
        assert await world.inbox.retry_due() == 0  # a parked event waits for an operator
        answer = await world.post(f"/held-keys/{line}/redrive", {"topic": TramOpened.topic})
        assert (answer.status_code, answer.json()["released"]) == (200, 1)
        await world.inbox.retry_due()
        assert world.depot.handled == [1, 2, 3]
        assert await world.scalar("SELECT count(*) FROM held_event") == 0

    async def test_twice_is_harmless_and_each_act_is_in_the_audit_trail(self, world: World) -> None:
        line, key = new_uuid(), str(new_uuid())
        world.depot.refusal = Permanent("no such line was ever planned")
        await world.inbox.receive(tram(line, 1))
        path, body = f"/held-keys/{line}/redrive", {"topic": TramOpened.topic}
        released = [
            (await world.post(path, body, key=used)).json()["released"]
            for used in (key, key, str(new_uuid()))
        ]
        assert released == [1, 1, 0]
        assert await world.scalar("SELECT array_agg(facts->'released' ORDER BY id) FROM audit_entry") == [
            1,
            0,
        ]
        assert await world.scalar("SELECT DISTINCT actor || ' ' || action FROM audit_entry") == (
            "olga redrive_held_key"
        )

    async def test_a_key_is_topic_and_aggregate(self, world: World) -> None:
        line = new_uuid()
        world.depot.refusal = Permanent("no such line was ever planned")
        await world.inbox.receive(tram(line, 1))
        answer = await world.post(f"/held-keys/{line}/redrive", {"topic": "intake.call.v1"})
        assert answer.json()["released"] == 0
        assert await world.scalar("SELECT count(*) FROM held_event WHERE parked_at IS NOT NULL") == 1
        assert (await world.post(f"/held-keys/{line}/redrive", {"topic": "no topic"})).status_code == 422
