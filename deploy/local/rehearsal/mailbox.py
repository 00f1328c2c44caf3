"""The mailboxes of the local stack: partners read their mail and follow the link in it, as partners do."""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

_LINK = re.compile(r"/intake/v1/partner-confirmations/[\w.-]+")


@dataclass(slots=True)
class Mailboxes:
    """What a local mail server kept in ``folder``; every mail is read once."""

    folder: Path
    _read: dict[str, EmailMessage] = field(default_factory=dict)

    async def confirmation_link(self, address: str, receipt_no: str) -> str | None:
        """The path of the link that ``address`` was sent for the application of ``receipt_no``, if it came."""
        for mail in await asyncio.to_thread(lambda: list(self._sent_to(address))):
            text = body_of(mail)
            if receipt_no in text and (found := _LINK.search(text)):
                return found.group()
        return None

    def _sent_to(self, address: str) -> Iterator[EmailMessage]:
        for file in sorted(self.folder.glob("[0-9]*.eml")):
            if file.name not in self._read:
                self._read[file.name] = read_mail(file.read_bytes())
        return (mail for mail in self._read.values() if mail["X-Envelope-To"] == address)


def read_mail(content: bytes) -> EmailMessage:
    """A kept mail, as Python writes lines."""
    return message_from_bytes(content.replace(b"\r\n", b"\n"), policy=policy.default)


def body_of(mail: EmailMessage) -> str:
    """The plain text of a mail."""
    part = mail.get_body(preferencelist=("plain",))
    return "" if part is None else str(part.get_content())
