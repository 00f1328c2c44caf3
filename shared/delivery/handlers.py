"""Which event goes to which handler."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from shared.database.connection import Tx
from shared.events.envelope import Envelope, Event, Received

E = TypeVar("E", bound=Event)
Handler = Callable[[Received[Any], Tx], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Handled:
    """One consumed type and its handler."""

    kind: type[Event]
    handler: Handler

    async def __call__(self, envelope: Envelope, tx: Tx) -> None:
        """Parse the body and handle it. Raises ``pydantic.ValidationError`` for a body of another shape."""
        await self.handler(Received.of(envelope, self.kind), tx)


class Handlers:
    """A service's table of consumed events. Handlers act inside the given transaction and never commit it."""

    def __init__(self) -> None:
        self._by_type: dict[str, Handled] = {}

    def on(
        self, kind: type[E]
    ) -> Callable[
        [Callable[[Received[E], Tx], Awaitable[None]]], Callable[[Received[E], Tx], Awaitable[None]]
    ]:
        """Register the decorated handler for ``kind``; a second one for the same type is refused."""

        def register(
            handler: Callable[[Received[E], Tx], Awaitable[None]],
        ) -> Callable[[Received[E], Tx], Awaitable[None]]:
            if kind.type in self._by_type:
                raise ValueError(f"{kind.type} has a handler already")
            self._by_type[kind.type] = Handled(kind, handler)
            return handler

        return register

    def get(self, event_type: str) -> Handled | None:
        """The handler of a type, or None: such an event only advances its watermark."""
        return self._by_type.get(event_type)

    @property
    def topics(self) -> list[str]:
        """The topics to subscribe to."""
        return sorted({handled.kind.topic for handled in self._by_type.values()})

    @property
    def kinds(self) -> list[type[Event]]:
        """The consumed event classes."""
        return [handled.kind for handled in self._by_type.values()]
