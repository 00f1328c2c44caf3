"""What an operator reads of an event that cannot be applied, and when trying again is pointless."""

from pydantic import BaseModel, ValidationError
from sqlalchemy import text

from shared.database.connection import Database, Tx
from shared.delivery.handlers import Handlers
from shared.delivery.inbox import Inbox, Outcome
from shared.delivery.reasons import reason_of
from shared.errors import Permanent
from shared.events.envelope import Received
from shared.ids import new_uuid
from shared.tests.delivery.conftest import TramOpened
from shared.tests.delivery.test_inbox import dead_letter_reasons, tram


class Stops(BaseModel):
    names: dict[str, int]


class TestReason:
    def test_names_the_places_of_a_body_short_and_printable_whatever_they_are_called(self) -> None:
        strange = {"names": {f"a\0\n{number}": "secret" for number in range(1000)}}
        try:
            Stops.model_validate(strange)
        except ValidationError as error:
            reason = reason_of(error)
        assert reason.startswith("the body does not fit its schema: /names/a??0: int_parsing; ")
        assert reason.isprintable()
        assert len(reason) == 1000
        assert "secret" not in reason

    def test_tells_a_permanent_failure_in_its_own_words_and_another_by_its_kind(self) -> None:
        assert reason_of(Permanent("no such line\0")) == "no such line?"
        assert reason_of(KeyError("secret")) == "KeyError in the handler; the log has its traceback"


class TestUnstorable:
    async def test_value_parks_its_key_at_the_first_try_and_stores_the_body_as_it_came(
        self, database: Database
    ) -> None:
        handlers = Handlers()

        async def keep(event: Received[TramOpened], tx: Tx) -> None:
            await tx.execute(text("SELECT CAST(:line AS text)"), {"line": event.data.line})

        handlers.on(TramOpened)(keep)
        inbox = Inbox("review", handlers, database)
        line = new_uuid()
        body = rb'{"line": "\u0000"}'
        assert await inbox.receive(tram(line, 1, body=body)) is Outcome.PARKED
        assert await inbox.receive(tram(line, 2)) is Outcome.HELD
        assert await inbox.receive(tram(new_uuid(), 1)) is Outcome.APPLIED
        assert await dead_letter_reasons(database) == ["the body holds what the database cannot store"]
        async with database.transaction() as tx:
            assert await tx.scalar(text("SELECT data FROM held_event WHERE parked_at IS NOT NULL")) == body
