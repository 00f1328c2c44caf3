"""Send what is due, over several kept connections.

A message is claimed, sent, then marked. Whoever dies between sending and marking leaves a lease behind; when it
ends the message is sent again, the same to the byte. While the mail server cannot be reached nothing is claimed,
so an outage costs no message a try.
"""

import asyncio
import math
import time
from collections import deque
from collections.abc import Collection, Sequence
from datetime import timedelta

import structlog

from services.notification.domain.message import BACK_OFF, HeldReason, Outcome, Unsendable
from services.notification.mail.compose import (
    Addressee,
    AddressUnusable,
    Letter,
    Letterhead,
    Mail,
    compose,
)
from services.notification.mail.smtp import SEND_SECONDS, MailConnection, MailServerUnavailable
from services.notification.mail.templates import CannotBeWritten
from services.notification.repository.messages import Claimed, Messages
from services.notification.use_cases.settle_message import settle_message
from shared.clock.authority import AuthorityClock
from shared.database.connection import Database
from shared.telemetry.metrics import counter, gauge

log = structlog.get_logger()

ATTEMPTS = counter(
    "mail_attempts", "Attempts to send a message, by what they came to", ("template", "outcome")
)
REACHABLE = gauge("mail_server_reachable", "1 while the mail server can be reached, else 0")

BATCH = 5
LEASE = timedelta(seconds=SEND_SECONDS + 15)
"""Long enough for one message; a batch that takes longer renews it. So what a dead sender held is sent soon."""
RENEW_AFTER_SECONDS = 10.0
DRAIN_SECONDS = 10.0
OUTAGE_WAITS = BACK_OFF[:3]
"""How long the mail server is left alone after the first, second … failed try to reach it; the last goes on."""


class Sender:
    """Sends due messages; several in one process or in many share the work. ``close`` it."""

    def __init__(
        self,
        database: Database,
        clock: AuthorityClock,
        letterhead: Letterhead,
        smtp_url: str,
        *,
        connections: int = 4,
        outage_waits: Sequence[timedelta] = OUTAGE_WAITS,
        renew_after_seconds: float = RENEW_AFTER_SECONDS,
    ) -> None:
        self._database = database
        self._clock = clock
        self._letterhead = letterhead
        self._connections = [MailConnection(smtp_url) for _ in range(connections)]
        self._outage_waits = outage_waits
        self._renew_after_seconds = renew_after_seconds
        self._failed_in_a_row = 0
        self._not_before = float("-inf")
        self._draining = False
        REACHABLE.set(1)  # until a try shows otherwise

    async def run(self) -> None:
        """Send until nothing is due. Cancelled, what is on its way is sent and marked, the rest given back."""
        work = asyncio.create_task(self._send_due(), name="send due mail")
        try:
            await asyncio.shield(work)
        except asyncio.CancelledError:
            self._draining = True
            await asyncio.wait({work}, timeout=DRAIN_SECONDS)
            work.cancel()
            raise

    async def close(self) -> None:
        """Leave the mail server."""
        for connection in self._connections:
            await connection.close()

    async def _send_due(self) -> None:
        if time.monotonic() < self._not_before:
            return
        async with self._database.transaction() as tx:
            due = await Messages(tx).due(most=BATCH * len(self._connections))
        if due == 0:
            for connection in self._connections:
                await connection.rest()
            return
        lanes = self._connections[: math.ceil(due / BATCH)]
        ended = await asyncio.gather(
            *(self._lane(connection) for connection in lanes), return_exceptions=True
        )
        failures = [end for end in ended if isinstance(end, BaseException)]
        if any(isinstance(failure, MailServerUnavailable) for failure in failures):
            self._pause()
        for failure in failures:
            if not isinstance(failure, MailServerUnavailable):
                raise failure

    async def _lane(self, connection: MailConnection) -> None:
        while not self._draining:
            await connection.open()
            self._failed_in_a_row = 0
            REACHABLE.set(1)
            async with self._database.transaction() as tx:
                claimed = await Messages(tx).claim(most=BATCH, lease_for=LEASE)
            if not claimed:
                return
            await self._send_batch(connection, claimed)

    async def _send_batch(self, connection: MailConnection, claimed: Sequence[Claimed]) -> None:
        waiting, held_since = deque(claimed), time.monotonic()
        while waiting:
            if self._draining:
                await self._give_back(waiting)
                return
            try:
                await connection.open()
            except MailServerUnavailable:
                await self._give_back(waiting)
                raise
            if time.monotonic() - held_since > self._renew_after_seconds:
                waiting, held_since = await self._renewed(waiting), time.monotonic()
            if waiting:
                one = waiting.popleft()
                await self._mark(one, await self._attempt(connection, one))

    async def _renewed(self, waiting: Collection[Claimed]) -> deque[Claimed]:
        """Those still ours, for another lease; the others ran out and belong to whoever has claimed them since."""
        async with self._database.transaction() as tx:
            ours = await Messages(tx).renew(waiting, lease_for=LEASE)
        return deque(one for one in waiting if one.message.id in ours)

    async def _attempt(self, connection: MailConnection, claimed: Claimed) -> Outcome:
        try:
            mail = self._write(claimed)
        except AddressUnusable:
            return Unsendable(HeldReason.ADDRESS_UNUSABLE)
        except CannotBeWritten:
            log.exception("message.cannot_be_written", message_id=str(claimed.message.id))
            return Unsendable(HeldReason.CANNOT_BE_WRITTEN)
        if mail is None:
            return Unsendable(HeldReason.CONTACT_ERASED)
        return await connection.send(mail)

    def _write(self, claimed: Claimed) -> Mail | None:
        message = claimed.message
        if claimed.name is None or claimed.email is None or message.language is None:
            return None
        letter = Letter(
            message.cause, message.template_version, message.language, claimed.variables, claimed.queued_at
        )
        return compose(letter, Addressee(claimed.name, claimed.email), self._letterhead)

    async def _mark(self, claimed: Claimed, outcome: Outcome) -> None:
        async with self._database.transaction() as tx:
            settlement = await settle_message(tx, claimed, outcome, now=self._clock.now())
        told = "lease_lost" if settlement is None else settlement.state.value
        ATTEMPTS.labels(claimed.message.cause.template.value, told).inc()

    async def _give_back(self, claimed: Collection[Claimed]) -> None:
        async with self._database.transaction() as tx:
            await Messages(tx).give_back(claimed)

    def _pause(self) -> None:
        waits = self._outage_waits
        wait = waits[min(self._failed_in_a_row, len(waits) - 1)]
        self._failed_in_a_row += 1
        self._not_before = time.monotonic() + wait.total_seconds()
        REACHABLE.set(0)
        log.warning("mail.server_unavailable", tried_again_after_seconds=wait.total_seconds())
