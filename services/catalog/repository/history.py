"""Reading how an entry became what it is."""

from sqlalchemy import select

from services.catalog.domain.history import Cause, Change, Revision
from services.catalog.domain.project import Fact
from services.catalog.tables import project_history
from shared.database.connection import Tx
from shared.ids import ProjectId


async def revisions_of(tx: Tx, project_id: ProjectId, *, up_to: int) -> tuple[Revision, ...]:
    """The revisions of an entry up to the one that was read, the oldest first."""
    table = project_history
    mine = (table.c.project_id == project_id) & (table.c.revision <= up_to)
    statement = select(table).where(mine).order_by(table.c.revision)
    return tuple(
        Revision(
            row["revision"],
            row["at"],
            Cause(row["cause"]),
            row["reason"],
            row["source"],
            row["import_id"],
            tuple(Change(Fact(one["fact"]), one["before"], one["after"]) for one in row["changes"]),
        )
        for row in (await tx.execute(statement)).mappings()
    )
