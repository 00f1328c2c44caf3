"""What comes back of a restored catalogue: every published project, as its own events tell it."""

from services.catalog.consumers import handlers
from services.catalog.countries import country_of
from services.catalog.domain.history import Cause, Why
from services.catalog.domain.place import PlaceKind, Position
from services.catalog.domain.project import Fact, Origin, Project, ProjectType, Stage
from services.catalog.domain.sector import Sector, SectorBasis, Sectors
from services.catalog.domain.text import Bilingual
from services.catalog.repository.projects import ProjectRepository
from services.catalog.settings import CatalogSettings
from shared.database.connection import Tx
from shared.delivery.handlers import Handlers
from shared.delivery.recovery.plan import Plan
from shared.delivery.recovery.refusals import NotRestorable
from shared.events.catalog import ProjectPublished
from shared.events.envelope import Received
from shared.events.text import LocalText
from shared.ids import ApplicationId, CallId, ProjectId, SelectionId

ACTOR = "recovery:catalog"
"""Who changed an entry is in no event."""


def plan() -> Plan:
    """Own projects first: an announcement that is read again then finds its projects there and publishes nothing."""
    restorers = Handlers()
    restorers.on(ProjectPublished)(on_project_published)
    return Plan(
        settings=CatalogSettings(),
        restorers=restorers,
        consumed=handlers(),
        read_again_first=False,
        forgotten=(
            "audit entries, who changed an entry, and kept Idempotency-Keys since the backup",
            "imports since the backup with their previews: what was applied of them comes back with its projects",
            "projects whose ProjectPublished is from before November 2026: the announcement or the list brings them",
        ),
    )


async def on_project_published(event: Received[ProjectPublished], tx: Tx) -> None:
    """The project as this event tells it. Raises ``NotRestorable`` for an event that does not tell all of it."""
    told = event.data
    if told.revision == 0:
        raise NotRestorable("the event is older than its fields for a recovery")
    origin = None
    if told.application_id and told.selection_id and told.call_id:
        origin = Origin(
            ApplicationId(told.application_id), SelectionId(told.selection_id), CallId(told.call_id)
        )
    project = Project(
        id=ProjectId(told.project_id),
        number=told.number,
        stage=Stage(told.stage or told.state),
        type=ProjectType(told.project_type),
        selection_year=told.selection_year,
        country=country_of(told.country_iso2) if told.country_iso2 else None,
        city=_bilingual(told.city),
        title=_bilingual(told.title),
        organisation=_bilingual(told.organisation),
        partner=_bilingual(told.partner),
        support_krw=told.support_krw,
        sources=told.sources,
        note=told.note,
        origin=origin,
        place_kind=PlaceKind(told.place_kind) if told.place_kind else None,
        position=Position(**told.position.model_dump()) if told.position else None,
        stated_sectors=_stated(told),
        agreed_on=told.agreed_on,
        started_on=told.started_on,
        completed_on=told.completed_on,
        fact_sources={Fact(fact): given for fact, given in told.fact_sources.items()},
    )
    cause = Cause(told.cause or Cause.UNKNOWN)
    why = Why(cause, ACTOR, event.time, told.reason, told.change_source, told.import_id)
    await ProjectRepository(tx).restore(project, why, revision=told.revision, published_at=told.published_at)


def _stated(told: ProjectPublished) -> Sectors | None:
    if told.sectors_basis != SectorBasis.STATED:
        return None
    return Sectors.stated([Sector(each) for each in told.sectors])


def _bilingual(text: LocalText | None) -> Bilingual | None:
    return Bilingual(text.ko, text.en) if text else None
