"""Between a project and its row of the table. Pure."""

from dataclasses import replace
from datetime import date
from typing import Any

from services.catalog.domain.place import PlaceKind, Position
from services.catalog.domain.project import Fact, Project, ProjectType
from services.catalog.domain.sector import Sector, Sectors
from services.catalog.domain.table.columns import BY_NAME, DAYS, SOURCED, Cells, Column, CountryOf, Kind
from services.catalog.domain.text import Bilingual


def cells_of(project: Project) -> dict[str, str]:
    """What the table says of a project, in every column."""
    texts = {
        "country": project.country.name if project.country else None,
        "city": project.city,
        "title": project.title,
        "organisation": project.organisation,
        "partner": project.partner,
    }
    position, sectors = project.position, project.sectors
    cells: dict[str, object] = {
        "id": project.id,
        "no": project.number,
        "stage": project.stage,
        "selection_year": project.selection_year,
        "type": project.type,
        "country_iso2": project.country.iso2 if project.country else None,
        **{f"{name}_ko": both.ko if both else None for name, both in texts.items()},
        **{f"{name}_en": both.en if both else None for name, both in texts.items()},
        "place_kind": project.place_kind,
        "latitude": degrees_text(position.latitude) if position else None,
        "longitude": degrees_text(position.longitude) if position else None,
        "position_source": position.source if position else None,
        "sectors": " ".join(sectors.values) if sectors else None,
        "sectors_basis": sectors.basis if sectors else None,
        "support_krw": project.support_krw,
        **{fact.value: project.value(fact) for fact in DAYS},
        "note": project.note,
        "sources": " ".join(project.sources),
        **{f"{fact}_source": " ".join(project.fact_sources.get(fact, ())) for fact in SOURCED},
    }
    return {name: "" if cells[name] is None else str(cells[name]).strip() for name in BY_NAME}


def degrees_text(value: float) -> str:
    """Degrees as they stand in a cell: never with an exponent."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


def rewritten(present: Project, cells: Cells, country_of: CountryOf) -> Project:
    """``present`` with what faultless ``cells`` say otherwise; columns that they leave out stay as they are."""
    before = cells_of(present)
    after = {**before, **cells}
    said = _said(after, country_of)
    changed = {_member(BY_NAME[name]) for name, text in after.items() if text != before[name]}
    return replace(present, **{name: said[name] for name in changed if name in said})


def written(blank: Project, cells: Cells, country_of: CountryOf) -> Project:
    """``blank`` with all that faultless ``cells`` say; columns that they leave out are not published."""
    return replace(blank, **_said({**dict.fromkeys(BY_NAME, ""), **cells}, country_of))


def _member(column: Column) -> str:
    """The member of ``Project`` that a column is part of."""
    if column.kind is Kind.SOURCE:
        return "fact_sources"
    return "stated_sectors" if column.fact is Fact.SECTORS else column.fact.value


def _said(cells: Cells, country_of: CountryOf) -> dict[str, Any]:
    """The members of a project by what all cells say."""
    days = {fact.value: date.fromisoformat(cells[fact]) if cells[fact] else None for fact in DAYS}
    texts = {
        name: _bilingual(cells[f"{name}_ko"], cells[f"{name}_en"])
        for name in ("city", "title", "organisation", "partner")
    }
    sectors = [Sector(each) for each in cells["sectors"].split()]
    return {
        **days,
        **texts,
        "type": ProjectType(cells["type"]),
        "selection_year": int(cells["selection_year"]),
        "country": country_of(cells["country_iso2"]) if cells["country_iso2"] else None,
        "place_kind": PlaceKind(cells["place_kind"]) if cells["place_kind"] else None,
        "position": _position(cells),
        "stated_sectors": Sectors.stated(sectors) if sectors else None,
        "support_krw": int(cells["support_krw"]) if cells["support_krw"] else None,
        "sources": tuple(cells["sources"].split()),
        "note": cells["note"] or None,
        "fact_sources": {
            fact: tuple(given.split()) for fact in SOURCED if (given := cells[f"{fact}_source"])
        },
    }


def _position(cells: Cells) -> Position | None:
    if not cells["latitude"]:
        return None
    return Position(float(cells["latitude"]), float(cells["longitude"]), cells["position_source"])


def _bilingual(ko: str, en: str) -> Bilingual | None:
    return Bilingual(ko or None, en or None) if ko or en else None
