"""Between rows of the catalogue and its domain."""

from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import RowMapping, Select, select

from services.catalog.domain.entry import Entry, KnownCall
from services.catalog.domain.place import PlaceKind, Position
from services.catalog.domain.project import Country, Fact, Origin, Project, ProjectType, Stage
from services.catalog.domain.search_terms import columns_of_terms
from services.catalog.domain.search_text import search_text
from services.catalog.domain.sector import Sector, Sectors
from services.catalog.domain.text import Bilingual
from services.catalog.tables import call, project
from shared.ids import ApplicationId, CallId, ProjectId, SelectionId

_TEXTS = ("city", "title", "organisation", "partner")
_PLAIN = ("number", "selection_year", "support_krw", "note", "agreed_on", "started_on", "completed_on")
ENTRIES: Select[Any] = select(
    *project.c,
    call.c.version.label("call_version"),
    call.c.code.label("call_code"),
    call.c.year.label("call_year"),
    call.c.name_ko.label("call_ko"),
    call.c.name_en.label("call_en"),
).outerjoin_from(project, call, call.c.id == project.c.call_id)
"""Every project with its call; ``entry_of`` reads a row."""


def derived_columns(of: Project) -> dict[str, Any]:
    """What is kept of a project only to find it again; it follows from the rest."""
    return {
        "sectors": list(of.sectors.values) if of.sectors else [],
        "search": search_text(of),
        **columns_of_terms(of),
    }


def columns_of(of: Project) -> dict[str, Any]:
    """The row of a project."""
    columns: dict[str, Any] = {
        "id": of.id,
        "state": of.state,
        "stage": of.stage,
        "type": of.type,
        "country_iso2": of.country.iso2 if of.country else None,
        "sources": list(of.sources),
        "place_kind": of.place_kind,
        "latitude": of.position.latitude if of.position else None,
        "longitude": of.position.longitude if of.position else None,
        "position_source": of.position.source if of.position else None,
        "stated_sectors": list(of.stated_sectors.values) if of.stated_sectors else None,
        "fact_sources": {fact.value: list(given) for fact, given in of.fact_sources.items()},
        "application_id": of.origin.application_id if of.origin else None,
        "selection_id": of.origin.selection_id if of.origin else None,
        "call_id": of.origin.call_id if of.origin else None,
        **{name: getattr(of, name) for name in _PLAIN},
        **derived_columns(of),
    }
    texts: dict[str, Bilingual | None] = {name: getattr(of, name) for name in _TEXTS}
    texts["country"] = of.country.name if of.country else None
    for name, both in texts.items():
        columns |= {f"{name}_ko": both.ko if both else None, f"{name}_en": both.en if both else None}
    return columns


def entry_of(row: RowMapping) -> Entry:
    """The entry of a row of ``ENTRIES``."""
    return Entry(project_of(row), row["revision"], row["published_at"], _call(row))


def project_of(row: RowMapping) -> Project:
    """The project of a row."""
    stated = row["stated_sectors"]
    return Project(
        id=ProjectId(row["id"]),
        stage=Stage(row["stage"]),
        type=ProjectType(row["type"]),
        country=country_of_row(row),
        city=_bilingual(row, "city"),
        title=_bilingual(row, "title"),
        organisation=_bilingual(row, "organisation"),
        partner=_bilingual(row, "partner"),
        number=row["number"],
        selection_year=row["selection_year"],
        support_krw=row["support_krw"],
        note=row["note"],
        agreed_on=row["agreed_on"],
        started_on=row["started_on"],
        completed_on=row["completed_on"],
        sources=tuple(row["sources"]),
        origin=_origin(row),
        place_kind=PlaceKind(row["place_kind"]) if row["place_kind"] else None,
        position=_position(row),
        stated_sectors=None if stated is None else Sectors.stated([Sector(each) for each in stated]),
        fact_sources={Fact(fact): tuple(given) for fact, given in row["fact_sources"].items()},
    )


def country_of_row(row: Mapping[Any, Any]) -> Country | None:
    """The country of a row that has its code and names."""
    return Country(row["country_iso2"], _bilingual(row, "country")) if row["country_iso2"] else None


def _position(row: RowMapping) -> Position | None:
    if row["latitude"] is None:
        return None
    return Position(row["latitude"], row["longitude"], row["position_source"])


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


def _bilingual(row: Mapping[Any, Any], name: str) -> Bilingual | None:
    ko, en = cast("str | None", row[f"{name}_ko"]), cast("str | None", row[f"{name}_en"])
    return Bilingual(ko, en) if ko or en else None
