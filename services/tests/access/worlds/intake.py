"""Intake with drafts and received applications of two organisations, an announced call and a scheduled one."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from pydantic import SecretStr

from deploy.local.keys import load_key
from services.intake.main import create_app
from services.intake.settings import IntakeSettings
from services.intake.tests.house import CALL_FILE, DURING, LINK_SECRET, PDF, House
from services.intake.tests.house import Person as Applicant
from services.tests.access.asking import Ask, Undoing, World
from services.tests.access.expectation import Standing
from services.tests.access.people import BY_NAME, OTHER, OWN
from services.tests.access.worlds import everywhere
from shared.database.connection import Database
from shared.testing.api import open_api
from shared.testing.plugin import TokenFor

ASKS = {
    **everywhere.ASKS,
    "publishCall": Ask(content=b"a: 1", media_type="application/yaml"),
    "createApplication": Ask({"call_code": "{code}", "track": "planning"}),
    "changeApplication": Ask({"answers": {}}),
    "uploadDocument": Ask(
        content=PDF,
        media_type="application/pdf",
        params={"kind": "letter_of_intent", "file_name": "letter.pdf"},
    ),
}


@asynccontextmanager
async def open_world(
    database_url: str, issuer_url: str, token_for: TokenFor, folder: Path
) -> AsyncIterator[World]:
    """The service with its objects."""
    load_key(folder / "receipt.jwk", kid_prefix="rehearsal-")
    settings = IntakeSettings(
        **everywhere.settings_of(database_url, issuer_url),
        document_store_url=(folder / "documents").as_uri(),
        receipt_key_file=folder / "receipt.jwk",
        receipt_number_secret=SecretStr("development-receipt-numbers"),
        link_secret=SecretStr(LINK_SECRET),
    )
    database = await Database.connect(database_url)
    app = create_app(settings)
    async with open_api(app) as api:
        house = House(app, api, database, folder / "documents", token_for)
        await house.clock(DURING)
        usual, values = await everywhere.usual_objects(api, token_for)
        objects = {**usual, **await _objects(house)}
        app.state.database = Undoing(app.state.database.engine, app.state.database.pool)
        yield World(app, api, token_for, objects, ASKS, values)
    await database.close()


async def _objects(house: House) -> dict[str, list[Standing]]:
    assert (await house.publish()).status_code == 201
    next_year = CALL_FILE.read_bytes().replace(b"2025", b"2026")
    answer = await house.publish(next_year)
    assert answer.status_code == 201, answer.text
    own, other = (_applicant(house, name) for name in ("applicant", "stranger"))
    applications = [
        await _draft(house, "own draft", own),
        await _draft(house, "another's draft", other),
        await _received(house, "own, received", own),
        await _received(house, "another's, received", other),
    ]
    received = [one for one in applications if one.received]
    spare = await _draft(house, "own draft, to take a document from", own)
    link = await house.confirmation_path(await house.submitted(own, "demonstration"))
    return {
        "application": applications,
        "receipt": received,
        "document": applications,
        "document of a draft": [spare, *received],
        "call": [
            Standing("announced", {"code": "KCN-2025"}, announced=True, listed="KCN-2025"),
            Standing("scheduled", {"code": "KCN-2026"}, listed="KCN-2026"),
        ],
        "partner confirmation": [Standing("a partner's", {"token": link.rpartition("/")[2]})],
    }


def _applicant(house: House, name: str) -> Applicant:
    person = BY_NAME[name]
    token = person.headers(house.token_for)["Authorization"].removeprefix("Bearer ")
    return Applicant(house.api, person.subject, token)


async def _draft(house: House, name: str, applicant: Applicant) -> Standing:
    """Incomplete, so that submitting it is allowed and comes to nothing."""
    application_id = await house.draft(applicant, "planning")
    answer = await applicant.upload(application_id, "concept_paper")
    return _standing(name, applicant, application_id, answer.json()["id"], received=False)


async def _received(house: House, name: str, applicant: Applicant) -> Standing:
    application_id = await house.submitted(applicant, "planning")
    documents = (await applicant.get(f"/v1/applications/{application_id}/documents")).json()["items"]
    return _standing(name, applicant, application_id, documents[0]["id"], received=True)


def _standing(
    name: str, applicant: Applicant, application_id: str, document_id: str, *, received: bool
) -> Standing:
    own = applicant.subject == BY_NAME["applicant"].subject
    return Standing(
        name,
        {"application_id": application_id, "document_id": document_id},
        organisation_id=OWN if own else OTHER,
        track="planning",
        received=received,
        listed=application_id,
    )
