"""What the local mail server kept."""

from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path


@dataclass(frozen=True, slots=True)
class KeptMail:
    """One kept mail. ``recipients``: the addresses of its envelope."""

    file: str
    message_id: str
    recipients: frozenset[str]


def read_mails(folder: Path) -> tuple[KeptMail, ...]:
    """Every mail in ``folder``, oldest first; of each its head only."""
    return tuple(_read(file) for file in sorted(folder.glob("[0-9]*.eml")))


def _read(file: Path) -> KeptMail:
    head = file.read_bytes().partition(b"\r\n\r\n")[0].replace(b"\r\n", b"\n")
    mail = message_from_bytes(head + b"\n\n", policy=policy.compat32)
    recipients = frozenset(one.strip() for one in str(mail["X-Envelope-To"]).split(","))
    return KeptMail(file.name, str(mail["Message-ID"]).strip(), recipients)
