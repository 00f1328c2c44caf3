"""Cursor pages: stable under inserts, opaque to callers, refused for another query or another caller."""

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from fastapi import Depends, Query
from pydantic import Field

from shared.errors import DomainError, Kind
from shared.http.schema import Schema

Item = TypeVar("Item")
Row = TypeVar("Row")
Key = str | int | UUID | datetime | None
_BIGINT = 2**63
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")  # what a PostgreSQL text cannot hold
_BINDING_LENGTH = 16


class CursorInvalid(DomainError):
    """The cursor was not made by this API."""

    kind = Kind.MALFORMED
    title = "The cursor is not valid"

    def __init__(self) -> None:
        super().__init__("Use next_cursor of a page exactly as it came, or start without a cursor.")


class CursorMismatch(DomainError):
    """The cursor belongs to another query or another caller."""

    kind = Kind.MALFORMED
    title = "The cursor belongs to another query"

    def __init__(self) -> None:
        super().__init__(
            "Repeat the query that gave the cursor, with the same filters, or start without a cursor."
        )


class Page(Schema, Generic[Item]):
    """One page of a list, in the list's stable order."""

    @classmethod
    def model_parametrized_name(cls, params: tuple[Any, ...]) -> str:
        """``CaseSummaryPage``, as the contract names it."""
        return f"{params[0].__name__}Page"

    items: list[Item]
    next_cursor: str | None = Field(description="Cursor of the next page; null on the last one")


@dataclass(frozen=True, slots=True)
class PageParams:
    """How many items, and where to go on: ``limit`` 1–100, ``cursor`` as given by the page before."""

    limit: int
    cursor: str | None

    @property
    def fetch(self) -> int:
        """How many rows to ask for: one more than shown tells whether there is a next page."""
        return self.limit + 1

    def after(self, query: Mapping[str, Any], *readers: Callable[[Any], Any]) -> tuple[Any, ...] | None:
        """The sort keys of the last item seen, or None on the first page.

        ``query`` is what the list depends on: route, filters, order and the caller's scope (JSON values).
        ``readers`` turn each key back into its type (``UUID``, ``datetime.fromisoformat``, ``int``, ``str``).
        Raises ``CursorInvalid`` for a cursor we did not make, ``CursorMismatch`` for one of another query.
        """
        if self.cursor is None:
            return None
        binding, keys = _decode(self.cursor)
        if binding != _binding(query):
            raise CursorMismatch
        try:
            return tuple(read(key) for read, key in zip(readers, keys, strict=True))
        except (ValueError, TypeError, AttributeError) as error:
            raise CursorInvalid from error

    def cut(
        self, query: Mapping[str, Any], rows: Sequence[Row], keys_of: Callable[[Row], Sequence[Key]]
    ) -> tuple[Sequence[Row], str | None]:
        """The rows to show of the ``fetch`` asked for, and the cursor behind the last of them (None at the end)."""
        if len(rows) <= self.limit:
            return rows, None
        shown = rows[: self.limit]
        return shown, _encode(_binding(query), keys_of(shown[-1]))


async def page_params(
    limit: Annotated[int, Query(ge=1, le=100, description="Items on a page")] = 20,
    cursor: Annotated[
        str | None, Query(min_length=1, max_length=1000, description="next_cursor of the page before")
    ] = None,
) -> PageParams:
    """The caller's wishes for a page."""
    return PageParams(limit, cursor)


PageParamsDep = Annotated[PageParams, Depends(page_params)]


def _binding(query: Mapping[str, Any]) -> str:
    text = json.dumps(query, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:_BINDING_LENGTH]


def _encode(binding: str, keys: Sequence[Key]) -> str:
    plain = [key.isoformat() if isinstance(key, datetime) else key for key in keys]
    text = json.dumps([binding, *plain], separators=(",", ":"), ensure_ascii=False, default=str)
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def _decode(cursor: str) -> tuple[str, list[str | int | None]]:
    try:
        content = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        binding, *keys = json.loads(content)
    except (ValueError, TypeError, RecursionError, binascii.Error) as error:
        raise CursorInvalid from error
    if not isinstance(binding, str) or not all(_is_key(key) for key in keys):
        raise CursorInvalid
    return binding, keys


def _is_key(key: object) -> bool:
    if isinstance(key, str):
        return not _UNSTORABLE.search(key)
    if isinstance(key, int) and not isinstance(key, bool):
        return -_BIGINT <= key < _BIGINT
    return key is None
