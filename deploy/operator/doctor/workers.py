"""What a worker tells: the broker as it sees it, the topics, its lag, what else it needs."""

from collections.abc import Iterator
from typing import Any

from deploy.operator.doctor.asking import Answer
from deploy.operator.doctor.finding import Finding, State
from deploy.operator.doctor.services import RUNBOOK, look_at_dependencies
from shared.events.topics import PARTITIONS
from shared.settings import ServiceName

LAG_WARN_RECORDS, LAG_BAD_RECORDS = 100, 10_000


def look_at_worker(service: ServiceName, answer: Answer, *, last_cluster: str | None) -> Iterator[Finding]:
    """The findings on one worker; none when it does not answer, as its process is a finding already."""
    facts = answer.content
    if facts is None or answer.why_not:
        return
    part = f"{service}-worker"
    yield _broker(part, facts["broker"], last_cluster)
    yield from _topics(part, facts["topics"])
    if facts["consumption"] is not None:
        yield _consumption(part, facts["consumption"])
    yield from look_at_dependencies(part, facts["dependencies"])


def _broker(part: str, broker: dict[str, Any], last_cluster: str | None) -> Finding:
    if not broker["answers"]:
        advice = f"start Kafka, or mend KCITY_KAFKA_BOOTSTRAP; {RUNBOOK}#outboxage"
        return Finding(part, "broker", State.BAD, f"does not answer ({broker['detail']})", advice)
    cluster = broker["cluster_id"]
    fact = f"cluster {cluster}, {broker['brokers']} broker{'s' if broker['brokers'] != 1 else ''}"
    if last_cluster is not None and last_cluster != cluster:
        advice = "the relay publishes the journal again by itself; ask again in a moment"
        return Finding(part, "broker", State.WARN, f"{fact}; last published to {last_cluster}", advice)
    return Finding(part, "broker", State.OK, fact)


def _topics(part: str, topics: list[dict[str, Any]] | None) -> Iterator[Finding]:
    if topics is None:
        return
    wrong = [topic for topic in topics if topic["problem"]]
    for topic in wrong:
        yield Finding(part, "topics", State.BAD, topic["problem"], f"see {RUNBOOK}#topics")
    if not wrong:
        yield Finding(part, "topics", State.OK, f"{len(topics)} with {PARTITIONS} partitions each")


def _consumption(part: str, consumption: dict[str, Any]) -> Finding:
    lag = consumption["lag"]
    if not consumption["joined"]:
        advice = "it joins within seconds of a start; after a minute restart it"
        return Finding(part, "consumer", State.BAD, "has no partitions, so it applies nothing", advice)
    if lag is None:
        advice = f"the broker does not tell where the topics end; {RUNBOOK}#consumerlag"
        return Finding(part, "consumer", State.BAD, "lag unknown", advice)
    state = State.OK if lag < LAG_WARN_RECORDS else State.WARN if lag < LAG_BAD_RECORDS else State.BAD
    fact = f"{lag} records behind in {len(consumption['partitions'])} partitions"
    return Finding(part, "consumer", state, fact, "" if state is State.OK else f"see {RUNBOOK}#consumerlag")
