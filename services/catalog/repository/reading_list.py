"""Which projects a list shows, in which order: one statement, which tells the catalogue's version too.

As the version and the rows come from one snapshot, an answer may be made of them without a transaction; the rows of
several statements belong together when their versions are the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from services.catalog.domain.entry import Wanted
from services.catalog.repository.asking import Key, Part, Request
from services.catalog.repository.parameters import Parameters
from services.catalog.repository.reading_conditions import Sql, metres_from
from services.catalog.repository.reading_search import Question, Reach
from services.catalog.repository.version import VERSION
from services.catalog.repository.vocabularies import Fetch, KnownWords, Row


@dataclass(frozen=True, slots=True)
class Listed:
    """A part of a list, and what the catalogue was when it was read.

    ``rows``: ``id``, ``written`` and ``call_written`` (by which transaction it was, and its call), ``key_0`` … (what
    they are sorted by, the id last), and ``metres`` from the point asked for.
    """

    version: str
    request: Request
    rows: Sequence[Row]


def keys_of(row: Row) -> tuple[Key, ...]:
    """What a row is sorted by, unique."""
    return tuple(value for name, value in row.items() if name.startswith("key_"))


async def listed(fetch: Fetch, request: Request, part: Part) -> Listed:
    """The part of the list that was asked for."""
    text, values = list_statement(request, part)
    rows = await fetch(text, *values)
    return Listed(rows[0]["version"], request, rows if rows[0]["id"] is not None else ())


async def looked_up(
    fetch: Fetch, wanted: Wanted, part: Part, known: KnownWords, reach: Reach | None
) -> Listed | None:
    """The same, of words read as widely as it takes to find something, or as ``reach``, found for the first page.

    None: the catalogue changed from one statement to the next, which it cannot within one snapshot.
    """
    if wanted.text is None:
        return await listed(fetch, Request(wanted, None, None), part)
    question = Question.of(wanted.text, known)
    found: Listed | None = None
    for each in (reach,) if reach else question.reaches:
        before, found = found, await listed(fetch, Request(wanted, question, each), part)
        if before and before.version != found.version:
            return None
        if found.rows:
            break
    return found


def list_statement(request: Request, part: Part) -> tuple[Sql, list[Any]]:
    """The statement and the values of its parameters. Always a row: without an id when nothing was found."""
    put = Parameters()
    keys = request.sort_keys(part.order, put)
    conditions = request.conditions(put)
    if part.after is not None:
        last = ", ".join(put.key(key) for key in part.after)
        conditions.append(f"({', '.join(keys)}) {'<' if part.order.descending else '>'} ({last})")
    near = request.wanted.near
    named = ", ".join(f"{key} AS key_{place}" for place, key in enumerate(keys))
    turn = "DESC" if part.order.descending else "ASC"
    sorting = ", ".join(f"key_{place} {turn}" for place in range(len(keys)))
    text = _LIST.format(
        version=VERSION,
        keys=named,
        metres=metres_from(near, put) if near else "NULL",
        conditions=" AND ".join(f"({each})" for each in conditions) or "true",
        sorting=sorting,
        most=put.number(part.fetch),
    )
    return text, put.values


# the call is joined to what is shown alone, not to all that fits
_LIST = """
SELECT seen.version, hit.*, call.xmin AS call_written
FROM (SELECT ({version}) AS version) AS seen
LEFT JOIN (
    SELECT project.id, project.xmin AS written, project.call_id, {keys}, {metres} AS metres
    FROM project
    WHERE {conditions}
    ORDER BY {sorting}
    LIMIT {most}
) AS hit ON true
LEFT JOIN call ON call.id = hit.call_id
ORDER BY {sorting}
"""
