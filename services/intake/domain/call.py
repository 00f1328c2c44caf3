"""A call: its states, its windows, and what its definition must keep beyond its shape. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from services.intake.domain.documents import SIGNATURES
from services.intake.domain.submission import IntakeWindow
from shared.auth.caller import Track
from shared.canonical import canonical_bytes, sha256_hex
from shared.clock.arrival import Arrival
from shared.errors import DomainError, Invalid, Kind, NotFound, Violation
from shared.events.call_definition import CallDefinition, TrackDefinition, Window
from shared.ids import CallId


class CallState(StrEnum):
    """Whether a call is known: ``scheduled`` waits for its announcement instant."""

    SCHEDULED = "scheduled"
    ANNOUNCED = "announced"


class CallDefinitionInvalid(Invalid):
    """The definition file is wrong; each error names its line and column."""

    title = "The call definition is not valid"


class CallExists(DomainError):
    """There is another call with this code."""

    kind = Kind.CONFLICT
    title = "A call with this code exists"

    def __init__(self, code: str) -> None:
        super().__init__(
            "It says something else. Choose another code, or amend the call that is there.",
            facts={"code": code},
        )


@dataclass(frozen=True, slots=True)
class Call:
    """A stored call. ``digest``: hex SHA-256 of its canonical definition."""

    id: CallId
    version: int
    state: CallState
    definition: CallDefinition
    digest: str

    def track(self, track: Track) -> TrackDefinition:
        """The definition of ``track``. Raises ``NotFound`` when the call has none such."""
        found = self.definition.track(track)
        if found is None:
            raise NotFound("track of this call")
        return found

    def must_be_announced(self) -> None:
        """Raise ``NotFound`` before the announcement: nobody may learn that the call exists."""
        if self.state is not CallState.ANNOUNCED:
            raise NotFound("call")


def window_of(window: Window) -> IntakeWindow:
    """The intake window that a definition says."""
    return IntakeWindow(window.opens_at, window.closes_at, window.cut_off_at)


def is_due(announced_at: datetime, arrival: Arrival) -> bool:
    """Whether the announcement instant has surely come: an embargo is never broken by a doubtful clock."""
    return arrival.surely_at_or_after(announced_at)


def definition_digest(definition: CallDefinition) -> str:
    """Hex SHA-256 of the canonical definition; two files that say the same have the same."""
    return sha256_hex(canonical_bytes(definition.model_dump(mode="json")))


def definition_violations(definition: CallDefinition, written: Any) -> Iterator[Violation]:
    """What a well-formed definition may still get wrong; ``written`` is the file as plain values."""
    for place, track in enumerate(definition.tracks):
        yield from _track_violations(track, f"/tracks/{place}")
    for place, occasion in enumerate(definition.occasions):
        if occasion.ends_on < occasion.starts_on:
            yield Violation(f"/occasions/{place}/ends_on", "order", "It ends before it starts.")
    for place, assumption in enumerate(definition.assumptions):
        if not points_at_something(written, assumption.pointer):
            message = "It points at nothing in this definition."
            yield Violation(f"/assumptions/{place}/pointer", "unresolved", message)


def points_at_something(value: Any, pointer: str) -> bool:
    """Whether an RFC 6901 pointer names a member of ``value``."""
    for raw in pointer.split("/")[1:]:
        part = raw.replace("~1", "/").replace("~0", "~")
        if isinstance(value, Mapping) and part in value:
            value = value[part]
        elif isinstance(value, list | tuple) and part.isdecimal() and int(part) < len(value):
            value = value[int(part)]
        else:
            return False
    return True


def _track_violations(track: TrackDefinition, pointer: str) -> Iterator[Violation]:
    seen: set[str] = set()
    for place, document in enumerate(track.documents):
        here = f"{pointer}/documents/{place}"
        if document.kind in seen:
            yield Violation(f"{here}/kind", "twice", "Two documents have this kind.")
        seen.add(document.kind)
        if not document.media_types:
            yield Violation(f"{here}/media_types", "missing", "Name at least one media type.")
        for index, media_type in enumerate(document.media_types):
            if media_type not in SIGNATURES:
                known = ", ".join(sorted(SIGNATURES))
                yield Violation(
                    f"{here}/media_types/{index}", "unknown", f"We can check these types: {known}."
                )
    if track.partner_required and not track.partner_kinds:
        yield Violation(f"{pointer}/partner_kinds", "missing", "Name who may be the required partner.")
