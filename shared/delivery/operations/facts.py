"""What the database knows of the delivery, and what this process can reach."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import structlog
from sqlalchemy import text

from shared.clock.authority import AuthorityClock
from shared.database.connection import Database
from shared.database.timeline import PRESENT_TIMELINE
from shared.delivery.operations.orders import last_rebuild
from shared.delivery.operations.schemas import (
    MOST_COUNTED,
    DatabaseOut,
    DeliveryOut,
    DependencyOut,
    LeaseOut,
    OutboxOut,
    WaitingKeysOut,
)
from shared.settings import ServiceName

log = structlog.get_logger()

PROBE_SECONDS = 3.0
Probe = Callable[[], Awaitable[None]]
"""Asks a part that this process needs; raises when it does not answer."""
Probes = Mapping[str, Probe]

FACTS = text(
    f"""
    SELECT current_setting('server_version') AS version,
           {PRESENT_TIMELINE} AS timeline,
           (SELECT version_num FROM alembic_version) AS revision,
           (SELECT count(*) FROM outbox) AS waiting,
           (SELECT coalesce(extract(epoch FROM clock_timestamp() - min(queued_at)), 0) FROM outbox) AS waiting_seconds,
           (SELECT count(*) FROM (SELECT FROM dead_letter LIMIT {MOST_COUNTED}) AS counted) AS dead_letters,
           (SELECT coalesce(max(id), 0) FROM journal) AS journal_rows,
           (SELECT count(*) FROM delivery_order WHERE ended_at IS NULL) AS open_orders,
           bus_log.cluster_id, bus_log.seen_at AS cluster_seen_at,
           lease.holder, lease.token, lease.expires_at, lease.expires_at > clock_timestamp() AS in_force
    FROM (SELECT) AS one
    LEFT JOIN bus_log ON true
    LEFT JOIN relay_lease lease ON lease.name = 'relay'
    """  # noqa: S608 - constants of ours
)
HELD = text(
    """
    SELECT parked_at IS NOT NULL AS parked, count(*) AS events,
           count(DISTINCT (consumer, topic, aggregate_id)) AS keys,
           extract(epoch FROM clock_timestamp() - min(held_at)) AS oldest_seconds
    FROM held_event GROUP BY 1
    """
)


async def delivery_facts(
    service: ServiceName, database: Database, clock: AuthorityClock, probes: Probes
) -> DeliveryOut:
    """The facts at this moment. Raises what the database raises when it is down."""
    dependencies, expected = await asyncio.gather(
        probed(probes), asyncio.to_thread(expected_revision, service)
    )
    async with database.engine.connect() as connection:
        row = (await connection.execute(FACTS)).one()
        held = {one.parked: one for one in await connection.execute(HELD)}
        rebuilt = await last_rebuild(connection)
    lease = (
        None
        if row.token is None
        else LeaseOut(holder=row.holder, token=row.token, expires_at=row.expires_at, held=row.in_force)
    )
    return DeliveryOut(
        service=service,
        database=DatabaseOut(
            version=row.version, timeline=row.timeline, revision=row.revision, expected_revision=expected
        ),
        outbox=OutboxOut(waiting=row.waiting, oldest_seconds=float(row.waiting_seconds)),
        lease=lease,
        cluster_id=row.cluster_id,
        cluster_seen_at=row.cluster_seen_at,
        held=_keys(held.get(False)),
        parked=_keys(held.get(True)),
        dead_letters=row.dead_letters,
        clock_bound_ms=clock.technical().bound.total_seconds() * 1000,
        journal_rows_at_most=row.journal_rows,
        open_orders=row.open_orders,
        last_rebuild=rebuilt,
        dependencies=dependencies,
    )


def _keys(row: object | None) -> WaitingKeysOut:
    if row is None:
        return WaitingKeysOut(events=0, keys=0, oldest_seconds=0.0)
    return WaitingKeysOut.model_validate(row)


def expected_revision(service: ServiceName) -> str | None:
    """The newest migration that came with this code."""
    from shared.database.migrations import newest_revision  # noqa: PLC0415 - alembic, of no use to most processes

    return newest_revision(service)


async def probed(probes: Probes) -> list[DependencyOut]:
    """Ask every part at once, each within three seconds; never raises."""
    return list(await asyncio.gather(*(_probed(name, probe) for name, probe in sorted(probes.items()))))


async def _probed(name: str, probe: Probe) -> DependencyOut:
    try:
        async with asyncio.timeout(PROBE_SECONDS):
            await probe()
    except Exception as error:  # noqa: BLE001 - whatever is wrong with it, it does not answer; the log has more
        log.warning("delivery.dependency_down", dependency=name, error=type(error).__name__)
        return DependencyOut(name=name, answers=False, detail=type(error).__name__)
    return DependencyOut(name=name, answers=True, detail=None)
