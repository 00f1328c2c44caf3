"""The relay: takes outbox rows in id order, publishes them, deletes them. One active per service.

It is at least once: a row is deleted after the broker acknowledged it, so a crash in between publishes again
and consumers recognise the repeat by its sequence.
"""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

import asyncpg
import structlog

from shared.bus.admin import WrongPartitions, bus_admin
from shared.bus.connection import BusAddress, BusUnavailable
from shared.bus.producer import BusProducer
from shared.bus.records import Outgoing
from shared.database.timeline import must_be_known
from shared.delivery.lease import RENEW_SECONDS, Lease, release_lease, take_lease
from shared.events.envelope import Envelope
from shared.events.topics import topics_of
from shared.ids import new_uuid

log = structlog.get_logger()

BATCH = 500
BUSY_POLL_SECONDS = 0.005
IDLE_POLL_SECONDS = 0.02
IDLE_AFTER_SECONDS = 10.0
LOG_CHECK_SECONDS = 2.0
RETRY_SECONDS = 1.0
KEY_RETRY_SECONDS = 5.0

TAKE_BATCH = """
    SELECT j.id, j.event_id, j.topic, j.type, j.aggregate_id, j.sequence, j.occurred_at, j.data, j.traceparent
    FROM outbox o JOIN journal j ON j.id = o.journal_id
    WHERE j.aggregate_id <> ALL($1::uuid[])
    ORDER BY o.journal_id LIMIT $2
"""
DONE = """
    DELETE FROM outbox WHERE journal_id = ANY($1::bigint[])
    AND EXISTS (SELECT FROM relay_lease WHERE name = $2 AND holder = $3 AND token = $4)
"""
SEEN_LOG = """
    INSERT INTO bus_log AS known (cluster_id, topics_digest) VALUES ($1, $2)
    ON CONFLICT (singleton) DO UPDATE SET
        cluster_id = EXCLUDED.cluster_id, topics_digest = EXCLUDED.topics_digest, seen_at = clock_timestamp()
"""
REFILL = "INSERT INTO outbox (journal_id) SELECT id FROM journal ORDER BY id ON CONFLICT DO NOTHING"

Snapshots = Mapping[
    str, Callable[["asyncpg.Connection[Any]", Sequence[UUID]], Awaitable[Mapping[UUID, bytes]]]
]
"""By event type: the present bodies of these aggregates; an erased aggregate is absent (a tombstone goes out)."""


class Relay:
    """Publishes one service's outbox over a direct connection of its own (no session state behind a pooler)."""

    def __init__(
        self, service: str, database_url: str, bus: BusAddress, snapshots: Snapshots | None = None
    ) -> None:
        self._service = service
        self._database_url = database_url
        self._bus = bus
        self._snapshots = snapshots or {}
        self._holder = new_uuid()
        self._postponed: dict[UUID, float] = {}
        self._checked_at = 0.0
        self._stopping = False
        self.published = 0
        self.active = False
        self.progress_at = time.monotonic()

    async def run(self) -> None:
        """Relay until ``stop``: the outbox is emptied once more, then the producer is flushed and closed."""
        while not self._stopping:
            try:
                await self._relay()
            except (
                BusUnavailable,
                WrongPartitions,
                asyncpg.PostgresError,
                asyncpg.InterfaceError,
                asyncpg.InternalClientError,  # what asyncpg says when its server is killed in mid-answer
                OSError,
                TimeoutError,
            ) as error:
                log.warning("relay.interrupted", error=type(error).__name__, detail=str(error)[:200])
            self.active = False
            if not self._stopping:
                await asyncio.sleep(RETRY_SECONDS)

    def stop(self) -> None:
        """Finish what is in flight and end."""
        self._stopping = True

    async def _relay(self) -> None:
        connection = await asyncpg.connect(
            self._database_url,
            timeout=5,
            command_timeout=30,
            server_settings={
                "application_name": "kcity-relay",
                # nothing written here is lost for good: a deletion, a lease or a replay that a crash of the
                # server takes back is done again, and consumers recognise the repeat
                "synchronous_commit": "off",
            },
        )
        producer: BusProducer | None = None
        lease: Lease | None = None
        try:
            await must_be_known(connection)
            producer = await BusProducer.connect(self._bus, client_id=f"{self._service}-relay")
            lease = await self._wait_for_lease(connection)
            if lease is not None:
                self.active = True
                await self._drain(connection, producer, lease)
        finally:
            try:
                if producer is not None:
                    await producer.close()
                if lease is not None:
                    with contextlib.suppress(
                        asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError
                    ):
                        await release_lease(connection, lease)
            finally:  # also when it is cancelled while it ends
                connection.terminate()

    async def _wait_for_lease(self, connection: "asyncpg.Connection[Any]") -> Lease | None:
        while (lease := await take_lease(connection, "relay", self._holder)) is None and not self._stopping:
            self.progress_at = time.monotonic()
            await asyncio.sleep(RENEW_SECONDS / 2)
        return lease

    async def _drain(
        self, connection: "asyncpg.Connection[Any]", producer: BusProducer, lease: Lease
    ) -> None:
        renewed_at = time.monotonic()
        busy_at = 0.0
        while True:
            now = time.monotonic()
            if now - renewed_at >= RENEW_SECONDS:
                renewed = await take_lease(connection, lease.name, lease.holder)
                if renewed is None or renewed.token != lease.token:
                    log.warning("relay.lease_lost")
                    return
                renewed_at = now
            if now - self._checked_at >= LOG_CHECK_SECONDS:
                await self._follow_log(connection)
                self._checked_at = time.monotonic()
            taken = await self._publish_batch(connection, producer, lease)
            self.progress_at = time.monotonic()
            if taken:
                busy_at = self.progress_at
            if taken == 0 and self._stopping:
                return
            if taken == 0:  # where there was one there may be more: a steady flow is not made to wait
                idle = self.progress_at - busy_at > IDLE_AFTER_SECONDS
                await asyncio.sleep(IDLE_POLL_SECONDS if idle else BUSY_POLL_SECONDS)

    async def _follow_log(self, connection: "asyncpg.Connection[Any]") -> None:
        """A log we have not published to is empty: provision it and publish the whole journal again.

        It is another one when the cluster is new, or when one of our topics was deleted and made again. While
        one is missing that is not ours to make, we wait.
        """
        topics = topics_of(self._service)
        async with bus_admin(self._bus) as admin:
            log_now = await admin.log_of(topics)
            known = await connection.fetchrow("SELECT cluster_id, topics_digest FROM bus_log")
            cluster, digest = known or (None, None)
            same_cluster = cluster == log_now.cluster_id
            if same_cluster and digest == log_now.topics_digest:
                return
            if self._bus.create_topics:
                await admin.provision(topics, recreate=True)  # all that was on them is published again
                log_now = await admin.log_of(topics)
            elif same_cluster and len(log_now.topic_ids) < len(topics):
                log.warning("relay.topics_missing", present=sorted(log_now.topic_ids))
                return
        async with connection.transaction():
            # an earlier version noted the cluster alone: nothing is known to be lost
            nothing_lost = same_cluster and digest is None
            queued = None if nothing_lost else await connection.execute(REFILL)
            await connection.execute(SEEN_LOG, log_now.cluster_id, log_now.topics_digest)
        log.info("relay.new_log", cluster_id=log_now.cluster_id, replay=known is not None, queued=queued)

    async def _publish_batch(
        self, connection: "asyncpg.Connection[Any]", producer: BusProducer, lease: Lease
    ) -> int:
        now = time.monotonic()
        self._postponed = {key: until for key, until in self._postponed.items() if until > now}
        rows = await connection.fetch(TAKE_BATCH, list(self._postponed), BATCH)
        if not rows:
            return 0
        bodies = await self._bodies(connection, rows)
        outcomes = await producer.publish(
            [self._outgoing(row, body) for row, body in zip(rows, bodies, strict=True)]
        )
        done: list[int] = []
        for row, outcome in zip(rows, outcomes, strict=True):
            if outcome is None and row["aggregate_id"] not in self._postponed:
                done.append(row["id"])
            elif outcome is not None:
                self._postpone(row, outcome)
        await connection.execute(DONE, done, lease.name, lease.holder, lease.token)
        self.published += len(done)
        return len(rows)

    def _postpone(self, row: "asyncpg.Record", outcome: BaseException) -> None:
        """A failed key holds back only that key: its later rows wait behind the failed one."""
        self._postponed.setdefault(row["aggregate_id"], time.monotonic() + KEY_RETRY_SECONDS)
        log.warning("relay.key_failed", journal_id=row["id"], type=row["type"], error=type(outcome).__name__)

    async def _bodies(
        self, connection: "asyncpg.Connection[Any]", rows: Sequence["asyncpg.Record"]
    ) -> list[bytes | None]:
        present: dict[str, Mapping[UUID, bytes]] = {}
        for kind in {row["type"] for row in rows} & self._snapshots.keys():
            wanted = {row["aggregate_id"] for row in rows if row["type"] == kind}
            present[kind] = await self._snapshots[kind](connection, list(wanted))
        return [
            present[row["type"]].get(row["aggregate_id"]) if row["type"] in present else row["data"].encode()
            for row in rows
        ]

    def _outgoing(self, row: "asyncpg.Record", body: bytes | None) -> Outgoing:
        return Outgoing(
            row["topic"],
            Envelope(
                id=row["event_id"],
                type=row["type"],
                source=f"/kcity/{self._service}",
                subject=row["aggregate_id"],
                sequence=row["sequence"],
                time=row["occurred_at"],
                data=body,
                traceparent=row["traceparent"],
            ),
        )
