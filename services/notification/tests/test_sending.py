import asyncio
from datetime import date, timedelta
from email.message import EmailMessage
from pathlib import Path

import icalendar
import pytest

from deploy.local.smtp_sink import SmtpSink, kept_messages
from services.notification.domain.message import NO_ANSWER_CODE, Outcome
from services.notification.mail.compose import LINK_PURPOSE, Letterhead
from services.notification.repository.messages import Claimed
from services.notification.tests.mails import (
    DIGEST,
    EN_TITLE,
    KO_TITLE,
    LINK_SECRET,
    NOON,
    PUBLIC_URL,
    World,
    events_of,
    execute,
    make_due,
    rows_of,
    states,
)
from services.notification.tests.servers import hanging_up, moody_server
from services.notification.use_cases.send_due import Sender
from shared.clock.authority import AuthorityClock
from shared.database.connection import Database
from shared.delivery.inbox import Inbox
from shared.events.text import Language
from shared.links import read_link
from shared.testing.clock import step
from shared.testing.plugin import free_port

AT_ONCE = (timedelta(0),)


async def submit(
    inbox: Inbox, world: World, *, language: Language = "ko", email: str = "hana@city.example"
) -> None:
    for record in (
        world.call(),
        world.contact(language=language, email=email),
        world.contact(
            world.partner_contact_id, name="Ana Gómez", email="ana@city.example", language=language
        ),
        world.submitted(),
    ):
        await inbox.receive(record)


async def submit_alone(inbox: Inbox, world: World, *, email: str = "hana@city.example") -> None:
    for record in (world.call(), world.contact(email=email), world.submitted(partner=False)):
        await inbox.receive(record)


def text_of(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


class TestEveryTemplateArrives:
    @pytest.mark.parametrize("language", ["ko", "en"])
    async def test_in_the_language_of_its_contact(
        self, inbox: Inbox, sender: Sender, smtp_sink: SmtpSink, database: Database, language: Language
    ) -> None:
        world, refused, passed_over = World(), World(), World()
        await submit(inbox, world, language=language)
        await inbox.receive(world.decided(eligible=True))
        await inbox.receive(world.announced())
        await inbox.receive(world.invited())
        await submit(inbox, refused, language=language)
        await inbox.receive(refused.decided(eligible=False))
        await submit(inbox, passed_over, language=language)
        await inbox.receive(passed_over.announced(selected=False))
        await sender.run()
        rows = await rows_of(database, "SELECT DISTINCT template, state FROM message ORDER BY 1")
        assert [row["template"] for row in rows if row["state"] == "delivered"] == [
            *("decision_eligible", "decision_ineligible", "expo_invitation", "non_selection"),
            *("partner_confirmation_request", "receipt", "selection"),
        ]
        mails = smtp_sink.messages()
        assert len(mails) == 11
        for mail in mails:
            assert [part.defects for part in mail.walk() if part.defects] == []
            assert mail["Content-Language"] == language
            assert mail["Subject"].startswith("[리허설/REHEARSAL] [K-City Network] ")
            assert {"ko": KO_TITLE, "en": EN_TITLE}[language] in text_of(mail)
            assert mail["To"].addresses[0].display_name in text_of(mail)

    async def test_the_receipt_carries_the_proof_and_its_headers(
        self, inbox: Inbox, sender: Sender, smtp_sink: SmtpSink
    ) -> None:
        await submit_alone(inbox, World())
        await sender.run()
        (mail,) = smtp_sink.messages()
        assert mail["X-Envelope-To"] == "hana@city.example"
        assert mail["X-Envelope-From"] == "no-reply@kcity.example"
        assert mail["To"].addresses[0].display_name == "김하나"
        assert mail["From"].addresses[0].addr_spec == "no-reply@kcity.example"
        assert mail["Auto-Submitted"] == "auto-generated"
        assert mail["Message-ID"].endswith("@kcity.example>")
        for told in ("KCN-2025-D-7F3K-9QX2", DIGEST, "2025년 3월 11일 17:59:59(한국 표준시)"):
            assert told in text_of(mail)

    async def test_the_partner_gets_a_link_that_intake_can_read(
        self, inbox: Inbox, sender: Sender, smtp_sink: SmtpSink
    ) -> None:
        world = World()
        await submit(inbox, world, language="en")
        await sender.run()
        (mail,) = [mail for mail in smtp_sink.messages() if "partner-confirmations" in text_of(mail)]
        _, _, rest = text_of(mail).partition(f"{PUBLIC_URL}/intake/v1/partner-confirmations/")
        assert read_link(LINK_SECRET, LINK_PURPOSE, rest.split()[0]) == str(world.confirmation_id)
        assert mail["To"].addresses[0].display_name == "Ana Gómez"

    async def test_the_invitation_carries_the_days_of_the_expo(
        self, inbox: Inbox, sender: Sender, smtp_sink: SmtpSink
    ) -> None:
        world = World()
        await submit(inbox, world)
        await inbox.receive(world.invited())
        await sender.run()
        (mail,) = [mail for mail in smtp_sink.messages() if list(mail.iter_attachments())]
        (attached,) = mail.iter_attachments()
        (event,) = icalendar.Calendar.from_ical(attached.get_content()).walk("VEVENT")
        assert event.decoded("DTSTART") == date(2025, 7, 15)
        assert event.decoded("DTEND") == date(2025, 7, 18)


class TestDelivered:
    async def test_is_recorded_once_with_business_time(
        self, inbox: Inbox, sender: Sender, database: Database, clock: AuthorityClock
    ) -> None:
        await step(database, NOON, clock)
        await submit_alone(inbox, World())
        await sender.run()
        await sender.run()
        (event,) = await events_of(database, "MessageDelivered")
        assert event["template"] == "receipt"
        assert event["delivered_at"] == "2025-03-11T03:00:00Z"
        (row,) = await rows_of(database, "SELECT * FROM message")
        assert (str(row["id"]), row["settled_at"], row["attempts"]) == (event["message_id"], NOON, 1)
        (audit,) = await rows_of(database, "SELECT actor, action FROM audit_entry")
        assert audit == {"actor": "worker:notification", "action": "message_delivered"}

    async def test_a_repeated_event_sends_no_second_mail(
        self, inbox: Inbox, sender: Sender, smtp_sink: SmtpSink, database: Database
    ) -> None:
        world = World()
        submitted = world.submitted(partner=False)
        for record in (world.call(), world.contact(), submitted, submitted):
            await inbox.receive(record)
        await sender.run()
        await execute(database, "DELETE FROM watermark")
        await inbox.receive(submitted)
        await sender.run()
        assert len(smtp_sink.messages()) == 1


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
        await execute(database, "DELETE FROM contact")
        await sender.run()
        assert await states(database) == {"receipt": "held"}
        await inbox.receive(world.contact(sequence=2))
        await sender.run()
        assert len(smtp_sink.messages()) == 1


class Killed(BaseException):
    """The process ends here."""


class DiesBeforeMarking(Sender):
    """Sends a mail and is killed before it can mark it."""

    async def _mark(self, _claimed: Claimed, _outcome: Outcome) -> None:
        raise Killed


class TestCrash:
    async def test_between_sending_and_marking_gives_a_second_copy_that_can_be_told_as_such(
        self,
        inbox: Inbox,
        sender: Sender,
        smtp_sink: SmtpSink,
        database: Database,
        clock: AuthorityClock,
        letterhead: Letterhead,
    ) -> None:
        await submit_alone(inbox, World())
        dying = DiesBeforeMarking(database, clock, letterhead, smtp_sink.url)
        with pytest.raises(Killed):
            await dying.run()
        await dying.close()
        await sender.run()
        assert await states(database) == {"receipt": "sending"}, "its lease has not ended"
        await make_due(database)
        await sender.run()
        assert await states(database) == {"receipt": "delivered"}
        first, second = sorted(smtp_sink.folder.glob("*.eml"))
        assert first.read_bytes() == second.read_bytes()
        copies = smtp_sink.messages()
        assert copies[0]["Message-ID"] == copies[1]["Message-ID"] is not None
        assert len(await events_of(database, "MessageDelivered")) == 1

    async def test_a_connection_lost_after_acceptance_gives_a_second_copy_that_can_be_told_as_such(
        self, inbox: Inbox, database: Database, clock: AuthorityClock, letterhead: Letterhead, tmp_path: Path
    ) -> None:
        with moody_server(tmp_path / "moody") as (moods, url):
            moods.hangs_up_after_keeping = 1
            sender = Sender(database, clock, letterhead, url)
            await submit_alone(inbox, World())
            await sender.run()
            (row,) = await rows_of(database, "SELECT state, last_smtp_code FROM message")
            assert row == {"state": "failed", "last_smtp_code": None}
            await make_due(database)
            await sender.run()
            await sender.close()
        first, second = sorted((tmp_path / "moody").glob("*.eml"))
        assert first.read_bytes() == second.read_bytes()

    async def test_a_sender_whose_lease_ended_cannot_mark_what_another_has_taken(
        self,
        inbox: Inbox,
        sender: Sender,
        smtp_sink: SmtpSink,
        database: Database,
        clock: AuthorityClock,
        letterhead: Letterhead,
    ) -> None:
        """The slow one sent its mail, but answers for it no more: one message, one event."""
        await submit_alone(inbox, World())

        class Slow(Sender):
            async def _mark(self, claimed: Claimed, outcome: Outcome) -> None:
                await make_due(database)
                await sender.run()
                await super()._mark(claimed, outcome)

        slow = Slow(database, clock, letterhead, smtp_sink.url)
        await slow.run()
        await slow.close()
        assert await states(database) == {"receipt": "delivered"}
        assert len(await events_of(database, "MessageDelivered")) == 1
        assert len({mail["Message-ID"] for mail in smtp_sink.messages()}) == 1

    async def test_stopped_in_the_middle_what_is_on_its_way_is_marked_and_the_rest_given_back(
        self,
        inbox: Inbox,
        smtp_sink: SmtpSink,
        database: Database,
        clock: AuthorityClock,
        letterhead: Letterhead,
    ) -> None:
        for _ in range(4):
            await submit_alone(inbox, World())
        sent = asyncio.Event()

        class Watched(Sender):
            async def _mark(self, claimed: Claimed, outcome: Outcome) -> None:
                sent.set()
                await asyncio.sleep(0.05)
                await super()._mark(claimed, outcome)

        stopping = Watched(database, clock, letterhead, smtp_sink.url, connections=1)
        running = asyncio.create_task(stopping.run())
        await sent.wait()
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        await stopping.close()
        rows = await rows_of(database, "SELECT state, attempts FROM message ORDER BY state")
        delivered = [row for row in rows if row["state"] == "delivered"]
        assert len(delivered) == len(smtp_sink.messages()) == 1
        assert [row for row in rows if row["state"] != "delivered"] == [
            {"state": "queued", "attempts": 0}
        ] * 3


class TestTwoSenders:
    async def test_at_once_send_each_message_once(
        self,
        inbox: Inbox,
        smtp_sink: SmtpSink,
        database: Database,
        clock: AuthorityClock,
        letterhead: Letterhead,
    ) -> None:
        for _ in range(30):
            await submit_alone(inbox, World())
        senders = [Sender(database, clock, letterhead, smtp_sink.url, connections=2) for _ in range(2)]
        await asyncio.gather(*(sender.run() for sender in senders))
        for sender in senders:
            await sender.run()
            await sender.close()
        mails = smtp_sink.messages()
        assert len(mails) == 30
        assert len({mail["Message-ID"] for mail in mails}) == 30
        assert len(await events_of(database, "MessageDelivered")) == 30
