"""Calls: the whole call of 2025 is the example, so that a front end can be built on its forms."""

from pathlib import Path
from typing import Any

from services.intake.call_file import read_definition
from shared.contracts.story import CALL
from shared.http.contract.words import JSON, Answer, Audience, Described, Link, both, one, page

CALL_FILE = Path(__file__).parent.parent / "calls" / "k-city-network-2025.yaml"
PAGE = '<!DOCTYPE html><html lang="en"><body><h1>다낭시 / City of Da Nang</h1></body></html>'
CALL_OF_2025 = "The call of 2025 with both tracks; its texts are in Korean and English"


def calls() -> dict[str, Described]:
    """The operations of calls; reads the file of the call of 2025."""
    written = CALL_FILE.read_bytes()
    definition = read_definition(written, is_json=False).model_dump(mode="json")
    shown = _shown(definition)
    known = Link("createApplication", {}, "Begin an application in one of its tracks")
    return {
        "publishCall": Described(
            Audience.MINISTRY,
            request={
                "application/yaml": one(written.decode(), "The definition file of 2025"),
                JSON: one(definition, "The same as JSON"),
            },
            answers={
                200: Answer(one(shown, CALL_OF_2025), ("ETag",)),
                201: Answer(
                    one({**shown, "state": "scheduled"}, CALL_OF_2025),
                    ("ETag",),
                    (Link("getCall", {"code": "$response.body#/code"}, "Read the call"),),
                    location=f"/v1/calls/{definition['code']}",
                ),
            },
        ),
        "listCalls": Described(
            Audience.PUBLIC,
            answers={
                200: Answer(
                    one(page(_summary(definition)), "One call, named in Korean and English"),
                    links=(
                        Link("getCall", {"code": "$response.body#/items/0/code"}, "Read the latest call"),
                        Link(
                            "listCalls", {"cursor": "$response.body#/next_cursor"}, "Go on to the next page"
                        ),
                    ),
                )
            },
        ),
        "getCall": Described(
            Audience.PUBLIC,
            answers={
                200: Answer(one(shown, CALL_OF_2025), ("ETag",), (known,)),
                304: Answer(headers=("ETag",)),
            },
        ),
        "getPartnerConfirmation": _confirmation("open", None),
        "confirmPartner": _confirmation("confirmed", "2025-03-13T01:00:00Z"),
    }


def _shown(definition: dict[str, Any]) -> dict[str, Any]:
    tracks = [{**track, "window": {**track["window"], "state": "open"}} for track in definition["tracks"]]
    return {**definition, "tracks": tracks, "call_id": CALL, "version": 1, "state": "announced"}


def _summary(definition: dict[str, Any]) -> dict[str, Any]:
    named = {name: definition[name] for name in ("code", "year", "name", "announced_at")}
    return {**named, "call_id": CALL, "version": 1, "state": "announced"}


def _confirmation(state: str, confirmed_at: str | None) -> Described:
    in_both = {
        "state": state,
        "call_code": "KCN-2025",
        "applicant": {"ko": "길찾기 주식회사", "en": "Pathfinder Inc."},
        "partner": {"ko": "다낭시", "en": "City of Da Nang"},
        "project_title": {"ko": "교통 신호 최적화", "en": "Traffic signal optimisation"},
        "city": {"ko": "다낭", "en": "Da Nang"},
        "country_iso2": "VN",
        "confirmed_at": confirmed_at,
        "rehearsal": False,
    }
    texts = ("applicant", "partner", "project_title", "city")
    english = {**in_both, **{name: {"ko": None, "en": in_both[name]["en"]} for name in texts}}  # type: ignore[index] # those four are texts
    answer = Answer(both(en=english, ko=in_both), also={"text/html": one(PAGE, "For browsers (shortened)")})
    return Described(Audience.PUBLIC, answers={200: answer})
