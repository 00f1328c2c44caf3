"""What an import would change, or all that is wrong with it. Pure.

An empty cell changes nothing, so an import never takes back what is published. Every new value says where it was
published: in the fact's own column of sources, or by the one source that is given with the import.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from services.catalog.domain.completed_list import table_names
from services.catalog.domain.entry import Entry
from services.catalog.domain.project import Fact
from services.catalog.domain.table.checking import faults_of
from services.catalog.domain.table.columns import BY_NAME, COLUMNS_OF, SOURCED, Countries, Kind
from services.catalog.domain.table.faults import Fault, cell_name
from services.catalog.domain.table.rows import cells_of, rewritten
from services.catalog.domain.table.text import plain

MOST_ROWS, MOST_COLUMNS, MOST_FAULTS = 10_000, 100, 1_000
_COMPANY = frozenset({"organisation_ko", "organisation_en"})
"""What the list's column of companies may say: a name in either language."""
Sheet = Sequence[Sequence[str]]
Find = Callable[[str, str], Entry | None]
"""The entry with an id, or, where that is empty, with a number."""


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell that an import changes; ``cell`` is None where the source given with the import fills it."""

    row: int
    column: str
    cell: str | None
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """All that an import changes of one project, which stands at ``revision`` when it is looked at."""

    row: int
    project_id: UUID
    number: int | None
    revision: int
    cells: tuple[CellChange, ...]

    @property
    def after(self) -> dict[str, str]:
        """What the changed cells say, by column."""
        return {change.column: change.after for change in self.cells}


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do. With a single fault it does nothing."""

    rows: int
    changes: tuple[RowChange, ...] = ()
    faults: tuple[Fault, ...] = ()


@dataclass(slots=True)
class Reading:
    """A sheet under inspection. ``source``: for new values whose row says none; ``header``: as the file has it."""

    header: Sequence[str]
    countries: Countries
    source: str
    faults: list[Fault] = field(default_factory=list)
    seen: dict[UUID, int] = field(default_factory=dict)

    def fault(self, row: int, column: str, reason: str) -> None:
        """Note what is wrong in a column of a row, or in the whole row."""
        cell = cell_name(self.header.index(column) + 1, row) if column in self.header else None
        self.faults.append(Fault(row, column, reason, cell))

    def place_of(self, fault: Fault) -> tuple[int, int]:
        """Where a fault stands in the file: faults are told in its order."""
        inside = fault.column in self.header
        return fault.row, self.header.index(fault.column) if inside else len(self.header)

    def check_header(self) -> None:
        """Every column is known and stands once, and one names the project."""
        names = table_names(dict.fromkeys(self.header, ""))
        seen: set[str] = set()
        for place, name in enumerate(self.header, start=1):
            says = _COMPANY if name == "company" else {names[name]}
            if name and not says <= BY_NAME.keys():
                shown = "".join(each if each.isprintable() else "?" for each in name[:60])
                self.faults.append(Fault(1, shown, "is no column of the table", cell_name(place, 1)))
            elif name and says & seen:
                reason = "stands twice, under this or its other name"
                self.faults.append(Fault(1, name, reason, cell_name(place, 1)))
            seen |= says
        if not {"id", "no"} & seen:
            self.faults.append(Fault(1, "(header)", "needs a column id or no, which names the project"))

    def change_of(self, row: int, cells: Mapping[str, str], find: Find) -> RowChange | None:
        """What a row changes; None for nothing, or where it has a fault."""
        entry = self._entry(row, cells, find)
        if entry is None:
            return None
        names = table_names(cells)
        headed = {names[name]: name for name in cells}
        given = {names[name]: text for name, text in cells.items()}
        before = cells_of(entry.project)
        wrong = list(self._wrong(entry, before, given))
        for column, reason in wrong:
            self.fault(row, headed.get(column, column), reason)
        if wrong:
            return None
        said = self._said(entry, before, given)
        changes = tuple(
            CellChange(row, column, self._cell(row, headed.get(column)), before[column], after)
            for column, after in said.items()
            if after != before[column]
        )
        of = entry.project
        return RowChange(row, of.id, of.number, entry.revision, changes) if changes else None

    def _cell(self, row: int, name: str | None) -> str | None:
        return None if name is None else cell_name(self.header.index(name) + 1, row)

    def _entry(self, row: int, cells: Mapping[str, str], find: Find) -> Entry | None:
        key = "id" if cells.get("id") else "no"
        keys = [name for name in ("id", "no") if cells.get(name)]
        wrong = [(name, reason) for name in keys if (reason := BY_NAME[name].check(cells[name]))]
        if not keys:
            wrong = [(key if key in self.header else "id", "names no project: id and no are empty")]
        entry = None if wrong else find(cells.get("id", ""), cells.get("no", ""))
        if not wrong and entry is None:
            wrong = [(key, "there is no such project; an import adds none")]
        elif entry and (no := cells.get("no")) and no != cells_of(entry.project)["no"]:
            wrong = [("no", "is not the number of the project with this id")]
        elif entry and (first := self.seen.setdefault(entry.project.id, row)) != row:
            wrong = [(key, f"this project stands in row {first} already")]
        for column, reason in wrong:
            self.fault(row, column, reason)
        return None if wrong else entry

    def _wrong(
        self, entry: Entry, before: Mapping[str, str], given: Mapping[str, str]
    ) -> Iterator[tuple[str, str]]:
        sayable = {
            name: text for name, text in given.items() if BY_NAME[name].kind in (Kind.FACT, Kind.SOURCE)
        }
        changed = {name for name, text in sayable.items() if text != before[name]}
        filled = {**before, **sayable, **self._position_source(changed, given)}
        faults = list(faults_of(filled, entry.project.stage, self.countries, changed=changed))
        yield from faults
        if faults:
            return
        yield from self._without_source(changed, given)
        after = cells_of(rewritten(entry.project, filled, self.countries.of))
        for name, text in given.items():
            if BY_NAME[name].kind is Kind.SHOWN and text != (shown := _shown(name, before, after)):
                yield name, f"is only shown, and contradicts what it follows from: {shown or 'nothing'}"

    def _without_source(
        self, changed: Collection[str], given: Mapping[str, str]
    ) -> Iterator[tuple[str, str]]:
        if self.source:
            return
        for fact in (*SOURCED, Fact.POSITION):
            column = "position_source" if fact is Fact.POSITION else f"{fact}_source"
            new = [name for name in COLUMNS_OF[fact] if name in changed and name != column]
            if new and not given.get(column):
                yield new[0], f"is new and has no source: fill {column}, or give one source with the import"

    def _position_source(self, changed: Collection[str], given: Mapping[str, str]) -> dict[str, str]:
        moved = not {"latitude", "longitude"}.isdisjoint(changed)
        return (
            {"position_source": self.source}
            if moved and self.source and not given.get("position_source")
            else {}
        )

    def _said(self, entry: Entry, before: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
        """The cells that come to say something else, as exports will write them, with the sources of new values."""
        sayable = [name for name in given if BY_NAME[name].kind in (Kind.FACT, Kind.SOURCE)]
        texts = {name: given[name] for name in sayable}
        after = cells_of(
            rewritten(entry.project, texts | self._position_source(texts, given), self.countries.of)
        )
        changed = {name: after[name] for name in sayable if after[name] != before[name]}
        sources = {
            f"{fact}_source": self.source
            for fact in SOURCED
            if self.source
            and not given.get(f"{fact}_source")
            and not changed.keys().isdisjoint(COLUMNS_OF[fact])
        }
        return changed | self._position_source(changed, given) | sources


def _shown(name: str, before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """What a shown cell must say: the names of the country that the row comes to say, the rest as it stands."""
    return after[name] if BY_NAME[name].fact is Fact.COUNTRY else before[name]


def keys_in(sheet: Sheet) -> tuple[frozenset[str], frozenset[str]]:
    """The ids and the numbers that the rows name, whatever they say."""
    header = [plain(name) for name in sheet[0]] if sheet else []

    def column(name: str) -> frozenset[str]:
        if name not in header:
            return frozenset()
        place = header.index(name)
        return frozenset(text for row in sheet[1:] if len(row) > place and (text := plain(row[place])))

    return column("id"), column("no")


def preview_of(sheet: Sheet, find: Find, countries: Countries, *, source: str = "") -> Preview:
    """What importing ``sheet`` changes, or every fault that it has (the first 1,000)."""
    if not sheet or not any(plain(name) for name in sheet[0]):
        return Preview(0, faults=(Fault(1, "(header)", "is empty: the first row names the columns"),))
    if len(sheet) > MOST_ROWS or max(map(len, sheet)) > MOST_COLUMNS:
        reason = f"has more than {MOST_ROWS} rows or {MOST_COLUMNS} columns"
        return Preview(len(sheet) - 1, faults=(Fault(1, "(all)", reason),))
    reading = Reading([plain(name) for name in sheet[0]], countries, source)
    reading.check_header()
    changes: list[RowChange] = []
    if not reading.faults:
        for number, row in enumerate(sheet[1:], start=2):
            if cells := _cells(reading, number, row):
                change = reading.change_of(number, cells, find)
                changes += [change] if change else []
    rows = sum(any(map(plain, row)) for row in sheet[1:])
    faults = tuple(sorted(reading.faults, key=reading.place_of)[:MOST_FAULTS])
    return Preview(rows, () if faults else tuple(changes), faults)


def _cells(reading: Reading, number: int, row: Sequence[str]) -> dict[str, str]:
    """The cells of a row that are not empty, by the file's own names of columns."""
    texts = list(map(plain, row))
    for place, text in enumerate(texts, start=1):
        if text and (place > len(reading.header) or not reading.header[place - 1]):
            reading.faults.append(
                Fault(number, "(none)", "stands in a column without a name", cell_name(place, number))
            )
    return {name: text for name, text in zip(reading.header, texts, strict=False) if name and text}
