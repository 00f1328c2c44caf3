"""Mail servers with moods: real ones, over real sockets."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from deploy.local.ports import free_port
from deploy.local.smtp_sink import Keeper


class Moody(Keeper):
    """Says what it is told to say, once each, before it does its work."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.to_sender: list[str] = []
        self.to_recipient: list[str] = []
        self.to_content: list[str] = []
        self.hangs_up_after_keeping = 0

    async def handle_MAIL(  # noqa: N802 - aiosmtpd finds the hook by this name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.to_sender:
            return self.to_sender.pop(0)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd finds the hook by this name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.to_recipient:
            return self.to_recipient.pop(0)
        return await super().handle_RCPT(server, session, envelope, address, options)

    async def handle_DATA(  # noqa: N802 - aiosmtpd finds the hook by this name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.to_content:
            return self.to_content.pop(0)
        answer = await super().handle_DATA(server, session, envelope)
        if self.hangs_up_after_keeping:
            self.hangs_up_after_keeping -= 1
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return answer


@contextmanager
def moody_server(folder: Path) -> Iterator[tuple[Moody, str]]:
    """A server with its moods, and its address."""
    folder.mkdir(parents=True, exist_ok=True)
    moods = Moody(folder)
    controller = Controller(moods, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield moods, f"smtp://127.0.0.1:{controller.port}"
    finally:
        controller.stop(no_assert=True)


@asynccontextmanager
async def hanging_up() -> AsyncIterator[tuple[list[None], str]]:
    """A server that ends every call at once; the list grows with each."""
    calls: list[None] = []

    async def hang_up(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        calls.append(None)
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    async with server:
        yield calls, f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}"
