"""All SQL of catalog."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, Select, func, select, text, tuple_
from sqlalchemy.dialects.postgresql import insert

from services.catalog.domain.entry import Entry, KnownCall, Order, Wanted
from services.catalog.domain.project import (
    Bilingual,
    Country,
    Origin,
    Project,
    ProjectState,
    ProjectType,
)
from services.catalog.domain.search_text import search_text
from services.catalog.domain.statistics import Tally
from services.catalog.tables import call, project
from shared.database.connection import Tx
from shared.delivery.audit import write_audit
from shared.delivery.journal import record
from shared.events.catalog import ProjectPublished
from shared.events.text import LocalText
from shared.ids import ApplicationId, CallId, ProjectId, SelectionId

BEHIND_ALL_NUMBERS = 2**31 - 1
_TEXTS = ("city", "title", "organisation", "partner")
_LOCK_LIST = text("SELECT pg_advisory_xact_lock(hashtext('catalog-completed-list'))")
_place = func.coalesce(project.c.number, BEHIND_ALL_NUMBERS)
_ENTRIES: Select[Any] = select(
    *project.c,
    call.c.version.label("call_version"),
    call.c.code.label("call_code"),
    call.c.year.label("call_year"),
    call.c.name_ko.label("call_ko"),
    call.c.name_en.label("call_en"),
).outerjoin_from(project, call, call.c.id == project.c.call_id)


class ProjectRepository:
    """The catalogue inside one transaction."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def remember_call(self, known: KnownCall) -> None:
        """Keep the call, unless a newer version is kept already."""
        values = {
            "id": known.id,
            "version": known.version,
            "code": known.code,
            "year": known.year,
            "name_ko": known.name.ko,
            "name_en": known.name.en,
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

    async def lock_completed(self) -> dict[ProjectId, Entry]:
        """The completed projects by id; nobody else loads the list until the transaction ends."""
        await self._tx.execute(_LOCK_LIST)
        statement = _ENTRIES.where(project.c.state == ProjectState.COMPLETED).with_for_update(of=project)
        rows = (await self._tx.execute(statement)).mappings()
        return {entry.project.id: entry for entry in map(_entry, rows)}

    async def publish(self, published: Project, *, at: datetime, actor: str) -> bool:
        """Put a project into the catalogue; False and no effect when its application stands there already."""
        statement = (
            insert(project)
            .values(**_columns(published), revision=1, published_at=at)
            .on_conflict_do_nothing(index_elements=[project.c.application_id])
            .returning(project.c.id)
        )
        if await self._tx.scalar(statement) is None:
            return False
        await self._record(published, at, revision=1, published_at=at, actor=actor, action="publish_project")
        return True

    async def change(self, present: Entry, changed: Project, *, at: datetime, actor: str) -> None:
        """Replace what an entry says. The caller holds its lock."""
        revision = present.revision + 1
        await self._tx.execute(
            project.update()
            .where(project.c.id == present.project.id)
            .values(**_columns(changed), revision=revision)
        )
        await self._record(
            changed,
            at,
            revision=revision,
            published_at=present.published_at,
            actor=actor,
            action="correct_project",
        )

    async def restore(self, restored: Project, *, revision: int, published_at: datetime) -> None:
        """Put a project back as one of its events told it; what is there already and newer stays. No event, no audit."""
        values = {**_columns(restored), "revision": revision, "published_at": published_at}
        statement = insert(project).values(values)
        await self._tx.execute(
            statement.on_conflict_do_update(
                index_elements=[project.c.id],
                set_={name: statement.excluded[name] for name in values if name != "id"},
                where=project.c.revision < statement.excluded.revision,
            )
        )

    async def find(self, project_id: ProjectId) -> Entry | None:
        """The entry with this id."""
        return await self._one(project.c.id == project_id)

    async def find_number(self, number: int) -> Entry | None:
        """The completed project with this number."""
        return await self._one(project.c.number == number)

    async def page(
        self, wanted: Wanted, order: Order, *, after: Sequence[int | UUID] | None, fetch: int
    ) -> list[Entry]:
        """At most ``fetch`` entries that fit, from behind the sort keys ``after``."""
        keys = _sort_keys(order)
        statement = _ENTRIES.where(*_conditions(wanted))
        if after is not None:
            row, last = tuple_(*keys), tuple_(*after)
            statement = statement.where(row < last if order.descending else row > last)
        statement = statement.order_by(*(key.desc() if order.descending else key.asc() for key in keys))
        rows = (await self._tx.execute(statement.limit(fetch))).mappings()
        return [_entry(row) for row in rows]

    async def tallies(self) -> list[Tally]:
        """How many projects there are of each kind; together they cover the catalogue once."""
        groups = (project.c.state, project.c.type, project.c.selection_year, project.c.country_iso2)
        statement = select(
            *groups,
            func.max(project.c.country_ko).label("country_ko"),
            func.max(project.c.country_en).label("country_en"),
            func.count().label("projects"),
        )
        rows = (await self._tx.execute(statement.group_by(*groups))).mappings()
        return [
            Tally(
                ProjectState(row["state"]),
                ProjectType(row["type"]),
                row["selection_year"],
                _country(row),
                row["projects"],
            )
            for row in rows
        ]

    async def _one(self, condition: ColumnElement[bool]) -> Entry | None:
        row = (await self._tx.execute(_ENTRIES.where(condition))).mappings().first()
        return _entry(row) if row else None

    async def _record(
        self, of: Project, at: datetime, *, revision: int, published_at: datetime, actor: str, action: str
    ) -> None:
        await write_audit(
            self._tx,
            actor=actor,
            action=action,
            object_type="project",
            object_id=of.id,
            business_at=at,
            facts={"revision": revision, "state": of.state, "number": of.number},
        )
        event = ProjectPublished(
            project_id=of.id,
            number=of.number,
            selection_year=of.selection_year,
            project_type=of.type,
            state=of.state,
            title=_local_text(of.title),
            city=_local_text(of.city),
            country_iso2=of.country.iso2 if of.country else None,
            published_at=published_at,
            organisation=_local_text(of.organisation),
            partner=_local_text(of.partner),
            support_krw=of.support_krw,
            sources=of.sources,
            note=of.note,
            revision=revision,
            application_id=of.origin.application_id if of.origin else None,
            selection_id=of.origin.selection_id if of.origin else None,
            call_id=of.origin.call_id if of.origin else None,
        )
        await record(self._tx, event, aggregate_id=of.id, occurred_at=at)


def keys_of(entry: Entry, order: Order) -> tuple[int | UUID, ...]:
    """What ``entry`` is sorted by: unique, so that a page ends between two entries."""
    number = entry.project.number if entry.project.number is not None else BEHIND_ALL_NUMBERS
    if order.by_year:
        return (entry.project.selection_year, number, entry.project.id)
    return (number, entry.project.id)


def _sort_keys(order: Order) -> tuple[ColumnElement[Any], ...]:
    if order.by_year:
        return (project.c.selection_year, _place, project.c.id)
    return (_place, project.c.id)


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.year is not None:
        conditions.append(project.c.selection_year == wanted.year)
    if wanted.countries:
        conditions.append(project.c.country_iso2.in_(wanted.countries))
    if wanted.type is not None:
        conditions.append(project.c.type == wanted.type)
    if wanted.state is not None:
        conditions.append(project.c.state == wanted.state)
    if wanted.text is not None:
        conditions.append(project.c.search.contains(wanted.text, autoescape=True))
    return conditions


def _columns(of: Project) -> dict[str, Any]:
    columns: dict[str, Any] = {
        "id": of.id,
        "number": of.number,
        "state": of.state,
        "type": of.type,
        "selection_year": of.selection_year,
        "country_iso2": of.country.iso2 if of.country else None,
        "support_krw": of.support_krw,
        "sources": list(of.sources),
        "note": of.note,
        "application_id": of.origin.application_id if of.origin else None,
        "selection_id": of.origin.selection_id if of.origin else None,
        "call_id": of.origin.call_id if of.origin else None,
        "search": search_text(of),
    }
    texts: dict[str, Bilingual | None] = {name: getattr(of, name) for name in _TEXTS}
    texts["country"] = of.country.name if of.country else None
    for name, both in texts.items():
        columns |= {f"{name}_ko": both.ko if both else None, f"{name}_en": both.en if both else None}
    return columns


def _entry(row: RowMapping) -> Entry:
    return Entry(_project(row), row["revision"], row["published_at"], _call(row))


def _project(row: RowMapping) -> Project:
    return Project(
        id=ProjectId(row["id"]),
        number=row["number"],
        state=ProjectState(row["state"]),
        type=ProjectType(row["type"]),
        selection_year=row["selection_year"],
        country=_country(row),
        **{name: _bilingual(row, name) for name in _TEXTS},
        support_krw=row["support_krw"],
        sources=tuple(row["sources"]),
        note=row["note"],
        origin=_origin(row),
    )


def _origin(row: RowMapping) -> Origin | None:
    if row["application_id"] is None:
        return None
    return Origin(
        ApplicationId(row["application_id"]), SelectionId(row["selection_id"]), CallId(row["call_id"])
    )


def _call(row: RowMapping) -> KnownCall | None:
    if row["call_version"] is None:
        return None
    name = Bilingual(row["call_ko"], row["call_en"])
    return KnownCall(CallId(row["call_id"]), row["call_version"], row["call_code"], row["call_year"], name)


def _country(row: RowMapping) -> Country | None:
    return Country(row["country_iso2"], _bilingual(row, "country")) if row["country_iso2"] else None


def _bilingual(row: Mapping[Any, Any], name: str) -> Bilingual | None:
    ko, en = cast("str | None", row[f"{name}_ko"]), cast("str | None", row[f"{name}_en"])
    return Bilingual(ko, en) if ko or en else None


def _local_text(both: Bilingual | None) -> LocalText | None:
    return LocalText(ko=both.ko, en=both.en) if both else None
