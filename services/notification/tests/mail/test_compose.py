from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from uuid import UUID

import icalendar
import pytest

from services.notification.domain.message import LANGUAGES, Cause, Language, Template
from services.notification.mail.compose import (
    LINK_PURPOSE,
    Addressee,
    AddressUnusable,
    Letter,
    Letterhead,
    compose,
)
from services.notification.mail.samples import SAMPLES
from shared.ids import ApplicationId, ContactId, EventId
from shared.links import read_link

QUEUED_AT = datetime(2026, 11, 22, 4, 5, 6, 789, tzinfo=UTC)
HEAD = Letterhead(
    Address("K-City Network 사무국", "no-reply", "kcity.example"),
    "https://kcity.example",
    "secret",
    rehearsal=False,
)
HANA = Addressee("김하나", "hana@city.example")


def letter(template: Template, language: Language = "ko") -> Letter:
    cause = Cause(EventId(UUID(int=1)), ContactId(UUID(int=2)), template, ApplicationId(UUID(int=3)))
    return Letter(cause, 1, language, SAMPLES[template], QUEUED_AT)


def read(content: bytes) -> EmailMessage:
    return message_from_bytes(content, policy=policy.default)


def body_of(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", Template)
class TestEveryMail:
    def test_is_the_same_to_the_byte_whenever_it_is_composed(
        self, template: Template, language: Language
    ) -> None:
        assert compose(letter(template, language), HANA, HEAD) == compose(
            letter(template, language), HANA, HEAD
        )

    def test_is_pure_ascii_in_lines_that_every_server_takes(
        self, template: Template, language: Language
    ) -> None:
        content = compose(letter(template, language), HANA, HEAD).content
        assert content.isascii()
        lines = content.split(b"\r\n")
        assert max(map(len, lines)) <= 998
        assert not any(b"\n" in line or b"\r" in line for line in lines)

    def test_is_found_well_formed_by_the_parser(self, template: Template, language: Language) -> None:
        mail = read(compose(letter(template, language), HANA, HEAD).content)
        assert [part.defects for part in mail.walk() if part.defects] == []
        assert "김하나" in body_of(mail, "plain")
        assert "김하나" in body_of(mail, "html")


class TestHeaders:
    def test_say_who_writes_to_whom_when_and_that_it_is_a_machine(self) -> None:
        mail = read(compose(letter(Template.RECEIPT), HANA, HEAD).content)
        assert mail["From"].addresses[0] == HEAD.sender
        assert mail["To"].addresses[0] == Address("김하나", "hana", "city.example")
        assert parsedate_to_datetime(mail["Date"]) == QUEUED_AT.replace(microsecond=0)
        assert mail["Message-ID"] == letter(Template.RECEIPT).cause.message_id("kcity.example")
        assert mail["Auto-Submitted"] == "auto-generated"
        assert mail["Content-Language"] == "ko"
        assert not [name for name in mail if name.lower().startswith(("list-", "bcc", "cc"))]

    @pytest.mark.parametrize(
        "name",
        [
            "Kim\r\nBcc: all@city.example",
            "Kim\nSubject: other",
            'Kim" <x@elsewhere.example>',
            "Kim, Hana (team) <a@b>; :",
            "Kim\u2028Bcc: all@city.example",
            "=?utf-8?q?=0aBcc=3a_all=40city.example?=",
            "가" * 200,
        ],
    )
    def test_a_name_cannot_leave_its_header(self, name: str) -> None:
        mail = read(compose(letter(Template.RECEIPT), Addressee(name, "hana@city.example"), HEAD).content)
        plain = read(compose(letter(Template.RECEIPT), HANA, HEAD).content)
        assert mail.keys() == plain.keys()
        assert [address.addr_spec for address in mail["To"].addresses] == ["hana@city.example"]
        assert mail["Subject"] == plain["Subject"]

    @pytest.mark.parametrize(
        "email",
        [
            "",
            "hana",
            "@city.example",
            "hana@",
            "a@b@city.example\r\nBcc: x",
            "hana@city.example\r\nBcc: all@city.example",
            "hana@city.example, all@city.example",
            "Hana <hana@city.example>",
            "하나@city.example",
            "hana hana@city.example",
            f"{'a' * 250}@city.example",
            "hana@-.example..",
        ],
    )
    def test_an_address_that_is_none_is_refused(self, email: str) -> None:
        with pytest.raises(AddressUnusable):
            compose(letter(Template.RECEIPT), Addressee("Kim", email), HEAD)

    def test_a_domain_beyond_ascii_is_written_for_old_servers(self) -> None:
        mail = compose(letter(Template.RECEIPT), Addressee("Kim", "hana@도시.example"), HEAD)
        assert mail.recipient == "hana@xn--hq1bm8jm9l.example" or mail.recipient.startswith("hana@xn--")


class TestPartnerLink:
    def test_is_signed_for_the_confirmation_and_nothing_else(self) -> None:
        mail = read(compose(letter(Template.PARTNER_CONFIRMATION_REQUEST, "en"), HANA, HEAD).content)
        text = body_of(mail, "plain")
        _, _, rest = text.partition("https://kcity.example/intake/v1/partner-confirmations/")
        token = rest.split()[0]
        identifier = SAMPLES[Template.PARTNER_CONFIRMATION_REQUEST]["confirmation_id"]
        assert read_link("secret", LINK_PURPOSE, token) == identifier
        assert f'href="https://kcity.example/intake/v1/partner-confirmations/{token}"' in body_of(
            mail, "html"
        )


class TestCalendar:
    @pytest.mark.parametrize(
        ("language", "summary"), [("ko", "2025 월드 스마트시티 엑스포"), ("en", "World Smart City Expo 2025")]
    )
    def test_holds_the_whole_days_of_the_occasion(self, language: Language, summary: str) -> None:
        mail = read(compose(letter(Template.EXPO_INVITATION, language), HANA, HEAD).content)
        (attached,) = mail.iter_attachments()
        assert attached.get_content_type() == "text/calendar"
        assert attached["Content-Type"].params["method"] == "PUBLISH"
        assert attached.get_filename() == "invitation.ics"
        calendar = icalendar.Calendar.from_ical(attached.get_content())
        (event,) = calendar.walk("VEVENT")
        assert calendar["METHOD"] == "PUBLISH"
        assert calendar["X-WR-TIMEZONE"] == "Asia/Seoul"
        assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (date(2025, 7, 15), date(2025, 7, 18))
        assert event["DTSTART"].params["VALUE"] == "DATE"
        assert event["UID"] == f"{SAMPLES[Template.EXPO_INVITATION]['invitation_id']}@kcity.example"
        assert event.decoded("DTSTAMP") == datetime(2025, 5, 2, 1, 0, tzinfo=UTC)
        assert str(event["SUMMARY"]) == summary

    def test_only_invitations_have_one(self) -> None:
        mail = read(compose(letter(Template.SELECTION), HANA, HEAD).content)
        assert list(mail.iter_attachments()) == []
