"""An editor's correction of one entry: any facts, each with one value or taken back. Pure."""

from collections.abc import Collection, Mapping

from services.catalog.domain.project import Fact, Project
from services.catalog.domain.table.checking import faults_of
from services.catalog.domain.table.columns import COLUMNS_OF, SOURCED, Countries
from services.catalog.domain.table.rows import cells_of, rewritten
from shared.errors import Invalid, Violation

_POINTERS = {
    "country_iso2": "country_iso2",
    "position_source": "source",
    **{f"{fact}_source": "source" for fact in SOURCED},
}


def corrected(present: Project, given: Mapping[str, str], *, source: str, countries: Countries) -> Project:
    """``present`` with the cells ``given`` by column, where an empty one takes back what was published.

    Whatever is given gets ``source``. Raises ``Invalid`` with a pointer to each wrong member of the body.
    """
    cells = {**given, **_sources(given, source)}
    faults = list(
        faults_of(cells_of(present) | cells, present.stage, countries, changed=_changed(present, cells))
    )
    if faults:
        raise Invalid(
            "The entry cannot say this.",
            violations=[
                Violation(f"/body/{_pointer(column)}", "not_valid", f"It {reason}.")
                for column, reason in faults
            ],
        )
    return rewritten(present, cells, countries.of)


def _changed(present: Project, cells: Mapping[str, str]) -> Collection[str]:
    before = cells_of(present)
    return {name for name, text in cells.items() if text != before[name]}


def _sources(given: Mapping[str, str], source: str) -> dict[str, str]:
    """The cells of the sources of what is given."""
    found: dict[str, str] = {}
    for fact in (*SOURCED, Fact.POSITION):
        texts = [given[name] for name in COLUMNS_OF[fact] if name in given]
        if texts:
            column = "position_source" if fact is Fact.POSITION else f"{fact}_source"
            found[column] = source if any(texts) else ""
    return found


def _pointer(column: str) -> str:
    if column in _POINTERS:
        return _POINTERS[column]
    if column in COLUMNS_OF[Fact.POSITION]:
        return f"position/{column}"
    stem, _, language = column.rpartition("_")
    return f"{stem}/{language}" if language in ("ko", "en") and stem else column
