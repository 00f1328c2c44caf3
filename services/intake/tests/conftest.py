"""Intake under test, on a rehearsal database whose clock stands within the window of the 2025 call."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from deploy.local.issuer import Issuer
from deploy.local.keys import load_key
from services.intake.main import create_app
from services.intake.settings import IntakeSettings
from services.intake.tests.house import DURING, LINK_SECRET, House
from shared.database.connection import Database
from shared.settings import Profile
from shared.testing.api import open_api
from shared.testing.plugin import DatabaseOf, TokenFor


@pytest.fixture
async def settings(database_of: DatabaseOf, issuer: Issuer, tmp_path: Path) -> IntakeSettings:
    key_file = tmp_path / "receipt.jwk"
    load_key(key_file, kid_prefix="rehearsal-")
    assert json.loads(key_file.read_text())["kid"].startswith("rehearsal-")
    return IntakeSettings(
        profile=Profile.LOCAL,
        database_url=SecretStr(await database_of("intake")),
        kafka_bootstrap="127.0.0.1:1",
        issuer_url=issuer.url,
        document_store_url=(tmp_path / "documents").as_uri(),
        receipt_key_file=key_file,
        receipt_number_secret=SecretStr("development-receipt-numbers"),
        link_secret=SecretStr(LINK_SECRET),
    )


@pytest.fixture
async def empty_house(settings: IntakeSettings, token_for: TokenFor, tmp_path: Path) -> AsyncIterator[House]:
    """No call was published yet."""
    app = create_app(settings)
    database = await Database.connect(settings.database_url.get_secret_value())
    async with open_api(app) as api:
        house = House(app, api, database, tmp_path / "documents", token_for)
        await house.clock(DURING)
        yield house
    await database.close()


@pytest.fixture
async def house(empty_house: House) -> House:
    """The 2025 call is announced, both windows are open."""
    answer = await empty_house.publish()
    assert answer.status_code == 201, answer.text
    return empty_house
