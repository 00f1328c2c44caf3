"""What operators watch of the delivery: what waits and how long, held and parked keys, lag, who relays."""

from sqlalchemy import text

from shared.database.connection import Database
from shared.telemetry.metrics import counter, gauge

OUTBOX_ROWS = gauge("outbox_rows", "Events committed and not yet on the bus")
OUTBOX_AGE_SECONDS = gauge("outbox_oldest_age_seconds", "How long the oldest of them has waited")
HELD_EVENTS = gauge("held_events", "Received events that cannot be applied yet", ["state"])
HELD_KEYS = gauge("held_keys", "Aggregates of a topic with such events", ["state"])
HELD_AGE_SECONDS = gauge("held_oldest_age_seconds", "How long the oldest of them has been held", ["state"])
DEAD_LETTERS = gauge("dead_letters", "Records set aside because they are no events, counted up to 10,000")
CONSUMER_LAG = gauge("consumer_lag_records", "Records in our partitions not applied yet")
CONSUMER_JOINED = gauge("consumer_joined", "1 while this worker has partitions, 0 while it consumes nothing")
RELAY_ACTIVE = gauge("relay_active", "1 while this worker relays, 0 while another one does or none can")
LEASE_CHANGES = counter(
    "relay_lease_changes", "How often the relay's lease went to another holder, since the database was made"
)
OPEN_ORDERS = gauge("delivery_orders_open", "Replays and rebuilds that are ordered and not ended")

MEASURE = text(
    """
    SELECT count(*) AS waiting,
           coalesce(extract(epoch FROM clock_timestamp() - min(queued_at)), 0) AS age_seconds,
           (SELECT count(*) FROM (SELECT FROM dead_letter LIMIT 10000) AS counted) AS dead_letters,
           (SELECT count(*) FROM delivery_order WHERE ended_at IS NULL) AS open_orders,
           coalesce((SELECT token FROM relay_lease WHERE name = 'relay'), 0) AS lease_token
    FROM outbox
    """
)
MEASURE_HELD = text(
    """
    SELECT CASE WHEN parked_at IS NULL THEN 'held' ELSE 'parked' END AS state, count(*) AS events,
           count(DISTINCT (consumer, topic, aggregate_id)) AS keys,
           extract(epoch FROM clock_timestamp() - min(held_at)) AS age_seconds
    FROM held_event GROUP BY 1
    """
)


class Measures:
    """Sets the gauges of one process; remembers the lease's token, so that its counter rises by the changes."""

    def __init__(self) -> None:
        self._lease_token = 0

    async def measure(self, database: Database) -> None:
        """Look once; the cost grows with what waits, not with history. Raises what the database raises."""
        async with database.engine.connect() as connection:
            row = (await connection.execute(MEASURE)).one()
            held = {one.state: one for one in await connection.execute(MEASURE_HELD)}
        OUTBOX_ROWS.set(row.waiting)
        OUTBOX_AGE_SECONDS.set(float(row.age_seconds))
        DEAD_LETTERS.set(row.dead_letters)
        OPEN_ORDERS.set(row.open_orders)
        LEASE_CHANGES.inc(max(0, row.lease_token - self._lease_token))
        self._lease_token = max(self._lease_token, row.lease_token)
        for state in ("held", "parked"):
            found = held.get(state)
            HELD_EVENTS.labels(state).set(found.events if found else 0)
            HELD_KEYS.labels(state).set(found.keys if found else 0)
            HELD_AGE_SECONDS.labels(state).set(float(found.age_seconds) if found else 0.0)
