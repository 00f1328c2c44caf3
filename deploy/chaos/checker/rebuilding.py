"""Rebuilding every consumer's copies for comparison; nothing is changed by it."""

from collections.abc import Mapping

from deploy.chaos.checker.checks.delivery import consumers
from deploy.chaos.checker.evidence import Rebuilt
from shared.bus.connection import BusAddress
from shared.database.connection import Database
from shared.delivery.rebuild import RebuildFailed, RebuildReport, rebuild
from shared.settings import ServiceName


async def rebuild_all(urls: Mapping[ServiceName, str], bus: BusAddress) -> tuple[Rebuilt, ...]:
    """One after the other, as each holds up its consumer. Raises ``BusUnavailable``."""
    found = []
    for consumer in consumers():
        found.append(await rebuild_one(consumer, urls[consumer], bus))  # noqa: PERF401 - one at a time
    return tuple(found)


async def rebuild_one(consumer: ServiceName, url: str, bus: BusAddress) -> Rebuilt:
    """Whether a consumer's copies are what the topics say. Raises ``BusUnavailable``."""
    database = await Database.connect(url, size=2, application_name="kcity-checker")
    try:
        report = await rebuild(database, bus, consumer, consumers()[consumer], check_only=True)
    except RebuildFailed as error:
        return Rebuilt(consumer, agrees=False, tables=0, detail=str(error))
    finally:
        await database.close()
    return Rebuilt(consumer, report.agrees, len(report.copies), _differences(report))


def _differences(report: RebuildReport) -> str:
    different = (
        f"{copy.table} has {copy.before.rows} rows, rebuilt {copy.after.rows} of other content"
        for copy in report.copies
        if not copy.agrees
    )
    return "; ".join(different)
