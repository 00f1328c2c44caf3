"""The database goes away: nothing is half done, and the same request works once it is back."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from deploy.local.ports import free_port
from deploy.local.postgres import EmbeddedPostgres
from services.intake.main import create_app
from services.intake.settings import IntakeSettings
from services.intake.tests.house import DURING, House
from shared.database.connection import Database
from shared.database.migrate import migrate
from shared.testing.api import open_api
from shared.testing.plugin import TokenFor


@pytest.fixture
def own_postgres(scratch: Path) -> Iterator[EmbeddedPostgres]:
    with EmbeddedPostgres(scratch / "own-postgres", free_port(), fast=True) as server:
        yield server


@pytest.fixture
async def fragile_house(
    own_postgres: EmbeddedPostgres, settings: IntakeSettings, token_for: TokenFor, tmp_path: Path
) -> AsyncIterator[House]:
    url = own_postgres.ensure_service("intake", "test-password")
    await migrate("intake", url, rehearsal=True)
    app = create_app(settings.model_copy(update={"database_url": SecretStr(url)}))
    database = await Database.connect(url)
    async with open_api(app) as api:
        house = House(app, api, database, tmp_path / "documents", token_for)
        await house.clock(DURING)
        assert (await house.publish()).status_code == 201
        yield house
    await database.close()


class TestDatabaseDown:
    async def test_every_act_is_refused_with_503_and_works_when_it_is_back(
        self, fragile_house: House, own_postgres: EmbeddedPostgres
    ) -> None:
        house = fragile_house
        anna = house.applicant()
        application_id = await house.complete(anna)
        path = f"/v1/applications/{application_id}"
        files = sorted(house.stored_files())
        own_postgres.stop()
        answers = {
            "submit": await anna.submit(application_id, key="s"),
            "create": await anna.post(
                "/v1/applications", {"call_code": "KCN-2025", "track": "planning"}, key="c"
            ),
            "patch": await anna.patch(path, {"answers": {}}, '"1"'),
            "upload": await anna.upload(application_id, "project_plan"),
            "withdraw": await anna.post(f"{path}/withdrawal"),
            "read": await anna.get(path),
            "calls": await house.public.get("/v1/calls"),
        }
        for name, answer in answers.items():
            assert (answer.status_code, answer.headers.get("retry-after")) == (503, "2"), (name, answer.text)
        assert sorted(house.stored_files()) == files
        own_postgres.start()
        await house.database.engine.dispose()  # of the test itself: its connections are dead
        assert (await anna.get(f"{path}/receipt")).status_code == 404
        assert (await anna.submit(application_id, key="s")).status_code == 201
        assert len(await house.journal("%ApplicationSubmitted%")) == 1
