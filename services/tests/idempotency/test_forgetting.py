"""Every worker forgets old answers, and none forgets what stands for a submission."""

from contextlib import AbstractAsyncContextManager

import pytest
from sqlalchemy import text

from services.catalog import worker as catalog_worker
from services.intake import worker as intake_worker
from services.notification import worker as notification_worker
from services.review import worker as review_worker
from services.tests.idempotency.conftest import Desks
from services.tests.idempotency.desk import Desk
from shared.settings import SERVICES, ServiceName
from shared.worker import WorkerContext, WorkerParts


def parts_of(desk: Desk) -> AbstractAsyncContextManager[WorkerParts]:
    """What the service's worker does."""
    context = WorkerContext(desk.database, desk.apps[0].state.clock)
    match desk.service:
        case "intake":
            return intake_worker.build(context, desk.settings)
        case "review":
            return review_worker.build(context)
        case "notification":
            return notification_worker.build(context, desk.settings)
        case "catalog":
            return catalog_worker.build(context, desk.settings)


@pytest.mark.parametrize("service", SERVICES)
async def test_a_schedule_deletes_the_expired_and_keeps_the_young_and_the_lasting(
    desks: Desks, service: ServiceName
) -> None:
    desk = desks[service]
    await desk.execute(
        "INSERT INTO idempotency_key (scope, key, fingerprint, status, reference, created_at, for_good) "
        "SELECT 'a POST /v1/x', name, 'x', 201, '1', clock_timestamp() - make_interval(days => days), for_good "
        "FROM (VALUES ('old', 8, false), ('young', 6, false), ('lasting', 800, true)) AS kept (name, days, for_good)"
    )
    async with parts_of(desk) as parts:
        (purging,) = [one for one in parts.schedules if one.name == "purge idempotency keys"]
        await purging.run()
    async with desk.database.transaction() as tx:
        left = await tx.scalars(
            text("SELECT key FROM idempotency_key WHERE scope = 'a POST /v1/x' ORDER BY 1")
        )
        assert left.all() == ["lasting", "young"]
