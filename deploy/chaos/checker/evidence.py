"""All that the checks judge by: the history, the databases, the topics, the mails, the documents' bytes."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import dict_row

from deploy.chaos.checker.mails import KeptMail
from deploy.chaos.checker.queries import OWN, SHARED
from deploy.chaos.checker.topics import Topics
from deploy.chaos.history.reading import Act, History
from shared.settings import SERVICES, ServiceName

Row = dict[str, Any]
Connection = psycopg.Connection[Row]


@dataclass(frozen=True)
class Databases:
    """The rows that the checks need, by service and table. Each service's are of one instant."""

    tables: Mapping[ServiceName, Mapping[str, Sequence[Row]]]

    @classmethod
    def read(cls, connections: Mapping[ServiceName, Connection]) -> "Databases":
        """Read over these connections, within the transaction that each stands in."""
        return cls({service: _read(service, connection) for service, connection in connections.items()})

    def rows(self, service: ServiceName, table: str) -> Sequence[Row]:
        """The rows of a table."""
        return self.tables[service][table]

    def by(self, service: ServiceName, table: str, *columns: str) -> dict[Any, list[Row]]:
        """The rows of a table by the value of a column, or of several as a tuple."""
        found: defaultdict[Any, list[Row]] = defaultdict(list)
        for row in self.rows(service, table):
            key = row[columns[0]] if len(columns) == 1 else tuple(row[column] for column in columns)
            found[key].append(row)
        return found

    @cached_property
    def secrets(self) -> frozenset[str]:
        """Texts that may stand on no topic but the contacts': names, addresses, salts, reviewers' comments."""
        people = [*self.rows("intake", "contact"), *self.rows("notification", "contact")]
        comments = (
            score["comment"] for sheet in self.rows("review", "score_sheet") for score in sheet["scores"]
        )
        personal = (row[name] for row in people for name in ("name", "email", "salt") if name in row)
        return frozenset([*personal, *comments])


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What rebuilding a consumer's copies said. ``tables``: how many were compared."""

    consumer: str
    agrees: bool
    tables: int
    detail: str


@dataclass(frozen=True)
class Evidence:
    """Everything. ``restless``: why the system did not come to rest; ``mail_domain``: of our Message-IDs.

    ``kills``: how many faults may have torn a mail's sending. ``documents``: the store's folder, None where it is
    no folder of this machine.
    """

    history: History
    databases: Databases
    topics: Topics
    mails: Sequence[KeptMail]
    documents: Path | None
    receipt_keys: Mapping[str, Any]
    rebuilt: Sequence[Rebuilt]
    mail_domain: str
    kills: int = 0
    restless: Sequence[str] = ()
    indexes: dict[str, Any] = field(default_factory=dict, repr=False)

    def rows(self, service: ServiceName, table: str) -> Sequence[Row]:
        """The rows of a table."""
        return self.databases.rows(service, table)

    def by(self, service: ServiceName, table: str, *columns: str) -> dict[Any, list[Row]]:
        """The rows of a table by columns; made once."""
        name = "/".join((service, table, *columns))
        if name not in self.indexes:
            self.indexes[name] = self.databases.by(service, table, *columns)
        found: dict[Any, list[Row]] = self.indexes[name]
        return found

    def one(self, service: ServiceName, table: str, column: str, value: object) -> Row | None:
        """The row with this value in a column, None when there is none."""
        return next(iter(self.by(service, table, column).get(value, ())), None)

    def audited(self, service: ServiceName, action: str, object_id: str) -> Row:
        """How many audit entries tell of an action on an object."""
        none = {"entries": 0, "of_submitted": 0, "of_conflicts": 0}
        return next(iter(self.by(service, "audit", "action", "object_id").get((action, object_id), ())), none)

    def kept_answer(self, act: Act) -> Row | None:
        """What is kept under the act's key, in whichever service."""
        for service in ("intake", "review"):
            found = self.by(service, "kept_answer", "caller", "key").get((act.caller, act.key))
            if found:
                return found[0]
        return None


def connect(urls: Mapping[ServiceName, str], open_ones: ExitStack) -> dict[ServiceName, Connection]:
    """Read-only connections, each in a transaction that sees one instant; closed with ``open_ones``."""
    connections: dict[ServiceName, Connection] = {}
    for service in SERVICES:
        connection = open_ones.enter_context(psycopg.connect(urls[service], row_factory=dict_row))
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        connections[service] = connection
    return connections


def _read(service: ServiceName, connection: Connection) -> dict[str, list[Row]]:
    queries = {**SHARED, **OWN[service]}
    return {table: list(connection.execute(query.encode())) for table, query in queries.items()}
