"""The table as CSV, and cells that no spreadsheet takes for a formula. Pure.

A cell that begins as a formula does (``=``, ``+``, ``-``, ``@``, a tab, a line's end, and the wide forms that East Asian
spreadsheets take for them) is written with an apostrophe in front, unless it is a plain number. Reading takes just that
apostrophe off again, so that an export imported again changes nothing. Source: OWASP, "CSV Injection".
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from services.catalog.domain.table.columns import BY_NAME
from services.catalog.domain.table.faults import Fault, TableInvalid

CSV = "text/csv"
BYTE_ORDER_MARK = "\ufeff"
"""By it Excel knows UTF-8; without it Hangul is lost."""
_FORMULA = re.compile(r"'*\s*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def neutralised(text: str) -> str:
    """``text`` as it is written into a cell."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def plain(cell: str) -> str:
    """The text of a cell, without spaces around it: what ``neutralised`` was given."""
    text = cell[1:] if cell.startswith("'") and _FORMULA.match(cell[1:]) else cell
    return text.strip()


def read_csv(content: bytes) -> list[list[str]]:
    """The cells of a CSV file in UTF-8, parted by commas, row by row. Raises ``TableInvalid``."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        raise TableInvalid((Fault(row, "(all)", "is not UTF-8: save the list as CSV UTF-8"),)) from error
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        return list(reader)
    except csv.Error as error:
        raise TableInvalid((Fault(reader.line_num, "(all)", f"is no CSV: {error}"),)) from error


def write_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV file of these rows under the header, as spreadsheets open it everywhere."""
    out = io.StringIO()
    out.write(BYTE_ORDER_MARK)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(BY_NAME)
    writer.writerows([neutralised(cell) for cell in row] for row in rows)
    return out.getvalue().encode()
