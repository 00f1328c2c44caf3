"""A page of the list, put together of entries that were written once.

Most pages are made of one statement, without a transaction: it names what fits and the catalogue's version, and what
the list says of each project is kept by this process. An entry that is not known here takes a transaction, in which all
of the page is read, and what was missing with it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.catalog.answers import Answers
from services.catalog.domain.entry import Order, Wanted
from services.catalog.repository.asking import Key, Part
from services.catalog.repository.reading import CatalogueReader
from services.catalog.repository.reading_list import Listed, keys_of, looked_up
from services.catalog.repository.reading_search import Reach
from services.catalog.repository.version import of_entries
from services.catalog.repository.vocabularies import Fetch, Row, Vocabularies
from services.catalog.schemas.conditions import ProjectQuery
from services.catalog.schemas.projects import ProjectOut, page_of, with_distance
from shared.pagination import PageParams

_KEYS_OF_PLACE = (int, UUID)
_TRIES = 2


@dataclass(frozen=True, slots=True)
class Listing:
    """What is asked of the list. ``reach``: how widely the text was read for the first page."""

    wanted: Wanted
    page: PageParams
    part: Part
    reach: Reach | None
    binding: Mapping[str, str]

    @classmethod
    def of(cls, query: ProjectQuery) -> "Listing":
        """The page that a query asks for. Raises ``CursorInvalid`` and ``CursorMismatch``."""
        wanted, order, page = query.wanted(), query.order, PageParams(query.limit, query.cursor)
        binding = {"route": "listProjects", "wanted": repr(wanted), "sort": order.value}
        after = page.after(binding, Reach, *_readers(order))
        reach = after[0] if after and wanted.text is not None else None
        return cls(wanted, page, Part(order, page.fetch, after and after[1:]), reach, binding)

    @property
    def asked(self) -> object:
        """All that the page depends on, beside the catalogue."""
        return (*self.binding.values(), self.page.limit, self.page.cursor)

    async def quickly(self, fetch: Fetch, answers: Answers) -> tuple[str, bytes] | None:
        """The catalogue's version and the page; None when something of it is not known to this process."""
        found = await self._found(fetch, answers.vocabularies)
        if found is None:
            return None
        pieces = [answers.entries.find(_name(row)) for row in found.rows]
        entries = [piece for piece in pieces if piece is not None]
        return (found.version, self._written(found, entries)) if len(entries) == len(pieces) else None

    async def _found(self, fetch: Fetch, vocabularies: Vocabularies) -> Listed | None:
        """What fits, by the words of the catalogue that it was found in; None when that changed again and again."""
        for _ in range(_TRIES):
            known = vocabularies.kept
            found = await looked_up(fetch, self.wanted, self.part, known, self.reach)
            if found is None or self.wanted.text is None:
                return found
            if (version := of_entries(found.version)) == known.version:
                return found
            await vocabularies.renew(fetch, version)
        return None

    async def made(self, reader: CatalogueReader, answers: Answers) -> bytes:
        """The page as ``reader`` sees it; what it took is known from now on."""
        found = await reader.listed(self.wanted, self.part, self.reach)
        pieces = {row["id"]: answers.entries.find(_name(row)) for row in found.rows}
        read = await reader.entries([each for each, piece in pieces.items() if piece is None])
        for row in found.rows:
            if (entry := read.get(row["id"])) is not None:
                pieces[row["id"]] = piece = ProjectOut.of(entry).model_dump_json().encode()
                answers.entries.keep(_name(row), piece)
        return self._written(found, [piece for piece in pieces.values() if piece is not None])

    def _written(self, found: Listed, entries: Sequence[bytes]) -> bytes:
        request = found.request
        reach = int(request.reach or Reach.WRITTEN)
        shown, cursor = self.page.cut(self.binding, found.rows, lambda row: (reach, *keys_of(row)))
        items = list(entries[: len(shown)])
        if self.wanted.near is not None:
            items = [with_distance(item, row["metres"]) for item, row in zip(items, shown, strict=True)]
        return page_of(items, cursor, request.match if found.rows else None)


def _readers(order: Order) -> tuple[type[Key], ...]:
    return _KEYS_OF_PLACE if order in (Order.NUMBER, Order.NUMBER_DESCENDING) else (int, *_KEYS_OF_PLACE)


def _name(row: Row) -> tuple[Any, ...]:
    """A writing of a project, and of the call that it names."""
    return (row["id"], row["written"], row["call_written"])
