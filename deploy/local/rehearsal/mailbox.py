"""The mailboxes of the local stack: partners read their mail and follow the link in it, as partners do."""

import asyncio
import re
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

_LINK = re.compile(r"/intake/v1/partner-confirmations/[\w-]+\.[\w-]+")


@dataclass(slots=True)
class Mailboxes:
    """What a local mail server kept in ``folder``; every mail is read once."""

    folder: Path
    _seen: set[str] = field(default_factory=set)
    _texts: dict[str, list[str]] = field(default_factory=dict)
    _reading: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def confirmation_link(self, address: str, receipt_no: str) -> str | None:
        """The path of the link that ``address`` was sent for the application of ``receipt_no``, if it came."""
        async with self._reading:
            await asyncio.to_thread(self._read_new)
        for text in self._texts.get(address, ()):
            if receipt_no in text and (found := _LINK.search(text)):
                return found.group()
        return None

    def _read_new(self) -> None:
        for file in self.folder.glob("[0-9]*.eml"):
            if file.name not in self._seen:
                self._seen.add(file.name)
                mail = read_mail(file.read_bytes())
                self._texts.setdefault(mail["X-Envelope-To"], []).append(body_of(mail))


def read_mail(content: bytes) -> EmailMessage:
    """A kept mail, as Python writes lines."""
    return message_from_bytes(content.replace(b"\r\n", b"\n"), policy=policy.default)


def body_of(mail: EmailMessage) -> str:
    """The plain text of a mail."""
    part = mail.get_body(preferencelist=("plain",))
    return "" if part is None else str(part.get_content())
