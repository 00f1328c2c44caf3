"""Calls over HTTP: the definition as it was published, and what its windows are at this moment."""

from datetime import datetime
from typing import Self
from uuid import UUID

from pydantic import Field

from services.intake.domain.call import Call, CallState, window_of
from services.intake.domain.submission import WindowState
from shared.events.call_definition import CallDefinition, TrackDefinition, Window
from shared.events.text import LocalText
from shared.http.schema import Schema


class WindowOut(Window):
    """A window and its state at the moment of the answer."""

    state: WindowState


class TrackOut(TrackDefinition):
    """A track."""

    window: WindowOut


class CallOut(CallDefinition):
    """A call: its definition, in which the pointers under `assumptions` show what no public source gives."""

    call_id: UUID
    version: int = Field(description="Rises with each amendment, such as an extended deadline")
    state: CallState
    tracks: tuple[TrackOut, ...] = Field(min_length=1)

    @classmethod
    def of(cls, call: Call, now: datetime) -> Self:
        """The answer for a call at the instant ``now``."""
        content = call.definition.model_dump()
        for track, shown in zip(call.definition.tracks, content["tracks"], strict=True):
            shown["window"]["state"] = window_of(track.window).state_at(now)
        content |= {"call_id": call.id, "version": call.version, "state": call.state}
        return cls.model_validate(content)


class CallSummary(Schema):
    """One line of the list of calls."""

    call_id: UUID
    code: str = Field(examples=["KCN-2025"])
    year: int
    name: LocalText
    announced_at: datetime
    version: int
    state: CallState

    @classmethod
    def of(cls, call: Call) -> Self:
        """The line for a call."""
        return cls(
            call_id=call.id,
            code=call.definition.code,
            year=call.definition.year,
            name=call.definition.name,
            announced_at=call.definition.announced_at,
            version=call.version,
            state=call.state,
        )
