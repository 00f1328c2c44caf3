"""A bench for breaking things: one real, clean history with its system, of which each seed breaks one thing.

Rows are changed by SQL in a transaction that is rolled back; records, mails, history and documents in copies.
"""

import asyncio
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg.rows import dict_row

from deploy.chaos.checker.checks import ALL
from deploy.chaos.checker.evidence import Connection, Databases, Evidence, Row
from deploy.chaos.checker.mails import KeptMail
from deploy.chaos.checker.rebuilding import rebuild_one
from deploy.chaos.checker.system import System
from deploy.chaos.checker.topics import Topics, examine_all
from deploy.chaos.checker.verdict import judge
from deploy.chaos.history.reading import Act, Attempt, History
from deploy.chaos.history.records import Operation, Outcome
from shared.bus.reader import read_from_the_beginning
from shared.bus.records import Incoming
from shared.events.topics import TOPICS
from shared.settings import ServiceName


@dataclass
class Bench:
    """What a seed breaks. ``history`` and the lists are its own copies; ``sql`` is undone afterwards."""

    evidence: Evidence
    connections: "Connections"
    folder: Path
    records: list[Incoming]
    mails: list[KeptMail]
    history: History
    documents: Path | None
    system: System
    kills: int = 0
    restless: list[str] = field(default_factory=list)
    touched: set[ServiceName] = field(default_factory=set)
    untouched_records: Sequence[Incoming] = ()

    def sql(self, service: ServiceName, statement: str, *values: object) -> list[Row]:
        """Run a statement that changes something; it must find what it is about."""
        self.touched.add(service)
        cursor = self.connections[service].execute(statement.encode(), values)
        assert cursor.rowcount > 0, f"the seed found nothing to break: {statement} {values}"
        return cursor.fetchall() if cursor.description else []

    def ask(self, service: ServiceName, query: str, *values: object) -> list[Row]:
        """Rows, unchanged; there must be some."""
        found = self.connections[service].execute(query.encode(), values).fetchall()
        assert found, f"the history has nothing for: {query} {values}"
        return found

    def act(self, operation: Operation, *, outcome: Outcome = Outcome.ACKNOWLEDGED, **asked: object) -> Act:
        """An act of the history."""
        for act in self.history.of(operation):
            if act.outcome is outcome and asked.items() <= act.asked.items():
                return act
        raise AssertionError(f"the history has no {outcome.value} {operation.value} {asked}")

    def tell_differently(self, act: Act, *, outcome: Outcome | None = None, **answer: Any) -> None:
        """Make the history say that every attempt at ``act`` came to ``outcome``, or was answered so."""
        attempts = []
        for attempt in act.attempts:
            assert attempt.ended is not None
            changes: dict[str, Any] = {"answer": {**attempt.ended.answer, **answer}}
            if outcome is not None:
                changes = {"outcome": outcome, "answer": {}, "status": None}
            attempts.append(Attempt(attempt.invoked, attempt.ended.model_copy(update=changes)))
        self.replace(act, replace(act, attempts=attempts))

    def replace(self, act: Act, other: Act) -> None:
        """Put another act in its place."""
        acts = tuple(other if one is act else one for one in self.history.acts)
        self.history = History(self.history.loads, acts)

    def copy_documents(self) -> Path:
        """The document store, to be damaged."""
        assert self.documents is not None
        self.documents = Path(shutil.copytree(self.documents, self.folder / "documents"))
        return self.documents

    def broken(self) -> set[str]:
        """The names of the checks that find something broken."""
        tables = {**self.evidence.databases.tables}
        for service in self.touched:
            tables |= Databases.read({service: self.connections[service]}).tables
        changed = replace(
            self.evidence,
            history=self.history,
            databases=Databases(tables),
            topics=self._topics(),
            mails=self.mails,
            documents=self.documents,
            kills=self.kills,
            restless=self.restless,
            indexes={},
        )
        return {finding.name for finding in judge(changed, ALL) if not finding.ok}

    def _topics(self) -> Topics:
        if self.records == self.untouched_records:
            return self.evidence.topics
        return examine_all(self.records, self.evidence.databases.secrets)


class Connections(dict[ServiceName, Connection]):
    """Opened when they are first used, as superuser: no trigger and no key holds them back; all is rolled back."""

    def __init__(self, system: System, open_ones: ExitStack) -> None:
        super().__init__()
        self._system = system
        self._open_ones = open_ones

    def __missing__(self, service: ServiceName) -> Connection:
        connection = psycopg.connect(superuser_url(self._system, service), row_factory=dict_row)
        self._open_ones.callback(connection.close)
        self._open_ones.callback(connection.rollback)
        connection.execute("SET LOCAL session_replication_role = replica")
        self[service] = connection
        return connection


def superuser_url(system: System, service: ServiceName) -> str:
    """A service's database, for the superuser."""
    assert system.stack.postgres is not None
    return urlsplit(system.stack.postgres.superuser_url)._replace(path=f"/{service}").geturl()


@dataclass(frozen=True)
class Clean:
    """The unbroken history and its system, at rest."""

    system: System
    evidence: Evidence
    records: Sequence[Incoming]

    @classmethod
    def of(cls, system: System, history: History) -> "Clean":
        """Gather it. The system must be at rest."""
        evidence = asyncio.run(system.gather(history, kills=0, restless=[]))
        return cls(system, evidence, asyncio.run(_records(system)))

    @contextmanager
    def bench(self, folder: Path) -> Iterator[Bench]:
        """A bench of its own; whatever is broken on it is whole again afterwards."""
        with ExitStack() as open_ones:
            yield Bench(
                evidence=self.evidence,
                connections=Connections(self.system, open_ones),
                folder=folder,
                records=list(self.records),
                mails=list(self.evidence.mails),
                history=self.evidence.history,
                documents=self.evidence.documents,
                system=self.system,
                untouched_records=list(self.records),
            )

    @contextmanager
    def with_changed_copy(self, service: ServiceName, change: str, back: str) -> Iterator[set[str]]:
        """What is found broken while a copy row is really changed; ``back`` changes it back."""
        url = superuser_url(self.system, service)
        with psycopg.connect(url, autocommit=True) as connection:
            assert connection.execute(change.encode()).rowcount > 0
            try:
                again = asyncio.run(
                    rebuild_one(service, self.system.stack.database_url(service), self.system.bus)
                )
                others = [one for one in self.evidence.rebuilt if one.consumer != service]
                changed = replace(self.evidence, rebuilt=[*others, again], indexes={})
                yield {finding.name for finding in judge(changed, ALL) if not finding.ok}
            finally:
                assert connection.execute(back.encode()).rowcount > 0


async def _records(system: System) -> list[Incoming]:
    topics = [topic.name for topic in TOPICS]
    return [record async for record in read_from_the_beginning(system.bus, topics)]
