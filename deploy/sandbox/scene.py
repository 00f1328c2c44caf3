"""What the acts of a sandbox share: the round, its people, its calls as they were published."""

from dataclasses import dataclass, field

from deploy.local.rehearsal.clock import Clock
from deploy.local.rehearsal.door import Door
from deploy.local.rehearsal.play import Entry
from deploy.sandbox.calls import Round, Which
from deploy.sandbox.people import People
from deploy.sandbox.samples import Sample


@dataclass(slots=True)
class Scene:
    """One round. ``entries``: what was begun, by sample; ``call_ids`` and ``reviewer_ids`` as the services gave them."""

    door: Door
    people: People
    clock: Clock
    round: Round
    call_ids: dict[Which, str] = field(default_factory=dict)
    reviewer_ids: dict[str, str] = field(default_factory=dict)
    entries: dict[Sample, Entry] = field(default_factory=dict)
    case_ids: dict[Sample, str] = field(default_factory=dict)
