"""Say of a published project that it was given up."""

from datetime import datetime

from services.catalog.domain.history import Cause, Why
from services.catalog.domain.lifecycle import withdrawn
from services.catalog.repository.projects import ProjectRepository
from shared.errors import Retryable
from shared.events.review import ProjectWithdrawn
from shared.ids import ApplicationId

ACTOR = "worker:catalog"


async def withdraw_project(told: ProjectWithdrawn, *, at: datetime, projects: ProjectRepository) -> bool:
    """Its entry stays, with its history, because it was public; False and no effect when it says so already.

    Raises ``Retryable`` while its selection is not published: it comes on another topic, and may be late.
    """
    present = await projects.lock_of_application(ApplicationId(told.application_id))
    if present is None:
        raise Retryable(f"the selection of application {told.application_id} is not published yet")
    after = withdrawn(present.project)
    if after == present.project:
        return False
    since = max(at, present.published_at)  # it may have been given up while its announcement was under way
    await projects.change(present, after, Why(Cause.WITHDRAWAL, ACTOR, since))
    return True
