import json
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import text

from shared.bus.records import Incoming, headers_of
from shared.database.connection import Database, Tx
from shared.delivery.dead_letters import redrive
from shared.delivery.handlers import Handlers
from shared.delivery.inbox import Inbox, Outcome
from shared.errors import Permanent, Retryable
from shared.events.envelope import Envelope, Received
from shared.ids import new_uuid
from shared.tests.delivery.conftest import TramOpened

NOON = datetime(2025, 3, 11, 9, 0, tzinfo=UTC)


def tram(
    aggregate: UUID, sequence: int, *, kind: str = TramOpened.type, body: bytes = b'{"line": "1"}'
) -> Incoming:
    envelope = Envelope(new_uuid(), kind, "/kcity/intake", aggregate, sequence, NOON, body)
    return Incoming("intake.tram.v1", 0, sequence, str(aggregate).encode(), body, headers_of(envelope))


class Depot:
    """A handler that remembers, and refuses as long as it is told to."""

    def __init__(self) -> None:
        self.handled: list[tuple[UUID, int]] = []
        self.refusal: Exception | None = None
        self.handlers = Handlers()
        self.handlers.on(TramOpened)(self.handle)

    async def handle(self, event: Received[TramOpened], tx: Tx) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.handled.append((event.subject, event.sequence))
        await tx.execute(
            text("INSERT INTO relay_lease (name, holder, token, expires_at) VALUES (:n, :h, 1, now())"),
            {"n": f"{event.subject}/{event.sequence}", "h": event.id},
        )


class TestReceive:
    async def test_applies_each_event_once(self, database: Database) -> None:
        depot = Depot()
        inbox = Inbox("review", depot.handlers, database)
        one = tram(new_uuid(), 1)
        assert [await inbox.receive(one), await inbox.receive(one)] == [Outcome.APPLIED, Outcome.DUPLICATE]
        assert len(depot.handled) == 1

    async def test_holds_what_comes_too_early_and_applies_it_in_order(self, database: Database) -> None:
        depot = Depot()
        inbox = Inbox("review", depot.handlers, database)
        line = new_uuid()
        outcomes = [await inbox.receive(tram(line, sequence)) for sequence in (3, 2, 1)]
        assert outcomes == [Outcome.HELD, Outcome.HELD, Outcome.APPLIED]
        assert [sequence for _, sequence in depot.handled] == [1, 2, 3]
        assert await held(database) == 0

    async def test_a_held_key_holds_back_no_other(self, database: Database) -> None:
        depot = Depot()
        inbox = Inbox("review", depot.handlers, database)
        assert await inbox.receive(tram(new_uuid(), 2)) is Outcome.HELD
        assert await inbox.receive(tram(new_uuid(), 1)) is Outcome.APPLIED

    async def test_a_missing_prerequisite_is_tried_again_when_its_time_has_come(
        self, database: Database
    ) -> None:
        depot = Depot()
        inbox = Inbox("review", depot.handlers, database)
        depot.refusal = Retryable("the call is not known yet")
        line = new_uuid()
        assert await inbox.receive(tram(line, 1)) is Outcome.HELD
        assert await inbox.receive(tram(line, 2)) is Outcome.HELD
        depot.refusal = None
        await make_due(database)
        await inbox.retry_due()
        assert [sequence for _, sequence in depot.handled] == [1, 2]
        assert await held(database) == 0

    async def test_a_failing_handler_leaves_no_effect_and_no_moved_watermark(
        self, database: Database
    ) -> None:
        depot = Depot()
        inbox = Inbox("review", depot.handlers, database)
        depot.refusal = ZeroDivisionError()
        await inbox.receive(tram(new_uuid(), 1))
        async with database.transaction() as tx:
            assert await tx.scalar(text("SELECT count(*) FROM relay_lease")) == 0
            assert await tx.scalar(text("SELECT coalesce(max(sequence), 0) FROM watermark")) == 0
            reason = await tx.scalar(text("SELECT reason FROM held_event"))
        assert reason == "ZeroDivisionError in the handler; the log has its traceback"

    async def test_a_permanent_failure_parks_the_key_and_redrive_releases_it(
        self, database: Database
    ) -> None:
        depot = Depot()
        inbox = Inbox("review", depot.handlers, database)
        depot.refusal = Permanent("no such line was ever planned")
        line = new_uuid()
        assert await inbox.receive(tram(line, 1)) is Outcome.PARKED
        assert await inbox.receive(tram(line, 2)) is Outcome.HELD
        assert await dead_letter_reasons(database) == ["no such line was ever planned"]
        depot.refusal = None
        async with database.transaction() as tx:
            assert await redrive(tx, "review", line, topic="intake.tram.v1") == 1
        await make_due(database)
        await inbox.retry_due()
        assert [sequence for _, sequence in depot.handled] == [1, 2]

    async def test_a_body_of_another_shape_parks_its_key_without_quoting_it(self, database: Database) -> None:
        inbox = Inbox("review", Depot().handlers, database)
        assert await inbox.receive(tram(new_uuid(), 1, body=b'{"line": ["secret"]}')) is Outcome.PARKED
        (reason,) = await dead_letter_reasons(database)
        assert "/line: string_type" in reason
        assert "secret" not in reason

    async def test_an_unhandled_type_only_moves_the_watermark(self, database: Database) -> None:
        depot = Depot()
        inbox = Inbox("review", depot.handlers, database)
        line = new_uuid()
        assert await inbox.receive(tram(line, 1, kind="kcity.intake.TramPainted.v1")) is Outcome.APPLIED
        assert await inbox.receive(tram(line, 2)) is Outcome.APPLIED

    async def test_a_record_that_is_no_event_is_kept_aside_and_the_others_go_on(
        self, database: Database
    ) -> None:
        inbox = Inbox("review", Depot().handlers, database)
        junk = Incoming("intake.tram.v1", 0, 7, None, b"\xff", [("ce_id", b"x")])
        assert await inbox.receive(junk) is Outcome.NOT_AN_EVENT
        assert await inbox.receive(junk) is Outcome.NOT_AN_EVENT
        async with database.transaction() as tx:
            rows = (await tx.execute(text("SELECT reason, value FROM dead_letter"))).all()
        assert [tuple(row) for row in rows] == [("header ce_type is missing", b"\xff")]

    async def test_an_event_from_a_foreign_source_is_not_believed(self, database: Database) -> None:
        inbox = Inbox("review", Depot().handlers, database)
        line = new_uuid()
        envelope = Envelope(new_uuid(), TramOpened.type, "/kcity/catalog", line, 1, NOON, b"{}")
        record = Incoming("intake.tram.v1", 0, 1, str(line).encode(), b"{}", headers_of(envelope))
        assert await inbox.receive(record) is Outcome.NOT_AN_EVENT


async def held(database: Database) -> int:
    async with database.transaction() as tx:
        return int(await tx.scalar(text("SELECT count(*) FROM held_event")) or 0)


async def make_due(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.execute(text("UPDATE held_event SET not_before = clock_timestamp() - interval '1 second'"))


async def dead_letter_reasons(database: Database) -> list[str]:
    async with database.transaction() as tx:
        rows = await tx.execute(text("SELECT data FROM journal WHERE topic = 'review.dlq'"))
        bodies = [row.data if isinstance(row.data, dict) else json.loads(row.data) for row in rows]
    return [body["reason"] for body in bodies]
