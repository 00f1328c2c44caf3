"""The parameters of a statement that is put together of constant pieces: no text of a reader ever becomes SQL."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Parameters:
    """Values by place; the same value of the same kind has one place, however often it is written."""

    _places: dict[tuple[str, Hashable], str] = field(default_factory=dict)

    def text(self, value: str) -> str:
        """The place of a text."""
        return self._put(value, "text")

    def texts(self, values: tuple[str, ...]) -> str:
        """The place of several texts, an array."""
        return self._put(values, "text[]")

    def number(self, value: int) -> str:
        """The place of a number as PostgreSQL keeps those of the catalogue."""
        return self._put(value, "integer")

    def numbers(self, values: tuple[int, ...]) -> str:
        """The place of several numbers, an array."""
        return self._put(values, "integer[]")

    def measure(self, value: float) -> str:
        """The place of an angle or a length."""
        return self._put(value, "double precision")

    def key(self, value: Hashable) -> str:
        """The place of a sort key: an id, or a number however large, which a cursor may bring."""
        return self._put(value, "bigint" if isinstance(value, int) else "uuid")

    @property
    def values(self) -> list[Any]:
        """What to send, in the order of the places."""
        return [list(value) if isinstance(value, tuple) else value for _, value in self._places]

    def _put(self, value: Hashable, kind: str) -> str:
        place = self._places.get((kind, value))
        if place is None:
            place = self._places[kind, value] = f"${len(self._places) + 1}::{kind}"
        return place
