"""The recovery of one service's database, in the one order that is safe, and what is written down about it.

The time line is written down last: until then every connection of the service's processes is refused, so no mail is
sent, no number is given and nobody decides anything on forgotten ground.
"""

import json
from collections.abc import Mapping
from typing import Any

import asyncpg
from sqlalchemy import text

from shared.bus.connection import BusAddress
from shared.clock.authority import AuthorityClock
from shared.database.connection import Database
from shared.database.timeline import UnknownTimeline, timeline_is_known
from shared.delivery.audit import write_audit
from shared.delivery.recovery.journal import JournalFound, restore_journal
from shared.delivery.recovery.plan import Plan
from shared.delivery.recovery.refusals import LossNotAccepted
from shared.delivery.recovery.rereading import read_again
from shared.delivery.recovery.state import restore_state
from shared.events.topics import topics_of

ACTOR = "job:recovery"
ONE_AT_A_TIME = "SELECT pg_advisory_lock(hashtext('kcity-recovery'))"
FORGET = "DELETE FROM database_timeline WHERE timeline = $1"
END_OTHERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE usename = current_user AND datname = current_database() AND application_name <> 'kcity-recovery'
"""
WRITE_DOWN = text(
    "INSERT INTO database_timeline (timeline, recovered) VALUES (:timeline, CAST(:recovered AS jsonb))"
)


async def recover(
    plan: Plan, *, again: bool = False, accept_loss: bool = False, nothing_missing: bool = False
) -> dict[str, Any]:
    """Recover the database of ``plan`` if its time line is unknown; the report (``recovered`` False: it was known).

    Two at once wait for each other. ``again``: although the time line is known (a snapshot of a disk brings an old
    state back without a new one); everybody else is disconnected first. ``nothing_missing``: whoever promoted a
    synchronous standby says so, and only the last step is done. Raises ``LossNotAccepted``, ``BusUnavailable``,
    ``UnknownTimeline`` on a standby; whatever it raises, it can be run again.
    """
    url = plan.settings.database_url.get_secret_value()
    connection = await asyncpg.connect(url, timeout=5, server_settings={"application_name": "kcity-recovery"})
    try:
        await connection.execute(ONE_AT_A_TIME)
        timeline, known = await timeline_is_known(connection)
        if timeline is None:
            raise UnknownTimeline(timeline)
        if known and not again:
            return {"recovered": False, "timeline": timeline}
        await connection.execute(FORGET, timeline)
        await connection.execute(END_OTHERS)
        report = {} if nothing_missing else await _bring_back(connection, plan, accept_loss=accept_loss)
        return await _write_down(plan, timeline, report)
    finally:
        await connection.close()


async def _bring_back(
    connection: "asyncpg.Connection[Any]", plan: Plan, *, accept_loss: bool
) -> dict[str, Any]:
    service, bus = plan.settings.service, BusAddress.of(plan.settings)
    journal = await restore_journal(connection, bus, service, topics_of(service), plan.see)
    if journal.losses and not accept_loss:
        raise LossNotAccepted(journal.losses)
    database = await _open(plan)
    try:
        steps: dict[str, Any] = {"journal": _told(journal)}
        for step in ("read_again", "state") if plan.read_again_first else ("state", "read_again"):
            if step == "state":
                steps[step] = await restore_state(database, service, plan.restorers)
            elif plan.consumed.topics:
                steps[step] = await read_again(database, bus, service, plan.consumed)
        return steps | {"not_brought_back": list(plan.forgotten)}
    finally:
        await database.close()


async def _write_down(plan: Plan, timeline: int, report: Mapping[str, Any]) -> dict[str, Any]:
    """The service's last step, the audit entry and the time line, in one transaction."""
    database = await _open(plan)
    try:
        clock = AuthorityClock(database, "recovery")
        await clock.open()
        async with database.transaction() as tx:
            last = {} if plan.finish is None else dict(await plan.finish(tx, clock.now()))
            whole = {"recovered": True, "timeline": timeline, **report, **last}
            await write_audit(
                tx,
                actor=ACTOR,
                action="recover_database",
                object_type="installation",
                object_id=await tx.scalar(text("SELECT id FROM installation")),
                business_at=clock.now(),
                facts={"timeline": timeline},
            )
            await tx.execute(WRITE_DOWN, {"timeline": timeline, "recovered": json.dumps(whole)})
        return whole
    finally:
        await database.close()


async def _open(plan: Plan) -> Database:
    return await Database.connect(
        plan.settings.database_url.get_secret_value(),
        size=2,
        application_name="kcity-recovery",
        any_timeline=True,
    )


def _told(found: JournalFound) -> dict[str, Any]:
    return {
        "records": found.records,
        "unreadable": found.unreadable,
        "put_back": dict(found.restored),
        "accepted_losses": found.losses,
    }
