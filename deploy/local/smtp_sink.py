"""A real SMTP server on loopback that keeps every mail as a file: ``python -m deploy.local.smtp_sink``.

Recipients whose local part begins with ``bounce`` are refused, so that bounces can be rehearsed; with ``defer``
they are put off, as by a full mailbox, so that messages which fail for now can be seen.
"""

import argparse
import os
import signal
import smtplib
import sys
import time
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import ClassVar, Self, cast
from uuid import uuid4

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from deploy.local.part import Part
from deploy.local.ports import LOOPBACK
from deploy.local.program import Program

SIZE_LIMIT_BYTES = 32 * 1024 * 1024
BOUNCE_PREFIX, DEFER_PREFIX = "bounce", "defer"
REFUSED = "550 5.1.1 There is no such mailbox"
PUT_OFF = "452 4.2.2 The mailbox is full"


class Keeper:
    """What the server does with a mail: refuse some recipients, keep the rest in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_RCPT(  # noqa: N802 - aiosmtpd finds the hook by this name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Accept a recipient, or answer 550 to one that rehearses a bounce, 452 to one that is to come again."""
        if address.lower().startswith(BOUNCE_PREFIX):
            return REFUSED
        if address.lower().startswith(DEFER_PREFIX):
            return PUT_OFF
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd finds the hook by this name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Keep the mail as one ``.eml``, its envelope in front; the name sorts by arrival."""
        lines = [f"X-Envelope-From: {envelope.mail_from}", f"X-Envelope-To: {', '.join(envelope.rcpt_tos)}"]
        content = "\r\n".join([*lines, ""]).encode() + cast("bytes", envelope.original_content)
        torn = self.folder / f".{uuid4().hex}"
        torn.write_bytes(content)
        torn.replace(self.folder / f"{time.time_ns():020d}-{uuid4().hex[:8]}.eml")
        return "250 2.0.0 Kept"


class SmtpSink:
    """The server inside this process, for tests; mails lie in ``folder``."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.port = port
        folder.mkdir(parents=True, exist_ok=True)
        self._controller = Controller(
            Keeper(folder),
            hostname=LOOPBACK,
            port=port,
            data_size_limit=SIZE_LIMIT_BYTES,
            enable_SMTPUTF8=True,
        )

    @property
    def url(self) -> str:
        """What ``KCITY_SMTP_URL`` wants."""
        return f"smtp://{LOOPBACK}:{self.port}"

    def start(self) -> None:
        """Listen in a thread of its own; returns when it answers."""
        self._controller.start()

    def stop(self) -> None:
        """Stop listening; the mails stay."""
        self._controller.stop(no_assert=True)

    def messages(self) -> list[EmailMessage]:
        """Every mail kept so far, oldest first."""
        return kept_messages(self.folder)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def kept_messages(folder: Path) -> list[EmailMessage]:
    """The mails in ``folder``, oldest first."""
    files = sorted(folder.glob("[0-9]*.eml"))
    texts = (file.read_bytes().replace(b"\r\n", b"\n") for file in files)  # as Python writes lines
    return [message_from_bytes(text, policy=policy.default) for text in texts]


class MailServer(Part):
    """The same server as a process of its own."""

    name: ClassVar[str] = "mail"

    def program(self) -> Program:
        """Runs the ``main`` below."""
        module = (sys.executable, "-m", "deploy.local.smtp_sink")
        return Program((*module, "--port", str(self.port), "--folder", str(self.folder)))

    def answers(self) -> bool:
        """Whether it greets and answers NOOP."""
        try:
            with smtplib.SMTP(LOOPBACK, self.port, local_hostname="localhost", timeout=2) as client:
                return client.noop()[0] == 250  # noqa: PLR2004 - SMTP "done"
        except (OSError, smtplib.SMTPException):
            return False


def main() -> None:
    """Serve until SIGTERM or SIGINT."""
    parser = argparse.ArgumentParser(prog="python -m deploy.local.smtp_sink", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    chosen = parser.parse_args()
    ends = {signal.SIGINT, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, ends)
    with SmtpSink(chosen.folder, chosen.port):
        sys.stdout.write(f"smtp sink {os.getpid()} on {LOOPBACK}:{chosen.port}, mails in {chosen.folder}\n")
        sys.stdout.flush()
        signal.sigwait(ends)


if __name__ == "__main__":
    main()
