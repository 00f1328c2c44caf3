"""The catalogue's table as XLSX: read with bounds on what a file may unfold to, written without formulas."""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook

from services.catalog.domain.table.columns import BY_NAME, Kind
from services.catalog.domain.table.faults import Fault, TableInvalid
from services.catalog.domain.table.importing import MOST_COLUMNS, MOST_ROWS
from services.catalog.domain.table.text import neutralised

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_UNPACKED_BYTES = 50 * 1024 * 1024
MOST_PARTS = 1_000
WRITTEN_AT = datetime(2025, 1, 20, 2)  # noqa: DTZ001 - written as it is; the same file whenever it is made
_PLACES = re.compile(rb"<(?:\w+:)?(?:c|row)\b[^>]*?\sr\s*=\s*[\"']([^\"']*)[\"']")
_PLACE = re.compile(rb"([A-Z]{0,3})(\d{1,7})")
Value = int | float | str | bool | time | date | datetime | timedelta


def read_xlsx(content: bytes) -> list[list[str]]:
    """The cells of a workbook's first sheet as text. Raises ``TableInvalid``.

    A file of a few kilobytes can unfold to gigabytes, and one far cell makes a sheet of millions of empty ones: both are
    refused before the sheet is read.
    """
    try:
        _refuse_what_unfolds(content)
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        if not workbook.sheet_names:
            raise _invalid("has no sheet")
        rows = workbook.get_sheet_by_index(0).to_python(skip_empty_area=False, nrows=MOST_ROWS + 1)
    except (
        zipfile.BadZipFile,
        CalamineError,
        OSError,
        ValueError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise _invalid("is no XLSX workbook that can be read: save it as .xlsx or as CSV UTF-8") from error
    return [[_text(value) for value in row] for row in rows]


def _invalid(reason: str) -> TableInvalid:
    return TableInvalid((Fault(1, "(all)", reason),))


def _refuse_what_unfolds(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS:
            raise _invalid(f"has more than {MOST_PARTS} parts")
        left = MOST_UNPACKED_BYTES
        for part in parts:
            with archive.open(part) as opened:  # what its head says of its size is not believed
                unpacked = opened.read(left + 1)
            left -= len(unpacked)
            if left < 0:
                raise _invalid(f"unfolds to more than {MOST_UNPACKED_BYTES // 1024**2} MiB")
            _refuse_far_cells(unpacked)  # a sheet may have any name


def _refuse_far_cells(part: bytes) -> None:
    for place in _PLACES.finditer(part):
        found = _PLACE.fullmatch(place[1])
        column = 0
        for letter in found[1] if found else b"":
            column = column * 26 + letter - ord("A") + 1
        if found is None or int(found[2]) > MOST_ROWS or column > MOST_COLUMNS:
            raise _invalid(f"has cells beyond {MOST_ROWS} rows or {MOST_COLUMNS} columns")


def _text(value: Value) -> str:
    """A cell's value as the table writes it."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.9f}".rstrip("0").rstrip(".")
    return str(value)


def write_xlsx(rows: Iterable[Sequence[str]]) -> bytes:
    """A workbook of these rows under the header, its first row and columns held; numbers are numbers, the rest is text.

    The same rows give the same bytes.
    """
    out = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as workbook:
        workbook.set_properties({"created": WRITTEN_AT})
        sheet = workbook.add_worksheet("projects")
        head = {kind: workbook.add_format({"bold": True, "bg_color": tint}) for kind, tint in _TINTS.items()}
        held = workbook.add_format({"quote_prefix": True})
        sheet.freeze_panes(1, 2)
        for place, column in enumerate(BY_NAME.values()):
            sheet.set_column(place, place, 14)
            sheet.write_string(0, place, column.name, head[column.kind])
        for number, row in enumerate(rows, start=1):
            for place, (name, cell) in enumerate(zip(BY_NAME, row, strict=True)):
                if not cell:
                    continue
                if name in _NUMBERS:
                    sheet.write_number(number, place, float(cell))
                else:
                    text = neutralised(cell)
                    sheet.write_string(number, place, text, held if text != cell else None)
    return out.getvalue()


_NUMBERS = frozenset({"no", "selection_year", "latitude", "longitude", "support_krw"})
_TINTS = {Kind.KEY: "#D9E2EC", Kind.FACT: "#FFFFFF", Kind.SOURCE: "#EEF6F0", Kind.SHOWN: "#EDEDED"}
"""The header's colours: what is only shown, and an import does not take, is grey."""
