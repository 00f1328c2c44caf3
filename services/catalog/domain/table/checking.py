"""What is wrong with a row of the table: with each of its cells, and between them. Pure."""

from collections.abc import Collection, Iterator

from services.catalog.domain.project import Fact, Stage
from services.catalog.domain.table.cells import any_text
from services.catalog.domain.table.columns import BY_NAME, COLUMNS_OF, SOURCED, Cells, Countries

_NEEDED = ("selection_year", "type")
_AT_LEAST = {"agreed_on": Stage.AGREED, "started_on": Stage.UNDER_WAY, "completed_on": Stage.COMPLETED}


def faults_of(
    cells: Cells, stage: Stage, countries: Countries, *, changed: Collection[str]
) -> Iterator[tuple[str, str]]:
    """What is wrong with a row, as column and reason: with its ``changed`` cells, and between them and the others."""
    for name in BY_NAME:
        text = cells.get(name, "")
        if name not in changed:
            continue
        if text and (reason := any_text(text) or BY_NAME[name].check(text)):
            yield name, reason
        elif not text and name in _NEEDED:
            yield name, BY_NAME[name].check(text) or "is needed"
    if "country_iso2" in changed and (code := cells.get("country_iso2")) and code not in countries.codes:
        yield "country_iso2", "is no ISO 3166-1 alpha-2 code"
    if changed:
        for check in (_position_is_whole, _sources_are_of_something, _days_follow_each_other):
            yield from check(cells, stage)


def _position_is_whole(cells: Cells, _stage: Stage) -> Iterator[tuple[str, str]]:
    together = COLUMNS_OF[Fact.POSITION]
    if any(cells.get(column) for column in together):
        yield from (
            (column, "stands with the two others of a position")
            for column in together
            if not cells.get(column)
        )


def _sources_are_of_something(cells: Cells, _stage: Stage) -> Iterator[tuple[str, str]]:
    if cells.get("no") and not cells.get("sources"):
        yield "sources", "is empty: every row says where it was published"
    for fact in SOURCED:
        if cells.get(f"{fact}_source") and not any(cells.get(column) for column in COLUMNS_OF[fact]):
            yield f"{fact}_source", f"is the source of nothing: {' and '.join(COLUMNS_OF[fact])} is empty"


def _days_follow_each_other(cells: Cells, stage: Stage) -> Iterator[tuple[str, str]]:
    stages, last = list(Stage), ""
    for name, needed in _AT_LEAST.items():
        day = cells.get(name, "")
        if day and stages.index(stage) < stages.index(needed):
            yield name, f"stands only with the stage {needed}, and this project is {stage}"
        if day and day < last:
            yield name, f"is before {last}, the day that comes first"
        last = day or last
