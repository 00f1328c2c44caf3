"""Every event there is, who decides it and who consumes it: read from the code, so nobody keeps a list."""

import importlib
import importlib.util
import pkgutil
from collections.abc import Iterator
from functools import cache
from types import ModuleType

import shared.events
from shared.delivery.handlers import Handlers
from shared.events.envelope import EVENT_TYPE, Event
from shared.settings import SERVICES, ServiceName


@cache
def event_classes() -> tuple[type[Event], ...]:
    """Every event class of ``shared.events``, by type."""
    for module in pkgutil.iter_modules(shared.events.__path__, "shared.events."):
        importlib.import_module(module.name)
    ours = (kind for kind in _descendants(Event) if kind.__module__.startswith("shared.events."))
    return tuple(sorted(ours, key=lambda kind: kind.type))


def event_class(event_type: str) -> type[Event]:
    """The class of an event type. Raises ``KeyError`` for a type of nobody."""
    return {kind.type: kind for kind in event_classes()}[event_type]


def short_name(event_type: str) -> str:
    """``ApplicationSubmitted.v1`` of ``kcity.intake.ApplicationSubmitted.v1``."""
    named = _parts(event_type)
    return f"{named['name']}.v{named['version']}"


def producer_of(event_type: str) -> str:
    """The service that decides this event."""
    return _parts(event_type)["service"]


def consumed_by(service: ServiceName) -> list[type[Event]]:
    """What the service's table of handlers takes, by type; nothing while it has no ``consumers`` module."""
    module = _consumers_module(service)
    if module is None:
        return []
    table: Handlers = module.handlers()
    return sorted(table.kinds, key=lambda kind: kind.type)


def consumers_of(event_type: str) -> list[ServiceName]:
    """The services that handle this event."""
    return [service for service in SERVICES if any(kind.type == event_type for kind in consumed_by(service))]


@cache
def _consumers_module(service: ServiceName) -> ModuleType | None:
    # by name: shared imports no service
    name = f"services.{service}.consumers"
    return None if importlib.util.find_spec(name) is None else importlib.import_module(name)


def _descendants(kind: type[Event]) -> Iterator[type[Event]]:
    for child in kind.__subclasses__():
        yield child
        yield from _descendants(child)


def _parts(event_type: str) -> dict[str, str]:
    named = EVENT_TYPE.fullmatch(event_type)
    if named is None:
        raise ValueError(f"{event_type} is no type of ours")
    return named.groupdict()
