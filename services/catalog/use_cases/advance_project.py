"""Take over how far a selected project is."""

from collections.abc import Mapping
from datetime import datetime

from services.catalog.domain.history import Cause, Why
from services.catalog.domain.lifecycle import advanced
from services.catalog.repository.projects import ProjectRepository
from shared.errors import Retryable
from shared.events.review import AgreementSigned, ProjectCompleted, ProjectStarted
from shared.ids import ApplicationId

ACTOR = "worker:catalog"
_CAUSES: Mapping[type[AgreementSigned | ProjectStarted | ProjectCompleted], Cause] = {
    AgreementSigned: Cause.AGREEMENT,
    ProjectStarted: Cause.START,
    ProjectCompleted: Cause.COMPLETION,
}


async def advance_project(
    told: AgreementSigned | ProjectStarted | ProjectCompleted, *, at: datetime, projects: ProjectRepository
) -> bool:
    """Bring the entry of the application on; False and no effect when it is as far already.

    Raises ``Retryable`` while its selection is not published: it comes on another topic, and may be late.
    """
    present = await projects.lock_of_application(ApplicationId(told.application_id))
    if present is None:
        raise Retryable(f"the selection of application {told.application_id} is not published yet")
    cause = _CAUSES[type(told)]
    after = advanced(present.project, cause, told.day)
    if after == present.project:
        return False
    await projects.change(present, after, Why(cause, ACTOR, at))
    return True
