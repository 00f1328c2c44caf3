"""What every event is: a CloudEvent (1.0) with a dense sequence per aggregate, and its typed body."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Generic, Self, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

EVENT_TYPE = re.compile(r"kcity\.(?P<service>[a-z]+)\.(?P<name>[A-Z][A-Za-z]+)\.v(?P<version>[1-9]\d*)")


class Event(BaseModel):
    """A past-tense fact. The class says its type and topic; readers ignore fields they do not know.

    ``snapshot``: the event carries the present state of its aggregate, may be compacted and erased
    (a body of None), and its body is read at publishing time instead of being kept in the journal.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    type: ClassVar[str]
    topic: ClassVar[str]
    snapshot: ClassVar[bool] = False

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if EVENT_TYPE.fullmatch(cls.type) is None:
            raise TypeError(f"{cls.__name__}.type must look like kcity.intake.ApplicationSubmitted.v1")

    @classmethod
    def source(cls) -> str:
        """CloudEvents source: the service that decides this fact."""
        return f"/kcity/{cls.type.split('.')[1]}"


@dataclass(frozen=True, slots=True)
class Envelope:
    """An event as it travels. ``subject``: the aggregate; ``sequence``: 1, 2, 3 … within it; ``data``: JSON or None."""

    id: UUID
    type: str
    source: str
    subject: UUID
    sequence: int
    time: datetime
    data: bytes | None
    traceparent: str | None = None


E_co = TypeVar("E_co", bound=Event, covariant=True)


@dataclass(frozen=True, slots=True)
class Received(Generic[E_co]):
    """An event in the hands of its handler. ``data`` is None only for an erased snapshot."""

    id: UUID
    subject: UUID
    sequence: int
    time: datetime
    body: E_co | None

    @property
    def data(self) -> E_co:
        """The typed body. Raises ``TypeError`` for an erased snapshot: ask ``body`` where that can be."""
        if self.body is None:
            raise TypeError("this snapshot was erased")
        return self.body

    @classmethod
    def of(cls, envelope: Envelope, kind: type[E_co]) -> Self:
        """Parse the body. Raises ``pydantic.ValidationError`` if it is not of ``kind``."""
        body = None if envelope.data is None else kind.model_validate_json(envelope.data)
        return cls(envelope.id, envelope.subject, envelope.sequence, envelope.time, body)
