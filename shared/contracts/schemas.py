"""JSON Schema (draft 2020-12) of each event's body, as a reader must expect it."""

import inspect
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from shared.contracts.dead_letter import NAME, EventParked
from shared.contracts.examples import EXAMPLES, PARKED
from shared.contracts.glossary import explain_members
from shared.contracts.registry import event_classes, short_name
from shared.events.envelope import Event

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FOLDER = Path(__file__).parent / "events"


def schema_of(kind: type[Event]) -> dict[str, Any]:
    """The schema of an event's body. Fields with a default may be missing: older events lack them."""
    return _schema(kind, kind.type, short_name(kind.type), example_of(kind))


def example_of(kind: type[Event]) -> dict[str, Any]:
    """A whole body as it would be published. Raises ``KeyError`` for an event that nobody gave an example."""
    example: dict[str, Any] = kind.model_validate(EXAMPLES[kind]).model_dump(mode="json")
    return example


def documents() -> Mapping[Path, dict[str, Any]]:
    """Every schema with the file it lies in."""
    found = {FOLDER / f"{kind.type}.json": schema_of(kind) for kind in event_classes()}
    parked = EventParked.model_validate(PARKED).model_dump(mode="json")
    found[FOLDER / f"kcity.{NAME}.json"] = _schema(EventParked, f"kcity.{NAME}", NAME, parked)
    return found


def _schema(kind: type[BaseModel], identifier: str, title: str, example: Mapping[str, Any]) -> dict[str, Any]:
    generated = kind.model_json_schema(mode="validation")
    explain_members({**generated.get("$defs", {}), kind.__name__: generated})
    return {
        "$schema": DIALECT,
        "$id": f"urn:kcity:event:{identifier}",
        **generated,
        "title": title,
        "description": inspect.cleandoc(kind.__doc__ or ""),
        "examples": [example],
    }
