"""Every public address at which a selected project could be seen, and how one sees it there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlencode

import httpx

from services.catalog.pages.views.world_map import land_paths
from services.catalog.sheets import XLSX, read_xlsx
from tests.acceptance.catalog.waiting_selection import TRACK, Candidate, WaitingSelection

API, PAGES, SELECTIONS = "/catalog/v1/projects", "/catalog", "/review/v1/selections"
Sees = Callable[[httpx.Response], bool]

SILENT = {
    "/catalog/v1/projects/by-number/{number}": "numbers are those of the completed list",
    "/intake/v1/partner-confirmations/{token}": "opens with the partner's own link alone",
    "/intake/v1/receipt-keys": "keys of the receipts",
    **{f"/{name}/health": "of a process" for name in ("intake", "review", "notification", "catalog")},
    **{f"/{name}/v1/time": "the clock" for name in ("intake", "review", "notification", "catalog")},
}
"""Public routes of the contract with nothing to look for, and why."""


@dataclass(frozen=True, slots=True)
class Address:
    """A public address. ``route``: as the contract names it, None: no part of it.

    ``sees``: whether an answer (200) shows the project; None: it never does, and is only looked through for a word.
    """

    path: str
    route: str | None
    sees: Sees | None


def addresses_of(one: WaitingSelection) -> list[Address]:
    """All of them for this selection, the list first: whoever waits for the project waits there."""
    return [*_lists(one), *_numbers(one), *_its_own(one), *_pages(one), *_elsewhere(one)]


def searches(one: WaitingSelection) -> list[dict[str, Any]]:
    """Whatever conditions find the chosen project, once it is there, in the API and on the page alike."""
    chosen, year = one.chosen, one.scene.round.began_at.year
    texts = (chosen.place.en, chosen.place.ko, chosen.organisation, f"parking {chosen.place.en}")
    return [
        {"country": chosen.place.country},
        {"year": year, "type": TRACK, "state": "selected", "sector": "mobility"},
        *({"q": text} for text in texts),
    ]


def text_of(answer: httpx.Response) -> str:
    """What an answer says, whatever it is written in."""
    if answer.headers.get("content-type") == XLSX:
        return "\n".join("\t".join(row) for row in read_xlsx(answer.content))
    return answer.text


def said_of(one: Candidate, address: Address, answer: httpx.Response) -> list[str]:
    """Words of a candidate in an answer that the question itself does not have: an answer may repeat what was asked."""
    asked, told = unquote(address.path), text_of(answer)
    return [word for word in one.words if word in told and word not in asked]


def _named(word: object) -> Sees:
    return lambda answer: str(word) in text_of(answer)


def _there(_: httpx.Response) -> bool:
    return True


def _query(path: str, conditions: dict[str, Any]) -> str:
    return f"{path}?{urlencode(conditions)}" if conditions else path


def _lists(one: WaitingSelection) -> Iterator[Address]:
    """The list and its files, as a whole and narrowed down to it."""
    seen, only = _named(one.chosen.project_id), {"country": one.chosen.place.country}
    yield Address(f"{API}?sort=-year&limit=100", API, seen)
    for conditions in (*searches(one), {"stage": "selected", "positioned": "false", "sort": "-year"}):
        yield Address(_query(API, conditions | {"limit": 100}), API, seen)
    for ending in (".csv", ".xlsx", ".geojson", ".jsonl"):
        for conditions in ({}, only):
            yield Address(_query(API + ending, conditions), API + ending, seen)


def _numbers(one: WaitingSelection) -> Iterator[Address]:
    """What is counted: the only project of its country."""
    country = one.chosen.place.country

    def in_facet(answer: httpx.Response) -> bool:
        return country in [each["value"]["iso2"] for each in answer.json()["country"] if each["value"]]

    def in_statistics(answer: httpx.Response) -> bool:
        rows = answer.json()["by_country"]
        return country in [each["country"]["iso2"] for each in rows if each["country"]]

    def in_data_set(answer: httpx.Response) -> bool:
        return country in [each["dct:identifier"] for each in answer.json()["dct:spatial"]]

    yield Address(f"{API}/facets", f"{API}/facets", in_facet)
    for conditions in searches(one):
        path = _query(f"{API}/facets", conditions)
        yield Address(path, f"{API}/facets", lambda answer: answer.json()["total"] > 0 and in_facet(answer))
    yield Address("/catalog/v1/statistics", "/catalog/v1/statistics", in_statistics)
    yield Address("/catalog/v1/dataset", "/catalog/v1/dataset", in_data_set)


def _its_own(one: WaitingSelection) -> Iterator[Address]:
    """Addresses that anybody could work out beforehand from the id of the application: there is nothing yet."""
    for part in ("", "/history", "/jsonld"):
        path = f"{API}/{one.chosen.project_id}{part}"
        yield Address(path, f"{API}/{{project_id}}{part}", _there)
    for language in ("ko", "en"):
        path = f"{PAGES}/{language}/projects/{one.chosen.project_id}"
        yield Address(path, None, _there)


def _pages(one: WaitingSelection) -> Iterator[Address]:
    """First page with its map, and the list, in both languages."""
    place, seen = one.chosen.place, _named(f"projects/{one.chosen.project_id}")
    tinted = f'class="land tinted" d="{land_paths()[place.country]}"'
    for language, city in (("ko", place.ko), ("en", place.en)):
        home = f"{PAGES}/{language}/"
        yield Address(home, None, _both(_named(tinted), _named(city)))
        for conditions in ({"order": "-year"}, *searches(one)):
            yield Address(_query(f"{home}projects", conditions), None, seen)


def _both(first: Sees, second: Sees) -> Sees:
    return lambda answer: first(answer) and second(answer)


def _elsewhere(one: WaitingSelection) -> Iterator[Address]:
    """The selection itself, and the call, which never names an applicant."""
    selected = _named(one.chosen.application_id)
    if one.selection_id:
        yield Address(_query(SELECTIONS, {"limit": 100}), SELECTIONS, _named(one.selection_id))
        yield Address(f"{SELECTIONS}/{one.selection_id}", f"{SELECTIONS}/{{selection_id}}", selected)
    yield Address("/intake/v1/calls", "/intake/v1/calls", None)
    yield Address(f"/intake/v1/calls/{one.code}", "/intake/v1/calls/{code}", None)


def public_routes(contract: dict[str, Any]) -> set[str]:
    """The routes of a contract that everybody may read without a token."""
    return {
        path
        for path, item in contract["paths"].items()
        if (reading := item.get("get")) and (not reading.get("security") or {} in reading["security"])
    }
