"""From a message and its contact to the bytes of one mail, equal to the byte whenever they are composed."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any
from uuid import UUID

from services.notification.domain.message import Cause, Language, Template
from services.notification.domain.wording import single_line
from services.notification.mail.calendar import FILE_NAME, METHOD, OccasionDays, write_calendar
from services.notification.mail.page import write_page
from services.notification.mail.templates import Surroundings, Words, in_language, write_words
from shared.links import sign_link

LINK_PURPOSE = "partner-confirmation"
_LONGEST_ADDRESS = 254  # RFC 5321, 4.5.3.1.3 less its angle brackets
_POLICY = SMTP.clone(max_line_length=76)


class AddressUnusable(Exception):
    """No mail can be sent to this address as it is written."""


@dataclass(frozen=True, slots=True)
class Addressee:
    """Personal data: who a mail is for. Never logged, never kept with a message."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What all mails of an installation share."""

    sender: Address
    public_url: str
    link_secret: str
    rehearsal: bool

    @property
    def domain(self) -> str:
        """What Message-IDs end in."""
        return self.sender.domain.lower()


@dataclass(frozen=True, slots=True)
class Letter:
    """A message ready to be written. ``queued_at`` (real time) becomes its Date, for every copy the same."""

    cause: Cause
    template_version: int
    language: Language
    variables: Mapping[str, Any]
    queued_at: datetime


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail as it is offered to a server."""

    sender: str
    recipient: str
    content: bytes


def compose(letter: Letter, addressee: Addressee, letterhead: Letterhead) -> Mail:
    """Raises ``AddressUnusable``, or ``CannotBeWritten`` when template and variables do not fit."""
    to = _address(addressee)
    words = write_words(
        letter.cause.template,
        letter.template_version,
        letter.language,
        letter.variables,
        Surroundings(
            to.display_name,
            letterhead.public_url,
            letterhead.rehearsal,
            _confirmation_url(letter, letterhead),
        ),
    )
    mail = _headed(letter, words, to, letterhead)
    mail.set_content(words.text, cte=_encoding(letter.language))
    page = write_page(words, letterhead.public_url)
    mail.add_alternative(page, subtype="html", cte=_encoding(letter.language))
    if letter.cause.template is Template.EXPO_INVITATION:
        _attach_calendar(mail, letter, words, letterhead)
    mail["Content-Language"] = words.language  # last: what moves content about would take it along
    _name_boundaries(mail)
    return Mail(letterhead.sender.addr_spec, to.addr_spec, mail.as_bytes())


def _headed(letter: Letter, words: Words, to: Address, letterhead: Letterhead) -> EmailMessage:
    mail = EmailMessage(_POLICY)
    mail["From"] = letterhead.sender
    mail["To"] = to
    mail["Subject"] = _literal(words.subject)
    mail["Date"] = letter.queued_at.astimezone(UTC)
    mail["Message-ID"] = letter.cause.message_id(letterhead.domain)
    mail["Auto-Submitted"] = "auto-generated"
    return mail


def _address(addressee: Addressee) -> Address:
    """The address of the To header: a name cannot leave its header, a domain beyond ASCII is written in IDNA."""
    local, at, domain = addressee.email.strip().rpartition("@")
    try:
        address = Address(
            display_name=_literal(addressee.name),
            addr_spec=f"{local}{at}{domain.encode('idna').decode('ascii')}",
        )
    except (MessageError, ValueError, IndexError, AttributeError) as error:  # what the parser raises for junk
        raise AddressUnusable from error
    written = address.addr_spec
    if not written.isascii() or len(written) > _LONGEST_ADDRESS or any(part.isspace() for part in written):
        raise AddressUnusable
    return address


def _literal(value: str) -> str:
    """Text for a header as it is: on one line, and no encoded word, which the library would decode, line ends and all."""
    return single_line(value).replace("=?", "= ?")


def _confirmation_url(letter: Letter, letterhead: Letterhead) -> str | None:
    """The link is signed when it is needed, so that the queue holds nothing that opens a door."""
    identifier = letter.variables.get("confirmation_id")
    if identifier is None:
        return None
    token = sign_link(letterhead.link_secret, LINK_PURPOSE, str(identifier))
    return f"{letterhead.public_url.rstrip('/')}/intake/v1/partner-confirmations/{token}"


def _encoding(language: Language) -> str:
    """Korean is shorter in base64, English stays readable; both pass servers without 8BITMIME."""
    return "base64" if language == "ko" else "quoted-printable"


def _attach_calendar(mail: EmailMessage, letter: Letter, words: Words, letterhead: Letterhead) -> None:
    told = {key: in_language(value, letter.language) for key, value in letter.variables.items()}
    days = OccasionDays(
        invitation_id=UUID(told["invitation_id"]),
        name=single_line(told["occasion_name"]),
        place=single_line(told["place"]),
        description=words.subject,
        starts_on=date.fromisoformat(told["starts_on"]),
        ends_on=date.fromisoformat(told["ends_on"]),
        issued_at=datetime.fromisoformat(told["issued_at"]),
    )
    mail.add_attachment(
        write_calendar(days, organiser=letterhead.sender.addr_spec),
        subtype="calendar",
        cte="base64",
        filename=FILE_NAME,
        params={"method": METHOD},
    )


def _name_boundaries(mail: EmailMessage) -> None:
    """Boundaries from the Message-ID instead of random ones."""
    for number, part in enumerate(mail.walk()):
        if part.is_multipart():
            seed = f"{mail['Message-ID']}/{number}"
            part.set_boundary(f"=_{hashlib.sha256(seed.encode()).hexdigest()[:32]}")
