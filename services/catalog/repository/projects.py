"""The catalogue's entries: each change with its revision, its history, its audit entry and its event."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert

from services.catalog.domain.entry import Entry, KnownCall
from services.catalog.domain.history import Cause, Change, Why, changes_between
from services.catalog.domain.project import Country, Project
from services.catalog.domain.text import Bilingual
from services.catalog.repository.rows import ENTRIES, columns_of, derived_columns, entry_of, project_of
from services.catalog.tables import call, catalogue_version, project, project_history
from shared.database.connection import Tx
from shared.delivery.audit import write_audit
from shared.delivery.journal import record
from shared.events.call_definition import CallDefinition
from shared.events.catalog import ProjectPublished, PublishedPosition
from shared.events.text import LocalText
from shared.ids import ApplicationId, CallId, ProjectId

_LOCK_LIST = text("SELECT pg_advisory_xact_lock(hashtext('catalog-completed-list'))")
_ACTIONS = {cause: f"{cause}_project" for cause in Cause}


class ProjectRepository:
    """The catalogue inside one transaction."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def remember_call(self, known: KnownCall, definition: CallDefinition) -> None:
        """Keep the call, unless a newer version is kept already."""
        values = {
            "id": known.id,
            "version": known.version,
            "code": known.code,
            "year": known.year,
            "name_ko": known.name.ko,
            "name_en": known.name.en,
            "definition": definition.model_dump(mode="json"),
        }
        statement = insert(call).values(values)
        await self._tx.execute(
            statement.on_conflict_do_update(
                index_elements=[call.c.id],
                set_={name: statement.excluded[name] for name in values if name != "id"},
                where=call.c.version < statement.excluded.version,
            )
        )

    async def knows_call(self, call_id: CallId) -> bool:
        """Whether the call's announcement has arrived."""
        return await self._tx.scalar(select(call.c.id).where(call.c.id == call_id)) is not None

    async def lock_completed(self) -> dict[ProjectId, tuple[Entry, dict[str, str] | None]]:
        """The numbered projects by id, each with its row of the list as last loaded; nobody else loads it meanwhile."""
        await self._tx.execute(_LOCK_LIST)
        statement = ENTRIES.where(project.c.number.is_not(None)).with_for_update(of=project)
        rows = (await self._tx.execute(statement)).mappings()
        return {ProjectId(row["id"]): (entry_of(row), row["listed"]) for row in rows}

    async def keep_listed(self, project_id: ProjectId, row: dict[str, str]) -> None:
        """Remember what the completed list said of a project."""
        await self._tx.execute(update(project).where(project.c.id == project_id).values(listed=row))

    async def publish(self, published: Project, why: Why) -> bool:
        """Put a project into the catalogue; False and no effect when its application stands there already."""
        statement = (
            insert(project)
            .values(**columns_of(published), revision=1, published_at=why.at)
            .on_conflict_do_nothing(index_elements=[project.c.application_id])
            .returning(project.c.id)
        )
        if await self._tx.scalar(statement) is None:
            return False
        changes = changes_between(None, published)
        await self._record(Entry(published, 1, why.at, None), changes, why)
        return True

    async def change(self, present: Entry, changed: Project, why: Why) -> int:
        """Replace what an entry says, and give its new revision. The caller holds its lock."""
        revision = present.revision + 1
        await self._tx.execute(
            update(project)
            .where(project.c.id == present.project.id)
            .values(**columns_of(changed), revision=revision)
        )
        changes = changes_between(present.project, changed)
        await self._record(Entry(changed, revision, present.published_at, present.call), changes, why)
        return revision

    async def restore(self, restored: Project, why: Why, *, revision: int, published_at: datetime) -> None:
        """Put a project back as one of its events told it; what is there already and newer stays. No event, no audit."""
        before = await self.lock(restored.id)
        values = {**columns_of(restored), "revision": revision, "published_at": published_at}
        statement = insert(project).values(values)
        await self._tx.execute(
            statement.on_conflict_do_update(
                index_elements=[project.c.id],
                set_={name: statement.excluded[name] for name in values if name != "id"},
                where=project.c.revision < statement.excluded.revision,
            )
        )
        if before is None or before.revision < revision:
            changes = changes_between(before.project if before else None, restored)
            await self._remember(restored.id, revision, changes, why)
            await self.seen_otherwise()

    async def refresh_derived(self) -> int:
        """Derive anew what is kept only to find projects again; how many said something else before."""
        changed = 0
        for row in (await self._tx.execute(select(project).with_for_update())).mappings().all():
            derived = derived_columns(project_of(row))
            if any(row[name] != value for name, value in derived.items()):
                await self._tx.execute(update(project).where(project.c.id == row["id"]).values(derived))
                changed += 1
        if changed:
            await self.seen_otherwise()
        return changed

    async def lock(self, project_id: ProjectId) -> Entry | None:
        """The entry with this id, which nobody else changes until the transaction ends."""
        return await self._one(project.c.id == project_id, lock=True)

    async def find_several(self, ids: Collection[UUID], numbers: Collection[int]) -> list[Entry]:
        """The entries with these ids or numbers."""
        named = or_(project.c.id.in_(ids), project.c.number.in_(numbers))
        rows = (await self._tx.execute(ENTRIES.where(named))).mappings()
        return [entry_of(row) for row in rows]

    async def lock_several(self, ids: Collection[UUID]) -> dict[ProjectId, Entry]:
        """The entries with these ids, all locked at once; the completed list is not loaded meanwhile."""
        await self._tx.execute(_LOCK_LIST)
        statement = ENTRIES.where(project.c.id.in_(ids)).order_by(project.c.id).with_for_update(of=project)
        rows = (await self._tx.execute(statement)).mappings()
        return {ProjectId(row["id"]): entry_of(row) for row in rows}

    async def lock_of_application(self, application_id: ApplicationId) -> Entry | None:
        """The entry that this application became, locked."""
        return await self._one(project.c.application_id == application_id, lock=True)

    async def seen_otherwise(self) -> None:
        """Note that readers see other projects from the end of this transaction on (calls have versions of their own)."""
        await self._tx.execute(update(catalogue_version).values(version=catalogue_version.c.version + 1))

    async def _one(self, condition: ColumnElement[bool], *, lock: bool = False) -> Entry | None:
        statement = ENTRIES.where(condition)
        if lock:
            statement = statement.with_for_update(of=project)
        row = (await self._tx.execute(statement)).mappings().first()
        return entry_of(row) if row else None

    async def _record(self, entry: Entry, changes: tuple[Change, ...], why: Why) -> None:
        of = entry.project
        await write_audit(
            self._tx,
            actor=why.actor,
            action=_ACTIONS[why.cause],
            object_type="project",
            object_id=of.id,
            business_at=why.at,
            facts={
                "revision": entry.revision,
                "state": of.state,
                "number": of.number,
                "facts": " ".join(change.fact for change in changes),
                **({"import": str(why.import_id)} if why.import_id else {}),
            },
        )
        await self._remember(of.id, entry.revision, changes, why)
        await self.seen_otherwise()
        await record(self._tx, _event(entry, why), aggregate_id=of.id, occurred_at=why.at)

    async def _remember(
        self, project_id: ProjectId, revision: int, changes: tuple[Change, ...], why: Why
    ) -> None:
        await self._tx.execute(
            insert(project_history).values(
                project_id=project_id,
                revision=revision,
                at=why.at,
                cause=why.cause,
                actor=why.actor,
                reason=why.reason,
                source=why.source,
                import_id=why.import_id,
                changes=[
                    {"fact": change.fact, "before": _json(change.before), "after": _json(change.after)}
                    for change in changes
                ],
            )
        )


def _event(entry: Entry, why: Why) -> ProjectPublished:
    of = entry.project
    return ProjectPublished(
        project_id=of.id,
        number=of.number,
        selection_year=of.selection_year,
        project_type=of.type,
        state=of.state,
        stage=of.stage,
        title=_local_text(of.title),
        city=_local_text(of.city),
        country_iso2=of.country.iso2 if of.country else None,
        published_at=entry.published_at,
        organisation=_local_text(of.organisation),
        partner=_local_text(of.partner),
        support_krw=of.support_krw,
        sources=of.sources,
        note=of.note,
        revision=entry.revision,
        application_id=of.origin.application_id if of.origin else None,
        selection_id=of.origin.selection_id if of.origin else None,
        call_id=of.origin.call_id if of.origin else None,
        place_kind=of.place_kind,
        position=PublishedPosition(**asdict(of.position)) if of.position else None,
        sectors=tuple(of.sectors.values) if of.sectors else (),
        sectors_basis=of.sectors.basis if of.sectors else None,
        agreed_on=of.agreed_on,
        started_on=of.started_on,
        completed_on=of.completed_on,
        fact_sources={fact.value: given for fact, given in of.fact_sources.items()},
        cause=why.cause,
        reason=why.reason,
        change_source=why.source,
        import_id=why.import_id,
    )


def _local_text(both: Bilingual | None) -> LocalText | None:
    return LocalText(ko=both.ko, en=both.en) if both else None


def _json(value: object) -> Any:
    """A fact's value as JSON."""
    if isinstance(value, Country):
        return value.iso2
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "__dataclass_fields__"):
        return asdict(value)  # type: ignore[call-overload] # it is one
    if isinstance(value, tuple):
        return list(value)
    return dict(value) if hasattr(value, "keys") else value  # type: ignore[call-overload] # a mapping
