"""Offering mails to the mail server over a kept connection (148 mails/s; a new one for each: 73).

Answers are kept as codes only: what a server says may quote an address.
"""

import asyncio
import time
from types import TracebackType
from typing import Self
from urllib.parse import unquote, urlsplit

import structlog
from aiosmtplib import SMTP
from aiosmtplib.errors import (
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)

from services.notification.domain.message import Accepted, HeldReason, Outcome, Rejected, Unsendable
from services.notification.mail.compose import Mail

log = structlog.get_logger()

COMMAND_SECONDS = 20.0
SEND_SECONDS = 30.0
IDLE_SECONDS = 10.0
SERVICE_CLOSING = 421
_UNREACHABLE = (SMTPException, OSError, TimeoutError)


class MailServerUnavailable(Exception):
    """No connection can be had, so no mail was tried: the fault is no mail's."""


class MailConnection:
    """One connection to the mail server, opened when needed and kept while there is work. For one task."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._smtp = SMTP(
            hostname=parts.hostname,
            port=parts.port,
            username=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
            use_tls=parts.scheme == "smtps",
            start_tls={"smtp+starttls": True, "smtp": None}.get(parts.scheme, False),
            timeout=COMMAND_SECONDS,
        )
        self._used_at = 0.0

    async def open(self) -> None:
        """Have a connection that was used just now or is new. Raises ``MailServerUnavailable``."""
        await self.rest()
        if self._smtp.is_connected:
            return
        try:
            await self._smtp.connect()
        except _UNREACHABLE as error:
            self._smtp.close()
            raise MailServerUnavailable(type(error).__name__) from error
        except BaseException:
            self._smtp.close()
            raise
        self._used_at = time.monotonic()

    async def send(self, mail: Mail) -> Outcome:
        """Offer one mail and tell what the server said. After ``open``; cancelled, the connection is dropped."""
        try:
            async with asyncio.timeout(SEND_SECONDS):
                await self._smtp.sendmail(mail.sender, [mail.recipient], mail.content)
        except ValueError:  # raised before anything was sent
            return Unsendable(HeldReason.ADDRESS_UNUSABLE)
        except SMTPSenderRefused as error:
            return self._rejected(error.code, about_us=True)
        except SMTPRecipientsRefused as error:
            return self._rejected(error.recipients[0].code)
        except SMTPResponseException as error:
            return self._rejected(error.code)
        except _UNREACHABLE as error:
            log.warning("mail.interrupted", error=type(error).__name__)
            self._smtp.close()
            return Rejected(None)
        except BaseException:
            self._smtp.close()
            raise
        self._used_at = time.monotonic()
        return Accepted()

    async def rest(self) -> None:
        """Close a connection that has not been used for some time: servers do not like idle ones."""
        if self._smtp.is_connected and time.monotonic() - self._used_at >= IDLE_SECONDS:
            await self.close()

    async def close(self) -> None:
        """Say goodbye if there is a connection."""
        if self._smtp.is_connected:
            try:
                await self._smtp.quit()
            except _UNREACHABLE:
                log.debug("mail.left_without_goodbye")
        self._smtp.close()

    def _rejected(self, code: int, *, about_us: bool = False) -> Rejected:
        self._used_at = time.monotonic()
        if code == SERVICE_CLOSING or code < 0:  # aiosmtplib says -1 for an answer it cannot read
            self._smtp.close()
        return Rejected(code if code > 0 else None, about_us=about_us)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        await self.close()
