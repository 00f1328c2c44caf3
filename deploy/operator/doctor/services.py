"""What a service's API tells of its delivery: database, migrations, clock, outbox, lease, held keys, parts."""

from collections.abc import Iterator
from typing import Any

from deploy.operator.doctor.asking import Answer
from deploy.operator.doctor.finding import Finding, State
from shared.settings import ServiceName

RUNBOOK = "docs/runbooks/delivery.md"
OUTBOX_WARN_SECONDS, OUTBOX_BAD_SECONDS = 5.0, 60.0
CLOCK_WARN_MS, CLOCK_BAD_MS = 25.0, 50.0
HELD_LONG_SECONDS = 900.0


def look_at_service(service: ServiceName, answer: Answer) -> Iterator[Finding]:
    """The findings on one service; a single one when it does not tell."""
    if answer.content is None or answer.why_not:
        yield Finding(
            service, "delivery", State.BAD, answer.why_not or "an answer without content", _why(answer)
        )
        return
    facts = answer.content
    yield _database(service, facts["database"])
    yield _migrations(service, facts["database"])
    yield _clock(service, facts["clock_bound_ms"])
    yield _outbox(service, facts["outbox"])
    yield _lease(service, facts)
    yield _held(service, facts["held"])
    yield _parked(service, facts["parked"])
    yield _dead_letters(service, facts["dead_letters"])
    if facts["open_orders"]:
        fact = f"{facts['open_orders']} under way"
        yield Finding(service, "orders", State.WARN, fact, "wait for them; the worker carries them out")
    yield from look_at_dependencies(f"{service}-api", facts["dependencies"])


def look_at_dependencies(part: str, dependencies: list[dict[str, Any]]) -> Iterator[Finding]:
    """What a process needs beside its database and the bus, as it reached it just now."""
    for one in dependencies:
        state = State.OK if one["answers"] else State.BAD
        fact = "answers" if one["answers"] else f"does not answer ({one['detail']})"
        advice = "" if one["answers"] else f"start it, or mend the address that {part} was given"
        yield Finding(part, one["name"], state, fact, advice)


def _why(answer: Answer) -> str:
    if answer.status is None:
        return "start the API"
    if answer.status == 401:  # noqa: PLR2004 - an HTTP status
        return "set KCITY_TOKEN to an operator's token of this installation's issuer"
    if answer.status == 503:  # noqa: PLR2004 - an HTTP status
        return "its database does not answer: start it, or mend KCITY_DATABASE_URL"
    return "read the API's log under the request id"


def _database(service: str, database: dict[str, Any]) -> Finding:
    fact = f"PostgreSQL {database['version']}, time line {database['timeline']}"
    return Finding(service, "database", State.OK, fact)


def _migrations(service: str, database: dict[str, Any]) -> Finding:
    present, expected = database["revision"], database["expected_revision"]
    if present == expected:
        return Finding(service, "migrations", State.OK, f"at {present}")
    fact = f"at {present}, the code expects {expected}"
    advice = f"run python -m shared.database.migrate {service}"
    return Finding(service, "migrations", State.BAD, fact, advice)


def _clock(service: str, bound_ms: float) -> Finding:
    state = State.OK if bound_ms < CLOCK_WARN_MS else State.WARN if bound_ms <= CLOCK_BAD_MS else State.BAD
    advice = "" if state is State.OK else f"see {RUNBOOK}#clockbound"
    return Finding(service, "clock", state, f"known within {bound_ms:.1f} ms of its database", advice)


def _outbox(service: str, outbox: dict[str, Any]) -> Finding:
    age = outbox["oldest_seconds"]
    state = State.OK if age < OUTBOX_WARN_SECONDS else State.WARN if age < OUTBOX_BAD_SECONDS else State.BAD
    fact = f"{outbox['waiting']} wait, the oldest for {age:.0f} s" if outbox["waiting"] else "empty"
    advice = "" if state is State.OK else f"is the broker up and does a worker relay? {RUNBOOK}#outboxage"
    return Finding(service, "outbox", state, fact, advice)


def _lease(service: str, facts: dict[str, Any]) -> Finding:
    lease = facts["lease"]
    if lease is not None and lease["held"]:
        return Finding(service, "relay lease", State.OK, f"held, token {lease['token']}")
    state = State.BAD if facts["outbox"]["waiting"] else State.WARN
    advice = f"start {service}'s worker; while it runs, its log says why it does not relay"
    return Finding(service, "relay lease", state, "nobody relays", advice)


def _held(service: str, held: dict[str, Any]) -> Finding:
    if not held["events"]:
        return Finding(service, "held keys", State.OK, "none")
    fact = f"{held['keys']} keys, {held['events']} events, the oldest for {held['oldest_seconds']:.0f} s"
    long = held["oldest_seconds"] > HELD_LONG_SECONDS
    advice = f"kcity held list {service}; {RUNBOOK}#heldkeys"
    return Finding(service, "held keys", State.BAD if long else State.WARN, fact, advice)


def _parked(service: str, parked: dict[str, Any]) -> Finding:
    if not parked["events"]:
        return Finding(service, "parked keys", State.OK, "none")
    fact = (
        f"{parked['keys']} keys, {parked['events']} events, the oldest for {parked['oldest_seconds']:.0f} s"
    )
    advice = f"kcity held list {service} --parked, mend the cause, kcity held redrive"
    return Finding(service, "parked keys", State.BAD, fact, advice)


def _dead_letters(service: str, count: int) -> Finding:
    if not count:
        return Finding(service, "dead letters", State.OK, "none")
    advice = f"kcity dead-letters {service}: find out who wrote them; nothing waits for them"
    return Finding(service, "dead letters", State.WARN, str(count), advice)
