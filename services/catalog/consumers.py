"""What catalog takes from the bus: a copy of the calls, selections once they are announced, and how they go on."""

from services.catalog.repository.projects import ProjectRepository
from services.catalog.tables import COPIES
from services.catalog.use_cases.advance_project import advance_project
from services.catalog.use_cases.publish_selection import publish_selection
from services.catalog.use_cases.remember_call import remember_call
from services.catalog.use_cases.withdraw_project import withdraw_project
from shared.database.connection import Tx
from shared.delivery.handlers import Handlers
from shared.events.envelope import Received
from shared.events.intake import CallAmended, CallPublished
from shared.events.review import (
    AgreementSigned,
    ProjectCompleted,
    ProjectStarted,
    ProjectWithdrawn,
    SelectionAnnounced,
)


def handlers() -> Handlers:
    """The consumed events and what each does."""
    table = Handlers(copies=COPIES)

    @table.copy(CallPublished)
    async def copy_call_published(event: Received[CallPublished], tx: Tx) -> None:
        """The announced call gets its name."""
        body = event.data
        await remember_call(body.call_id, body.version, body.definition, projects=ProjectRepository(tx))

    @table.copy(CallAmended)
    async def copy_call_amended(event: Received[CallAmended], tx: Tx) -> None:
        """An amended call may have another name."""
        body = event.data
        await remember_call(body.call_id, body.version, body.definition, projects=ProjectRepository(tx))

    @table.on(SelectionAnnounced)
    async def on_selection_announced(event: Received[SelectionAnnounced], tx: Tx) -> None:
        """The selected projects become public."""
        await publish_selection(event.data, announced_at=event.time, projects=ProjectRepository(tx))

    @table.on(AgreementSigned)
    async def on_agreement_signed(event: Received[AgreementSigned], tx: Tx) -> None:
        """The project is agreed."""
        await advance_project(event.data, at=event.time, projects=ProjectRepository(tx))

    @table.on(ProjectStarted)
    async def on_project_started(event: Received[ProjectStarted], tx: Tx) -> None:
        """The project is under way."""
        await advance_project(event.data, at=event.time, projects=ProjectRepository(tx))

    @table.on(ProjectCompleted)
    async def on_project_completed(event: Received[ProjectCompleted], tx: Tx) -> None:
        """The project is completed, and counts as such."""
        await advance_project(event.data, at=event.time, projects=ProjectRepository(tx))

    @table.on(ProjectWithdrawn)
    async def on_project_withdrawn(event: Received[ProjectWithdrawn], tx: Tx) -> None:
        """The project is given up, and says so."""
        await withdraw_project(event.data, at=event.time, projects=ProjectRepository(tx))

    return table
