"""One call of one operation, before anything is sent; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, Generic, TypeVar
from urllib.parse import quote
from uuid import UUID

from pydantic import TypeAdapter

from kcity_client._model import ANSWER, Model
from kcity_client.uploads import Upload

T = TypeVar("T")
Scalar = str | int | float | bool | UUID | datetime
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Operation:
    """What the contract says of an operation. ``keyed``: it takes an Idempotency-Key; ``accepts``: media type."""

    id: str
    method: str
    path: str
    keyed: bool
    accepts: str


@dataclass(frozen=True, slots=True)
class Call(Generic[T]):
    """An operation with its arguments. ``reads``: the type of its answer, None where there is none.

    ``timeout``: seconds without a sign of life that end an attempt, None for the client's.
    """

    operation: Operation
    reads: Any
    path: Mapping[str, Scalar] = field(default_factory=dict)
    query: Mapping[str, Scalar | Sequence[Scalar] | None] = field(default_factory=dict)
    headers: Mapping[str, str | None] = field(default_factory=dict)
    content: bytes | Upload | None = None
    content_type: str = JSON
    idempotency_key: str | None = None
    timeout: float | None = None

    @property
    def target(self) -> str:
        """Path with arguments; nothing in an argument can reach out of its segment."""
        named = {name: _segment(value) for name, value in self.path.items()}
        return self.operation.path.format(**named)

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The query that was given; a list repeats its name."""
        return [(name, _text(one)) for name, value in self.query.items() for one in _each(value)]

    @property
    def repeatable(self) -> bool:
        """Whether sending it twice does what sending it once does. Source: contract, "Doing something once"."""
        whole = not isinstance(self.content, Upload) or self.content.repeatable
        method = self.operation.method
        conditional = method in ("PUT", "PATCH") and self.headers.get("If-Match") is not None
        return whole and (method == "GET" or self.operation.keyed or conditional)

    def read(self, content: bytes, media_type: str) -> T:
        """The answer. Raises ``ValueError`` when it is none."""
        if self.reads is None:
            return None  # type: ignore[return-value]  # T is None then
        if self.reads is bytes:
            return content  # type: ignore[return-value]  # T is bytes then
        if media_type != JSON:
            raise ValueError(media_type)
        found: T = _adapter(self.reads).validate_json(content, context=ANSWER, extra="ignore")
        return found


def json_bytes(body: Model | Mapping[str, object] | None, type_: Any) -> bytes | None:
    """A body as JSON; what was not set is not sent. Raises ``pydantic.ValidationError`` where it is no ``type_``."""
    if body is None:
        return None
    built: Model = body if isinstance(body, Model) else _adapter(type_).validate_python(body)
    return built.model_dump_json(exclude_unset=True, by_alias=True).encode()


@cache
def _adapter(type_: Any) -> TypeAdapter[Any]:
    return TypeAdapter(type_)


def _each(value: Scalar | Sequence[Scalar] | None) -> Sequence[Scalar]:
    if value is None:
        return ()
    return value if isinstance(value, Sequence) and not isinstance(value, str) else (value,)


def _segment(value: Scalar) -> str:
    text = quote(_text(value), safe="")
    if text in ("", ".", ".."):
        raise ValueError(f"{text!r} cannot stand in a path")
    return text


def _text(value: Scalar) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, datetime) else str(value)
