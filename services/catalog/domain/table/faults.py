"""What is wrong with a table. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: ``row`` counts the rows of the table, its header is 1. ``cell``: as spreadsheets name it."""

    row: int
    column: str
    reason: str
    cell: str | None = None

    def __str__(self) -> str:
        return f"row {self.row}, column {self.column}: {self.reason}"


class TableInvalid(Exception):
    """The table cannot be used; ``faults`` says all that is wrong with it."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = faults


def cell_name(column: int, row: int) -> str:
    """How spreadsheets name a cell; both count from 1: the sixth column's in row 38 is ``F38``."""
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row}"
