import asyncio
from typing import Any

import pytest
from sqlalchemy import delete, select

from services.notification import tables
from services.notification.domain.message import Template
from services.notification.repository.copies import ContactCopy, Copies
from services.notification.repository.messages import Messages
from services.notification.tests.mails import NOON, World, events_of, execute, rows_of, states
from services.notification.use_cases.change_contact import change_contact
from services.notification.use_cases.queue_messages import Telling, queue_messages
from shared.bus.records import Incoming
from shared.database.connection import Database
from shared.delivery.inbox import Inbox, Outcome
from shared.ids import ApplicationId, ContactId, EventId, new_uuid
from shared.testing.copies import as_copy_handler, lift_guard
from shared.testing.journal import journal_records


async def receive(inbox: Inbox, *records: Incoming) -> list[Outcome]:
    return [await inbox.receive(record) for record in records]


class TestSubmission:
    async def test_queues_the_receipt_and_asks_the_partner(self, database: Database, inbox: Inbox) -> None:
        world = World()
        await receive(
            inbox,
            world.call(),
            world.contact(),
            world.contact(world.partner_contact_id, name="Ana", email="ana@city.example", language="en"),
            world.submitted(),
        )
        assert await states(database) == {"receipt": "queued", "partner_confirmation_request": "queued"}

    async def test_without_a_partner_there_is_nobody_to_ask(self, database: Database, inbox: Inbox) -> None:
        world = World()
        await receive(inbox, world.call(), world.contact(), world.submitted(partner=False))
        assert await states(database) == {"receipt": "queued"}

    async def test_a_new_revision_gives_a_new_receipt_and_asks_the_partner_no_second_time(
        self, database: Database, inbox: Inbox
    ) -> None:
        world = World()
        await receive(
            inbox, world.call(), world.contact(), world.submitted(), world.submitted(revision=2, sequence=2)
        )
        rows = await rows_of(database, "SELECT template FROM message ORDER BY template")
        assert [row["template"] for row in rows] == ["partner_confirmation_request", "receipt", "receipt"]

    async def test_waits_for_its_call_and_loses_nothing(self, database: Database, inbox: Inbox) -> None:
        world = World()
        assert await receive(inbox, world.contact(), world.submitted()) == [Outcome.APPLIED, Outcome.HELD]
        assert await states(database) == {}
        await receive(inbox, world.call())
        await execute(database, "UPDATE held_event SET not_before = clock_timestamp() - interval '1 s'")
        assert await inbox.retry_due() == 1
        assert (await states(database))["receipt"] == "queued"

    async def test_keeps_no_personal_data_with_the_message(self, database: Database, inbox: Inbox) -> None:
        world = World()
        await receive(
            inbox, world.call(), world.contact(name="홍길동", email="secret@city.example"), world.submitted()
        )
        (row,) = await rows_of(
            database, "SELECT message::text AS whole FROM message WHERE template = 'receipt'"
        )
        assert "홍길동" not in row["whole"]
        assert "secret@city.example" not in row["whole"]


class TestContact:
    async def test_a_message_waits_for_its_contact_and_is_released_by_it(
        self, database: Database, inbox: Inbox
    ) -> None:
        world = World()
        await receive(inbox, world.call(), world.submitted(partner=False))
        assert await states(database) == {"receipt": "waiting_for_contact"}
        await receive(inbox, world.contact(language="en"))
        (row,) = await rows_of(database, "SELECT state, language FROM message")
        assert row == {"state": "queued", "language": "en"}

    async def test_another_contact_releases_nothing(self, database: Database, inbox: Inbox) -> None:
        world = World()
        await receive(inbox, world.call(), world.submitted(partner=False), world.contact(new_uuid()))
        assert await states(database) == {"receipt": "waiting_for_contact"}

    async def test_an_erased_contact_leaves_nothing_behind_and_holds_its_mail(
        self, database: Database, inbox: Inbox
    ) -> None:
        world = World()
        await receive(
            inbox, world.call(), world.contact(name="홍길동"), world.submitted(partner=False), world.erased()
        )
        assert await rows_of(database, "SELECT * FROM contact") == []
        (row,) = await rows_of(database, "SELECT state, held_reason FROM message")
        assert row == {"state": "held", "held_reason": "contact_erased"}
        (trace,) = await rows_of(
            database,
            "SELECT count(*) AS found FROM held_event WHERE convert_from(data, 'utf8') LIKE '%홍길동%'",
        )
        assert trace["found"] == 0

    async def test_the_latest_state_wins_whatever_the_order(self, database: Database, inbox: Inbox) -> None:
        world = World()
        await receive(
            inbox, world.contact(name="Second", sequence=2), world.contact(name="First", sequence=1)
        )
        (row,) = await rows_of(database, "SELECT name FROM contact")
        assert row["name"] == "Second"

    async def test_a_contact_that_comes_while_its_message_is_being_queued_still_releases_it(
        self, database: Database
    ) -> None:
        """Each would miss the other without the contact's lock, and the message would wait for ever."""
        contact_id = ContactId(new_uuid())

        async def contact_comes() -> None:
            async with database.transaction() as tx:
                copy = ContactCopy(contact_id, "A", "a@city.example", "ko")
                await as_copy_handler(tx, lambda tx: Copies(tx).save_contact(copy))
                await change_contact(contact_id, "ko", copies=Copies(tx), messages=Messages(tx))

        async with database.transaction() as tx:
            telling = Telling(contact_id, Template.RECEIPT, ApplicationId(new_uuid()), {})
            await queue_messages(
                EventId(new_uuid()), NOON, "planning", [telling], copies=Copies(tx), messages=Messages(tx)
            )
            coming = asyncio.create_task(contact_comes())
            await _until_somebody_waits_for_a_lock(database)
        await coming
        assert await states(database) == {"receipt": "queued"}


async def _until_somebody_waits_for_a_lock(database: Database) -> None:
    while True:
        (row,) = await rows_of(
            database,
            "SELECT count(*) AS waiting FROM pg_locks WHERE NOT granted AND locktype = 'advisory' "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
        )
        if row["waiting"]:
            return
        await asyncio.sleep(0.01)


class TestEligibility:
    async def test_a_refusal_tells_the_unmet_rules_in_the_words_of_the_call(
        self, database: Database, inbox: Inbox
    ) -> None:
        world = World()
        await receive(
            inbox,
            world.call(),
            world.contact(),
            world.submitted(partner=False),
            world.decided(eligible=False),
        )
        (row,) = await rows_of(database, "SELECT * FROM message WHERE template = 'decision_ineligible'")
        assert row["variables"]["rules"] == [
            {"ko": "해외 협력 기관이 참여하여야 합니다.", "en": "A partner abroad must take part."}
        ]
        assert row["variables"]["file_within_days"] == 10
        assert row["caused_at"] == NOON

    async def test_an_admission_is_told_as_such(self, database: Database, inbox: Inbox) -> None:
        world = World()
        await receive(
            inbox, world.call(), world.contact(), world.submitted(partner=False), world.decided(eligible=True)
        )
        assert await states(database) == {"receipt": "queued", "decision_eligible": "queued"}

    async def test_waits_for_its_application(self, database: Database, inbox: Inbox) -> None:
        world = World()
        outcomes = await receive(inbox, world.call(), world.decided(eligible=True))
        assert outcomes == [Outcome.APPLIED, Outcome.HELD]
        await receive(inbox, world.submitted(partner=False))
        await execute(database, "UPDATE held_event SET not_before = clock_timestamp() - interval '1 s'")
        assert await inbox.retry_due() == 1


class TestSelection:
    async def test_nothing_of_an_outcome_is_queued_before_it_is_announced(
        self, database: Database, inbox: Inbox
    ) -> None:
        """Whatever happens before the embargo instant, neither the queue nor the API has a trace of the outcome."""
        world = World()
        await receive(inbox, world.call(), world.contact(), world.submitted(), world.decided(eligible=True))
        before = await rows_of(database, "SELECT * FROM message WHERE template LIKE '%selection'")
        assert before == []
        await receive(inbox, world.announced(selected=True))
        assert (await states(database))["selection"] == "queued"

    @pytest.mark.parametrize(("selected", "template"), [(True, "selection"), (False, "non_selection")])
    async def test_every_application_of_one_contact_is_told_of(
        self, database: Database, inbox: Inbox, *, selected: bool, template: str
    ) -> None:
        one = World()
        other = World(call_id=one.call_id, contact_id=one.contact_id)
        await receive(
            inbox,
            one.call(),
            one.contact(),
            one.submitted(partner=False),
            other.submitted(partner=False),
            one.announced(other, selected=selected),
        )
        rows = await rows_of(
            database, "SELECT application_id FROM message WHERE template = :template", template=template
        )
        assert {row["application_id"] for row in rows} == {one.application_id, other.application_id}


class TestRepeats:
    async def test_an_event_that_comes_twice_queues_one_message(
        self, database: Database, inbox: Inbox
    ) -> None:
        world = World()
        submitted = world.submitted(partner=False)
        assert await receive(inbox, world.call(), world.contact(), submitted, submitted) == [
            *(Outcome.APPLIED,) * 3,
            Outcome.DUPLICATE,
        ]
        assert await states(database) == {"receipt": "queued"}

    async def test_all_events_again_with_forgotten_watermarks_and_emptied_copies_change_nothing(
        self, database: Database, inbox: Inbox
    ) -> None:
        """Replay: our copies are rebuilt to the same state, and no message is queued a second time."""
        world = World()
        history = [
            world.call(),
            world.contact(),
            world.contact(world.partner_contact_id),
            world.submitted(),
            world.decided(eligible=True),
            world.announced(),
            world.invited(),
        ]
        await receive(inbox, *history)
        before = await _everything(database)
        await lift_guard(database)
        await execute(database, "DELETE FROM watermark")
        for emptied in tables.COPIES:
            async with database.transaction() as tx:
                await tx.execute(delete(emptied))
        assert await receive(inbox, *history) == [Outcome.APPLIED] * len(history)
        assert await _everything(database) == before
        assert len(before["message"]) == 5

    async def test_queueing_publishes_nothing(self, database: Database, inbox: Inbox) -> None:
        world = World()
        await receive(inbox, world.call(), world.contact(), world.submitted())
        assert await journal_records(database, "notification") == []
        assert await events_of(database, "MessageDelivered") == []


async def _everything(database: Database) -> dict[str, list[Any]]:
    found = {}
    for table in (tables.call, tables.application, tables.contact, tables.message):
        async with database.transaction() as tx:
            found[table.name] = list((await tx.execute(select(table).order_by(table.c.id))).all())
    return found
