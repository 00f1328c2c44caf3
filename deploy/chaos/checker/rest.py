"""Waiting until nothing is under way any more: outboxes empty, everything applied, no mail to be sent."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import httpx
import psycopg

from deploy.chaos.checker.checks.delivery import consumers
from shared.settings import SERVICES, ServiceName

LONGEST_SECONDS = 360.0
"""A sender that was killed leaves its mails for the length of a lease (three minutes); then there is some slack."""
LOOK_EVERY_SECONDS = 0.5
ASK_SECONDS = 6.0
CALM_LOOKS = 2

WAITING = "SELECT (SELECT count(*) FROM outbox), (SELECT count(*) FROM held_event WHERE parked_at IS NULL)"
WRITTEN = "SELECT topic, count(*) FROM journal GROUP BY topic"
APPLIED = "SELECT topic, sum(sequence)::bigint FROM watermark GROUP BY topic"
UNSENT = """
    SELECT count(*) FROM message WHERE state IN ('waiting_for_contact', 'queued', 'sending', 'failed')
"""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where to look. ``worker_urls``: the health addresses of the workers."""

    database_urls: Mapping[ServiceName, str]
    worker_urls: Mapping[ServiceName, str]


def wait_for_rest(
    surroundings: Surroundings,
    *,
    seconds: float = LONGEST_SECONDS,
    say: Callable[[str], None] = lambda _: None,
) -> list[str]:
    """Why the system is not at rest when time is over; nothing when it came to rest."""
    give_up = time.monotonic() + seconds
    calm, told = 0, 0.0
    while True:
        reasons = list(_reasons(surroundings))
        calm = 0 if reasons else calm + 1
        if calm == CALM_LOOKS or time.monotonic() > give_up:
            return reasons
        if reasons and time.monotonic() - told > 10:  # noqa: PLR2004 - seconds between words
            say(f"waiting: {'; '.join(reasons[:4])}")
            told = time.monotonic()
        time.sleep(LOOK_EVERY_SECONDS)


def _reasons(surroundings: Surroundings) -> Iterator[str]:
    written: dict[str, int] = {}
    applied: dict[ServiceName, dict[str, int]] = {}
    for service in SERVICES:
        try:
            with psycopg.connect(surroundings.database_urls[service], connect_timeout=5) as connection:
                connection.read_only = True
                yield from _waiting(service, connection)
                written |= dict(connection.execute(WRITTEN).fetchall())
                applied[service] = dict(connection.execute(APPLIED).fetchall())
        except psycopg.OperationalError as error:
            yield f"the database of {service} does not answer ({type(error).__name__})"
    for consumer, table in consumers().items():
        for topic in table.topics:
            behind = written.get(topic, 0) - applied.get(consumer, {}).get(topic, 0)
            if behind:
                yield f"{consumer} has {behind} events of {topic} to apply"
        yield from _lagging(consumer, surroundings.worker_urls[consumer])


def _waiting(service: ServiceName, connection: "psycopg.Connection[tuple[int, ...]]") -> Iterator[str]:
    row = connection.execute(WAITING).fetchone() or (0, 0)
    if row[0]:
        yield f"{service} has {row[0]} events to publish"
    if row[1]:
        yield f"{service} holds {row[1]} events back"
    if service == "notification":
        unsent = connection.execute(UNSENT).fetchone() or (0,)
        if unsent[0]:
            yield f"{unsent[0]} mails are to be sent"


def _lagging(consumer: ServiceName, url: str) -> Iterator[str]:
    """What the worker itself sees: also repeats that no watermark counts."""
    try:
        answer = httpx.get(f"{url}/delivery", timeout=ASK_SECONDS, trust_env=False)
        answer.raise_for_status()
        consumption = answer.json()["consumption"]
    except httpx.HTTPError as error:
        yield f"the worker of {consumer} does not answer ({type(error).__name__})"
        return
    if not consumption["joined"]:
        yield f"the worker of {consumer} is in no group"
    elif consumption["lag"] is None or consumption["lag"] > 0:
        yield f"the worker of {consumer} lags by {consumption['lag']}"
