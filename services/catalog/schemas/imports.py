"""Imports over HTTP. An empty text of a cell means: not published."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from services.catalog.domain.table.file import ImportState, TableImport
from shared.http.schema import Schema


class CellChangeOut(Schema):
    """One cell that changes."""

    column: str = Field(examples=["support_krw"])
    cell: str | None = Field(
        description="As spreadsheets name it; null: the source given with the import fills it",
        examples=["F38"],
    )
    before: str = Field(description='What the catalogue says; "": not published', examples=[""])
    after: str = Field(examples=["400000000"])


class RowChangeOut(Schema):
    """What changes of one project."""

    row: int = Field(description="Row of the file; its header is row 1", examples=[38])
    project_id: UUID
    number: int | None = Field(description="Its number in the list of completed projects", examples=[37])
    revision: int = Field(description="Revision of the entry that the preview was made of")
    cells: list[CellChangeOut]


class FaultOut(Schema):
    """One thing that is wrong with the file."""

    row: int = Field(examples=[37])
    column: str = Field(
        description="Its name in the file; in parentheses where it is not about one", examples=["support_krw"]
    )
    cell: str | None = Field(
        description="As spreadsheets name it; null: it is about more than one", examples=["F37"]
    )
    reason: str = Field(
        description="Says what the cell must be or why it does not do",
        examples=["must be won, a whole number from 0 to 1000000000000"],
    )


class ImportSummary(Schema):
    """A file that was given to be imported; the file itself is not kept."""

    id: UUID
    state: ImportState = Field(
        description="`faulty`: nothing can be applied; `previewed`: it can be; `applied`: it was, all of it"
    )
    file_name: str = Field(examples=["k-city-projects.xlsx"])
    media_type: str
    size_bytes: int
    sha256: str = Field(description="Of the file's bytes, in hexadecimal digits")
    source: str | None = Field(description="For every new value whose row names no source")
    rows: int = Field(description="Rows with something in them, without the header")
    changed_projects: int
    fault_count: int = Field(description="At most 1,000 are noted")
    created_at: datetime
    created_by: str = Field(description="The account that gave it")
    applied_at: datetime | None
    applied_by: str | None = Field(description="The account that applied it")

    @classmethod
    def of(cls, given: TableImport) -> "ImportSummary":
        """The line of an import in a list."""
        return cls.model_validate(_summary(given))


class ImportOut(ImportSummary):
    """An import with its preview: all that it changes, or all that is wrong with it."""

    changes: list[RowChangeOut] = Field(description="None while there is a fault")
    faults: list[FaultOut]

    @classmethod
    def of(cls, given: TableImport) -> "ImportOut":
        """The answer for an import."""
        preview = given.preview
        changes = [RowChangeOut.model_validate(row) for row in preview.changes]
        faults = [FaultOut.model_validate(one) for one in preview.faults]
        return cls.model_validate({**_summary(given), "changes": changes, "faults": faults})


def _summary(given: TableImport) -> dict[str, object]:
    return {
        "id": given.id,
        "state": given.state,
        "file_name": given.file.name,
        "media_type": given.file.media_type,
        "size_bytes": given.file.size_bytes,
        "sha256": given.file.sha256,
        "source": given.file.source,
        "rows": given.preview.rows,
        "changed_projects": len(given.preview.changes),
        "fault_count": len(given.preview.faults),
        "created_at": given.created_at,
        "created_by": given.created_by,
        "applied_at": given.applied_at,
        "applied_by": given.applied_by,
    }
