"""What operators watch of the delivery: waiting rows and their age, held and parked events, lag."""

from sqlalchemy import text

from shared.database.connection import Database
from shared.telemetry.metrics import gauge

OUTBOX_ROWS = gauge("outbox_rows", "Events committed and not yet on the bus")
OUTBOX_AGE_SECONDS = gauge("outbox_oldest_age_seconds", "How long the oldest of them has waited")
HELD_EVENTS = gauge("held_events", "Received events that cannot be applied yet", ["state"])
CONSUMER_LAG = gauge("consumer_lag_records", "Records in our partitions not applied yet")

MEASURE = text(
    """
    SELECT count(*) AS waiting,
           coalesce(extract(epoch FROM clock_timestamp() - min(queued_at)), 0) AS age_seconds,
           (SELECT count(*) FROM held_event WHERE parked_at IS NULL) AS held,
           (SELECT count(*) FROM held_event WHERE parked_at IS NOT NULL) AS parked
    FROM outbox
    """
)


async def measure_delivery(database: Database) -> None:
    """Set the gauges from the database: their cost grows with what waits, not with history."""
    async with database.engine.connect() as connection:
        row = (await connection.execute(MEASURE)).one()
    OUTBOX_ROWS.set(row.waiting)
    OUTBOX_AGE_SECONDS.set(float(row.age_seconds))
    HELD_EVENTS.labels("held").set(row.held)
    HELD_EVENTS.labels("parked").set(row.parked)
