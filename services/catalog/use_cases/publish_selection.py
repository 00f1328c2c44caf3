"""Publish the projects of an announced selection."""

from datetime import datetime

from services.catalog.countries import country_of
from services.catalog.domain.history import Cause, Why
from services.catalog.domain.project import Origin, Project, ProjectType, Stage, id_of_selected
from services.catalog.domain.text import Bilingual
from services.catalog.repository.projects import ProjectRepository
from shared.errors import Retryable
from shared.events.review import SelectedProject, SelectionAnnounced
from shared.events.text import LocalText
from shared.ids import ApplicationId, CallId, SelectionId

ACTOR = "worker:catalog"


async def publish_selection(
    selection: SelectionAnnounced, *, announced_at: datetime, projects: ProjectRepository
) -> int:
    """Publish one project for each selected application, returns how many were new.

    An application stands in the catalogue once, however often it is announced. What was not selected,
    ranks, receipt numbers and contacts are not kept. Raises ``Retryable`` before the call is known.
    """
    if not await projects.knows_call(CallId(selection.call_id)):
        raise Retryable(f"the call {selection.call_id} of this selection is not known yet")
    new, why = 0, Why(Cause.ANNOUNCEMENT, ACTOR, announced_at)
    for chosen in sorted(selection.selected, key=lambda chosen: chosen.application_id):  # locks in one order
        new += await projects.publish(_project(selection, chosen), why)
    return new


def _project(selection: SelectionAnnounced, chosen: SelectedProject) -> Project:
    application_id = ApplicationId(chosen.application_id)
    return Project(
        id=id_of_selected(application_id),
        number=None,
        stage=Stage.SELECTED,
        type=ProjectType(chosen.project.project_type),
        selection_year=selection.year,
        country=country_of(chosen.project.country_iso2),
        city=_bilingual(chosen.project.city),
        title=_bilingual(chosen.project.title),
        organisation=_bilingual(chosen.organisation.name),
        partner=_bilingual(chosen.partner_name),
        support_krw=chosen.support_krw,
        sources=(),
        note=None,
        origin=Origin(application_id, SelectionId(selection.selection_id), CallId(selection.call_id)),
    )


def _bilingual(text: LocalText | None) -> Bilingual | None:
    return Bilingual(text.ko, text.en) if text else None
