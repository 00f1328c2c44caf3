"""What the conformance kit for consumers knows of our events: types, topics, schemas and samples, in one file."""

from pathlib import Path
from typing import Any

from shared.contracts.registry import event_classes
from shared.contracts.schemas import example_of, schema_of
from shared.events.topics import TOPICS

KIT = Path(__file__).resolve().parents[2] / "clients/conformance/src/kcity_conformance/events.json"


def kit_document() -> dict[str, Any]:
    """Every event type, by name, and the topics that carry them."""
    kinds = event_classes()
    events = {
        kind.type: {
            "topic": kind.topic,
            "source": kind.source(),
            "snapshot": kind.snapshot,
            "schema": schema_of(kind),
            "sample": example_of(kind),
        }
        for kind in kinds
    }
    carrying = {kind.topic for kind in kinds}
    topics = {one.name: {"compacted": one.compacted} for one in TOPICS if one.name in carrying}
    return {"events": events, "topics": topics}
