"""Review with an announced selection, one under embargo, and cases of two organisations, reviewed and advised."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from services.review.consumers import handlers
from services.review.main import create_app
from services.review.settings import ReviewSettings
from services.review.tests.house import House
from services.review.tests.house import Person as Actor
from services.review.tests.made import AFTER_INTAKE, EMBARGO, published
from services.tests.access.asking import Ask, Undoing, World
from services.tests.access.expectation import Standing
from services.tests.access.people import BY_NAME, OTHER, OWN
from services.tests.access.worlds import everywhere
from shared.auth.caller import Track
from shared.database.connection import Database
from shared.delivery.inbox import Inbox
from shared.ids import new_uuid
from shared.testing.api import open_api
from shared.testing.plugin import TokenFor

EXPERTS = ("anna", "bora", "cora", "dora", "eva")
_REVISED = {"title": {"en": "x"}, "summary": {"en": "x"}, "requested_amount_krw": 1, "changes": "x"}
ASKS = {
    **everywhere.ASKS,
    "decideEligibility": Ask({"eligible": True}),
    "startPreConsulting": Ask({"adviser_id": "{dora_id}"}),
    "putPreConsultingReport": Ask({"text": "x", "recommendations": ["y"]}),
    "putRevisedProposal": Ask(_REVISED),
    "registerReviewer": Ask({"subject": "somebody-new", "expertise": ["x"], "languages": ["ko"]}),
    "createPanel": Ask({"call_id": "{call_id}", "track": "{track}", "reviewer_ids": ["{dora_id}"]}),
    "declareConflict": Ask({"has_conflict": False}),
    "assignReviewers": Ask({"reviewer_ids": ["{dora_id}"]}),
    "putScoreSheet": Ask({"scores": []}),
    "closeEvaluation": Ask({"call_id": "{call_id}", "track": "{track}"}),
    "proposeSelection": Ask({"evaluation_id": "{evaluation_id}", "announce_at": "2026-01-01T00:00:00Z"}),
    "rejectSelection": Ask({"reason": "x"}),
    **dict.fromkeys(("recordAgreement", "recordStart", "recordCompletion"), Ask({"day": "2025-04-30"})),
    "issueInvitations": Ask({"occasion_code": "wsce_2025"}),
}


@asynccontextmanager
async def open_world(
    database_url: str, issuer_url: str, token_for: TokenFor, _folder: Path
) -> AsyncIterator[World]:
    """The service with its objects."""
    settings = ReviewSettings(**everywhere.settings_of(database_url, issuer_url))
    database = await Database.connect(database_url)
    app = create_app(settings)
    async with open_api(app) as api:
        house = House(settings, app, api, database, Inbox("review", handlers(), database), token_for)
        house.people = {name: _actor(house, name) for name in BY_NAME}
        usual, values = await everywhere.usual_objects(api, token_for)
        await house.clock(AFTER_INTAKE)
        await house.register(*EXPERTS)
        objects = await _decided(house)
        objects |= await _open_round(house)
        values |= {"dora_id": str(house.reviewers["dora"]), "call_id": str(house.call_id)}
        app.state.database = Undoing(app.state.database.engine, app.state.database.pool)
        yield World(app, api, token_for, {**usual, **objects}, ASKS, values)
    await database.close()


def _actor(house: House, name: str) -> Actor:
    header = BY_NAME[name].headers(house.token_for).get("Authorization")
    return Actor(house.api, BY_NAME[name].subject, header and header.removeprefix("Bearer "))


async def _decided(house: House) -> dict[str, list[Standing]]:
    """The demonstration track's selection is announced, that of planning is proposed."""
    await house.receive(published(house.call_id), house.call_id)
    first = await _ranked(house, "demonstration", {1: OWN, 2: OTHER})
    announced = await _proposed(house.people["kaia"], first, EMBARGO)
    approved = await house.people["ministry"].post(f"/v1/selections/{announced}/approval")
    assert approved.status_code == 201, approved.text
    await house.clock(EMBARGO)
    assert await house.announce() == 1
    second = await _ranked(house, "planning", {3: OWN})
    pending = await _proposed(house.people["kind"], second, EMBARGO + timedelta(days=30))
    return {
        "evaluation": [
            Standing("demonstration", {"evaluation_id": first}, track="demonstration"),
            Standing("planning", {"evaluation_id": second}, track="planning"),
        ],
        "selection": [
            _selection("announced", announced, "demonstration", "kaia", announced=True),
            _selection("under embargo", pending, "planning", "kind", announced=False),
        ],
        "result": [
            Standing("own, announced", _application(house, 1), OWN, announced=True),
            Standing("another's, announced", _application(house, 2), OTHER, announced=True),
            Standing("own, under embargo", _application(house, 3), OWN),
        ],
        "track": [Standing(track, {"track": track}, track=track) for track in ("demonstration", "planning")],
        "panel": await _panels(house),
    }


async def _ranked(house: House, track: Track, owners: dict[int, UUID]) -> str:
    officer = house.people["kaia" if track == "demonstration" else "kind"]
    await house.panel(*EXPERTS[:3], track=track)
    for number, owner in owners.items():
        await house.apply(number, track=track, organisation_id=owner)
        await house.eligible(number, officer=officer)
        await house.score(number, anna=(90, 20), bora=(80, 15))
    return await house.close(track)


async def _proposed(officer: Actor, evaluation_id: str, announce_at: datetime) -> str:
    body = {"evaluation_id": evaluation_id, "announce_at": announce_at.isoformat()}
    answer = await officer.post("/v1/selections", body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def _selection(name: str, selection_id: str, track: Track, proposer: str, *, announced: bool) -> Standing:
    return Standing(
        name,
        {"selection_id": selection_id},
        track=track,
        announced=announced,
        proposer=proposer,
        listed=selection_id,
    )


def _application(house: House, number: int) -> dict[str, str]:
    return {"application_id": str(house.applications[number])}


async def _panels(house: House) -> list[Standing]:
    items = (await house.people["ministry"].get("/v1/panels", limit=100)).json()["items"]
    return [Standing(one["track"], {}, track=one["track"], listed=one["id"]) for one in items]


async def _open_round(first: House) -> dict[str, list[Standing]]:
    """Another call whose cases are reviewed and advised at this moment."""
    house = replace(first, call_id=new_uuid(), applications={}, organisations={})
    await house.receive(published(house.call_id, code="KCN-2026"), house.call_id)
    await house.panel(*EXPERTS, track="demonstration")
    reviewed = await house.apply(1, organisation_id=OWN)
    await house.eligible(1, officer=house.people["kaia"])
    assigned = await house.assign(1, "anna", "bora", "cora")
    assert (await house.declare("anna", 1)).status_code == 200
    assert (await house.declare("cora", 1, conflict=True)).status_code == 200
    advised = await house.apply(2, track="planning", organisation_id=OWN)
    await house.eligible(2, officer=house.people["kind"])
    adviser = {"adviser_id": str(house.reviewers["eva"])}
    answer = await house.people["kind"].post(f"/v1/cases/{advised}/pre-consulting", adviser)
    assert answer.status_code == 201, answer.text
    foreign = await house.apply(3, track="planning", organisation_id=OTHER)
    both = frozenset({"anna", "bora"})
    consulted = _case("own, advised", advised, OWN, "planning", adviser="eva")
    return {
        "case": [
            _case("own, reviewed", reviewed, OWN, "demonstration", assigned=both),
            consulted,
            _case("another's", foreign, OTHER, "planning"),
        ],
        "pre-consulting": [consulted],
        "assignment": [_assignment(assigned, name) for name in ("anna", "bora")],
    }


def _case(name: str, case_id: UUID, owner: UUID, track: Track, **facts: Any) -> Standing:
    return Standing(name, {"case_id": str(case_id)}, owner, track, listed=str(case_id), **facts)


def _assignment(assigned: dict[str, str], name: str) -> Standing:
    return Standing(
        f"{name}'s",
        {"assignment_id": assigned[name]},
        track="demonstration",
        assigned=frozenset({name}),
        listed=assigned[name],
    )
