"""What a service says about its own recovery."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from shared.bus.records import Incoming
from shared.database.connection import Tx
from shared.delivery.handlers import Handlers
from shared.settings import Settings

Finish = Callable[[Tx, datetime], Awaitable[Mapping[str, Any]]]
"""A last step in one transaction, at business time; what it gives stands in the report."""
See = Callable[[Incoming], None]
"""Looks at every record of the service's own topics, also at those that the journal knows."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A service's recovery.

    ``restorers``: its own events, each with what makes its own state from it (idempotent: a job that died is run
    again); ``consumed``: the inbox's table, with which everything that others say is read again;
    ``read_again_first``: own state stands on what others say; ``forgotten``: what no event can bring back.
    """

    settings: Settings
    restorers: Handlers
    consumed: Handlers = field(default_factory=Handlers)
    read_again_first: bool = True
    see: See = lambda _record: None
    finish: Finish | None = None
    forgotten: tuple[str, ...] = ()
