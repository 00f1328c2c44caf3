from datetime import date
from email.message import EmailMessage

import icalendar
import pytest

from deploy.local.smtp_sink import SmtpSink
from services.notification.mail.compose import LINK_PURPOSE
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
    rows_of,
    submit,
    submit_alone,
)
from services.notification.use_cases.send_due import Sender
from shared.clock.authority import AuthorityClock
from shared.database.connection import Database
from shared.delivery.inbox import Inbox
from shared.events.text import Language
from shared.links import read_link
from shared.testing.clock import step


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
