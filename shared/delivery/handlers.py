"""Which event goes to which handlers: one that keeps the service's copy, one that acts on it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from sqlalchemy import Table

from shared.database.connection import Tx
from shared.events.envelope import Envelope, Event, Received

E = TypeVar("E", bound=Event)
Handler = Callable[[Received[Any], Tx], Awaitable[None]]
HandlerOf = Callable[[Received[E], Tx], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Handled:
    """One consumed type with its two halves.

    ``copy`` writes copy tables and nothing else, from this event and earlier ones of its aggregate alone, and
    is never ``Retryable``: so the copies can be emptied and built anew. ``reaction`` does everything else.
    """

    kind: type[Event]
    copy: Handler | None = None
    reaction: Handler | None = None

    async def __call__(self, envelope: Envelope, tx: Tx) -> None:
        """Parse the body, keep the copy, then react. Raises ``pydantic.ValidationError`` for a body of another shape."""
        event = Received.of(envelope, self.kind)
        if self.copy is not None:
            await self.copy(event, tx)
        if self.reaction is not None:
            await self.reaction(event, tx)

    async def keep_copy(self, envelope: Envelope, tx: Tx) -> None:
        """The first half alone, as a rebuild needs it."""
        if self.copy is not None:
            await self.copy(Received.of(envelope, self.kind), tx)


class Handlers:
    """A service's table of consumed events. Handlers act inside the given transaction and never commit it.

    ``copies``: the tables that hold nothing but what events told, so that a rebuild may empty them. No table
    of the service's own refers to one of them by a foreign key.
    """

    def __init__(self, *, copies: Sequence[Table] = ()) -> None:
        self._by_type: dict[str, Handled] = {}
        self._copies = tuple(copies)
        self._snapshot_tables: dict[str, Table] = {}

    def on(self, kind: type[E]) -> Callable[[HandlerOf[E]], HandlerOf[E]]:
        """Register the decorated reaction to ``kind``; a second one for the same type is refused."""

        def register(handler: HandlerOf[E]) -> HandlerOf[E]:
            present = self._by_type.get(kind.type, Handled(kind))
            if present.reaction is not None:
                raise ValueError(f"{kind.type} has a handler already")
            self._by_type[kind.type] = replace(present, reaction=handler)
            return handler

        return register

    def copy(
        self, kind: type[E], *, snapshot_of: Table | None = None
    ) -> Callable[[HandlerOf[E]], HandlerOf[E]]:
        """Register the decorated keeper of the copy of ``kind``; a second one for the same type is refused.

        ``snapshot_of``: for a snapshot, the copy table whose primary key is the aggregate's id. An aggregate
        of a compacted topic without any record is erased if it has no row there, and lost otherwise.
        """
        if kind.snapshot != (snapshot_of is not None) or (snapshot_of not in (None, *self._copies)):
            raise ValueError(f"{kind.type}: a snapshot, and only a snapshot, names its copy table")

        def register(handler: HandlerOf[E]) -> HandlerOf[E]:
            present = self._by_type.get(kind.type, Handled(kind))
            if present.copy is not None:
                raise ValueError(f"{kind.type} has a keeper of its copy already")
            self._by_type[kind.type] = replace(present, copy=handler)
            if snapshot_of is not None:
                self._snapshot_tables[kind.topic] = snapshot_of
            return handler

        return register

    def get(self, event_type: str) -> Handled | None:
        """The handlers of a type, or None: such an event only advances its watermark."""
        return self._by_type.get(event_type)

    @property
    def topics(self) -> list[str]:
        """The topics to subscribe to."""
        return sorted({handled.kind.topic for handled in self._by_type.values()})

    @property
    def kinds(self) -> list[type[Event]]:
        """The consumed event classes."""
        return [handled.kind for handled in self._by_type.values()]

    @property
    def copies(self) -> tuple[str, ...]:
        """The names of the copy tables."""
        return tuple(table.name for table in self._copies)

    @property
    def copy_tables(self) -> tuple[Table, ...]:
        """The copy tables."""
        return self._copies

    @property
    def copied_topics(self) -> list[str]:
        """The topics that the copies are made of."""
        return sorted({one.kind.topic for one in self._by_type.values() if one.copy is not None})

    @property
    def snapshot_tables(self) -> dict[str, Table]:
        """By topic of snapshots: the copy table with a row for each aggregate that is not erased."""
        return dict(self._snapshot_tables)
