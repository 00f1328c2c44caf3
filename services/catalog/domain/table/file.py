"""A file that was given to be imported: what it changes, whether it was applied, and when it cannot be. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from services.catalog.domain.entry import Entry
from services.catalog.domain.table.importing import Preview
from shared.errors import DomainError, Kind
from shared.ids import ProjectId

MOST_BYTES = 5 * 1024 * 1024


class ImportState(StrEnum):
    """How far an import is: its faults must be put right in the file, or it can be applied, or it was."""

    FAULTY = "faulty"
    PREVIEWED = "previewed"
    APPLIED = "applied"


class ImportMediaTypeNotAllowed(DomainError):
    """An import is CSV or XLSX."""

    kind = Kind.UNSUPPORTED
    title = "This type of file is not taken"

    def __init__(self, allowed: Collection[str]) -> None:
        super().__init__("Send the file as " + " or ".join(allowed) + ".")


class ImportFaulty(DomainError):
    """The file has faults, so nothing of it can be applied."""

    title = "The import has faults"

    def __init__(self) -> None:
        super().__init__("Put right what its faults name, and give the file anew.")


class ImportAppliedAlready(DomainError):
    """An import is applied once."""

    title = "The import was applied already"

    def __init__(self, applied_at: datetime) -> None:
        super().__init__(
            f"It was applied at {applied_at.isoformat()}; give the file anew to see what it changes now."
        )


class ImportOutdated(DomainError):
    """Entries changed since the preview, so it no longer says what would happen."""

    title = "Entries changed since the preview"

    def __init__(self, rows: Sequence[str], project_ids: Sequence[str]) -> None:
        super().__init__(
            "Nothing was changed. Give the file anew, look at its preview, and apply that.",
            facts={"rows": rows, "project_ids": project_ids},
        )


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file as it was given. ``source``: addresses of public text for every new value whose row names none."""

    name: str
    media_type: str
    size_bytes: int
    sha256: str
    source: str | None


@dataclass(frozen=True, slots=True)
class TableImport:
    """An import and its preview. Who gave and applied it are accounts."""

    id: UUID
    created_at: datetime
    created_by: str
    file: GivenFile
    preview: Preview
    applied_at: datetime | None = None
    applied_by: str | None = None

    @property
    def state(self) -> ImportState:
        """Faulty, previewed or applied."""
        if self.applied_at is not None:
            return ImportState.APPLIED
        return ImportState.FAULTY if self.preview.faults else ImportState.PREVIEWED

    @property
    def revision(self) -> int:
        """1 when it was given, 2 once it is applied."""
        return 1 if self.applied_at is None else 2

    def must_be_applicable(self) -> None:
        """Raise ``ImportFaulty`` or ``ImportAppliedAlready`` for one that is not."""
        if self.applied_at is not None:
            raise ImportAppliedAlready(self.applied_at)
        if self.preview.faults:
            raise ImportFaulty

    def must_be_current(self, entries: Mapping[ProjectId, Entry]) -> None:
        """Raise ``ImportOutdated`` when one of the entries is no longer as the preview saw it."""
        outdated = [
            row
            for row in self.preview.changes
            if (entry := entries.get(ProjectId(row.project_id))) is None or entry.revision != row.revision
        ]
        if outdated:
            raise ImportOutdated(
                [str(one.row) for one in outdated], [str(one.project_id) for one in outdated]
            )
