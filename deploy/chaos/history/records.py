"""The lines of a history: what a client asked and what it was told, one JSON object a line.

An attempt has two lines: ``invoked``, written before the request leaves, and ``ended``, written when its outcome
is known. An ``invoked`` without its ``ended`` is an attempt of unknown outcome: the generator was killed.
"""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter


class Outcome(StrEnum):
    """What a client knows of an attempt, or of all attempts of one act together."""

    ACKNOWLEDGED = "acknowledged"
    REFUSED = "refused"
    UNKNOWN = "unknown"


class Operation(StrEnum):
    """What is asked of the front door."""

    PUBLISH_CALL = "publish_call"
    CREATE_APPLICATION = "create_application"
    EDIT_APPLICATION = "edit_application"
    READ_APPLICATION = "read_application"
    ATTACH_DOCUMENT = "attach_document"
    SUBMIT_APPLICATION = "submit_application"
    READ_RECEIPT = "read_receipt"
    WITHDRAW_APPLICATION = "withdraw_application"
    CONFIRM_PARTNER = "confirm_partner"
    REGISTER_REVIEWER = "register_reviewer"
    CREATE_PANEL = "create_panel"
    READ_CASE = "read_case"
    DECIDE_ELIGIBILITY = "decide_eligibility"
    ASSIGN_REVIEWERS = "assign_reviewers"
    DECLARE_CONFLICT = "declare_conflict"
    WRITE_SHEET = "write_sheet"
    SUBMIT_SHEET = "submit_sheet"


class Line(BaseModel):
    """A line of the history."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class LoadStarted(Line):
    """A generator began. Several may write one after the other into one history."""

    line: Literal["load_started"] = "load_started"
    load: UUID
    seed: int
    front_door: str
    call_code: str = Field(description="the call that this load made for itself")
    organisation_ids: tuple[UUID, ...] = Field(description="whose applications are all in this history")
    at: datetime


class LoadEnded(Line):
    """A generator came to its own end; without this line it was killed."""

    line: Literal["load_ended"] = "load_ended"
    load: UUID
    at: datetime


class Invoked(Line):
    """A request is about to leave. ``act``: what the client wants; its repeats and twins have the same one.

    ``key``: the Idempotency-Key; repeats and twins have the same. ``asked``: what was asked, as far as the
    checker needs it; ``ids``: of what. Instants: wall clock for people, ``monotonic`` seconds for order.
    """

    line: Literal["invoked"] = "invoked"
    load: UUID
    attempt: int = Field(ge=1, description="counts the attempts of a load")
    act: int = Field(ge=1, description="counts the acts of a load")
    operation: Operation
    method: str
    path: str
    caller: str = Field(description="the token's subject")
    key: str | None
    ids: dict[str, str]
    asked: dict[str, Any]
    body_sha256: str | None
    at: datetime
    monotonic: float


class Ended(Line):
    """What became of an attempt. ``status``: None when there was no answer; ``problem``: the last part of its type.

    ``answer``: the facts of an acknowledged one: ids, receipt, version … as each operation has them.
    """

    line: Literal["ended"] = "ended"
    load: UUID
    attempt: int
    outcome: Outcome
    status: int | None
    problem: str | None
    answer: dict[str, Any]
    at: datetime
    monotonic: float


AnyLine = Annotated[LoadStarted | LoadEnded | Invoked | Ended, Field(discriminator="line")]
LINE: TypeAdapter[LoadStarted | LoadEnded | Invoked | Ended] = TypeAdapter(AnyLine)
