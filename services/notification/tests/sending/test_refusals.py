from datetime import timedelta
from pathlib import Path

import pytest

from deploy.local.ports import free_port
from deploy.local.smtp_sink import SmtpSink, kept_messages
from services.notification.domain.message import NO_ANSWER_CODE
from services.notification.mail.compose import Letterhead
from services.notification.tests.mails import (
    World,
    events_of,
    execute,
    make_due,
    rows_of,
    states,
    submit,
    submit_alone,
)
from services.notification.tests.servers import hanging_up, moody_server
from services.notification.use_cases.send_due import Sender
from shared.clock.authority import AuthorityClock
from shared.database.connection import Database
from shared.delivery.inbox import Inbox
from shared.testing.copies import lift_guard

AT_ONCE = (timedelta(0),)


class TestMailServerDown:
    async def test_loses_nothing_and_costs_no_message_a_try(
        self, inbox: Inbox, database: Database, clock: AuthorityClock, letterhead: Letterhead, tmp_path: Path
    ) -> None:
        sink = SmtpSink(tmp_path / "later", free_port())
        sender = Sender(database, clock, letterhead, sink.url, outage_waits=AT_ONCE)
        await submit(inbox, World())
        await sender.run()
        await sender.run()
        assert await states(database) == {"receipt": "queued", "partner_confirmation_request": "queued"}
        with sink:
            await sender.run()
            await sender.close()
        assert len(sink.messages()) == 2
        assert [row["attempts"] for row in await rows_of(database, "SELECT attempts FROM message")] == [1, 1]

    async def test_is_left_alone_for_a_while(
        self, database: Database, clock: AuthorityClock, letterhead: Letterhead, inbox: Inbox
    ) -> None:
        await submit_alone(inbox, World())
        async with hanging_up() as (calls, url):
            sender = Sender(database, clock, letterhead, url, outage_waits=(timedelta(days=1),))
            await sender.run()
            await sender.run()
        assert len(calls) == 1
        assert await states(database) == {"receipt": "queued"}

    async def test_a_connection_the_server_dropped_is_opened_again(
        self, inbox: Inbox, database: Database, clock: AuthorityClock, letterhead: Letterhead, tmp_path: Path
    ) -> None:
        first = SmtpSink(tmp_path / "mail", free_port())
        sender = Sender(database, clock, letterhead, first.url, outage_waits=AT_ONCE)
        with first:
            await submit_alone(inbox, World())
            await sender.run()
        await submit_alone(inbox, World())
        with SmtpSink(first.folder, first.port) as second:
            await sender.run()
            await make_due(database)
            await sender.run()
            await sender.close()
        assert len(second.messages()) == 2


class TestRefusals:
    async def test_an_unknown_mailbox_bounces_and_is_told(
        self, inbox: Inbox, sender: Sender, smtp_sink: SmtpSink, database: Database
    ) -> None:
        await submit_alone(inbox, World(), email="bounce.1@city.example")
        await submit_alone(inbox, World())
        await sender.run()
        rows = await rows_of(database, "SELECT state, last_smtp_code FROM message ORDER BY state")
        assert rows == [
            {"state": "bounced", "last_smtp_code": 550},
            {"state": "delivered", "last_smtp_code": 250},
        ]
        (event,) = await events_of(database, "MessageBounced")
        assert event["smtp_code"] == 550
        assert len(smtp_sink.messages()) == 1

    @pytest.mark.parametrize("mood", ["to_recipient", "to_content"])
    async def test_a_passing_refusal_is_tried_again_later(
        self,
        mood: str,
        inbox: Inbox,
        database: Database,
        clock: AuthorityClock,
        letterhead: Letterhead,
        tmp_path: Path,
    ) -> None:
        with moody_server(tmp_path / "moody") as (moods, url):
            getattr(moods, mood).append("451 4.7.1 Greylisted, try again later")
            sender = Sender(database, clock, letterhead, url)
            await submit_alone(inbox, World())
            await sender.run()
            (row,) = await rows_of(
                database,
                "SELECT state, last_smtp_code, next_attempt_at > clock_timestamp() AS later FROM message",
            )
            assert row == {"state": "failed", "last_smtp_code": 451, "later": True}
            assert await events_of(database, "MessageBounced") == []
            await make_due(database)
            await sender.run()
            await sender.close()
        assert await states(database) == {"receipt": "delivered"}
        assert len(kept_messages(tmp_path / "moody")) == 1

    async def test_a_refused_sender_bounces_nobody(
        self, inbox: Inbox, database: Database, clock: AuthorityClock, letterhead: Letterhead, tmp_path: Path
    ) -> None:
        with moody_server(tmp_path / "moody") as (moods, url):
            moods.to_sender.append("550 5.7.1 You may not send from here")
            sender = Sender(database, clock, letterhead, url)
            await submit_alone(inbox, World())
            await sender.run()
            await sender.close()
        (row,) = await rows_of(database, "SELECT state, last_smtp_code FROM message")
        assert row == {"state": "failed", "last_smtp_code": 550}

    async def test_after_its_five_days_a_message_is_given_up(
        self, inbox: Inbox, database: Database, clock: AuthorityClock, letterhead: Letterhead, tmp_path: Path
    ) -> None:
        with moody_server(tmp_path / "moody") as (moods, url):
            moods.hangs_up_after_keeping = 1
            sender = Sender(database, clock, letterhead, url)
            await submit_alone(inbox, World())
            await execute(database, "UPDATE message SET give_up_at = clock_timestamp()")
            await sender.run()
            await sender.close()
        (event,) = await events_of(database, "MessageBounced")
        assert event["smtp_code"] == NO_ANSWER_CODE

    async def test_an_address_that_is_none_is_held_until_the_contact_mends_it(
        self, inbox: Inbox, sender: Sender, smtp_sink: SmtpSink, database: Database
    ) -> None:
        world = World()
        await submit_alone(inbox, world, email="no address")
        await sender.run()
        (row,) = await rows_of(database, "SELECT state, held_reason FROM message")
        assert row == {"state": "held", "held_reason": "address_unusable"}
        await inbox.receive(world.contact(email="hana@city.example", sequence=2))
        await sender.run()
        assert len(smtp_sink.messages()) == 1

    async def test_a_message_that_cannot_be_written_is_held_and_stops_no_other(
        self, inbox: Inbox, sender: Sender, smtp_sink: SmtpSink, database: Database
    ) -> None:
        await submit_alone(inbox, World())
        await execute(database, "UPDATE message SET variables = '{}'")
        await submit_alone(inbox, World())
        await sender.run()
        rows = await rows_of(database, "SELECT state, held_reason FROM message ORDER BY state")
        assert rows == [
            {"state": "delivered", "held_reason": None},
            {"state": "held", "held_reason": "cannot_be_written"},
        ]
        assert len(smtp_sink.messages()) == 1

    async def test_a_message_whose_contact_was_emptied_waits_for_its_return(
        self, inbox: Inbox, sender: Sender, smtp_sink: SmtpSink, database: Database
    ) -> None:
        world = World()
        await submit_alone(inbox, world)
        await lift_guard(database)
        await execute(database, "DELETE FROM contact")
        await sender.run()
        assert await states(database) == {"receipt": "held"}
        await inbox.receive(world.contact(sequence=2))
        await sender.run()
        assert len(smtp_sink.messages()) == 1
