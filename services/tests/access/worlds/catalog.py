"""Catalog with the 49 completed projects, which are everybody's, and a file that changes one of them, which is not."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from services.catalog.countries import country_of
from services.catalog.domain.project import id_of_completed
from services.catalog.main import create_app
from services.catalog.pages.static_files import static_name
from services.catalog.repository.projects import ProjectRepository
from services.catalog.settings import CatalogSettings
from services.catalog.tests.made import ANNOUNCED, shipped_rows
from services.catalog.use_cases.load_completed_projects import load_completed_projects
from services.tests.access.asking import Ask, Undoing, World
from services.tests.access.expectation import Standing
from services.tests.access.people import BY_NAME
from services.tests.access.worlds import everywhere
from shared.testing.api import open_api
from shared.testing.plugin import TokenFor

TABLE = b"no,note\n1,seen\n"
ASKS = {
    **everywhere.ASKS,
    "previewImport": Ask(content=TABLE, media_type="text/csv", params={"file_name": "table.csv"}),
    "correctProject": Ask({"reason": "seen", "source": "https://news.example/1", "note": "seen"}),
}


@asynccontextmanager
async def open_world(
    database_url: str, issuer_url: str, token_for: TokenFor, _folder: Path
) -> AsyncIterator[World]:
    """The service with its objects."""
    app = create_app(CatalogSettings(**everywhere.settings_of(database_url, issuer_url)))
    async with open_api(app) as api:
        async with app.state.database.transaction() as tx:
            await load_completed_projects(
                shipped_rows(), projects=ProjectRepository(tx), now=ANNOUNCED, country_of=country_of
            )
        objects, values = await everywhere.usual_objects(api, token_for)
        values |= {"project_id": str(id_of_completed(1)), "number": "1"}
        values |= {"reference": "1", "name": static_name("catalog.css")}
        given = await api.post(
            "/v1/imports",
            content=TABLE,
            params={"file_name": "table.csv"},
            headers={
                **BY_NAME["operator"].headers(token_for),
                "Idempotency-Key": "a-file",
                "Content-Type": "text/csv",
            },
        )
        assert given.status_code == 201, given.text
        import_id = given.json()["id"]
        objects["import"] = [Standing("the operator's", {"import_id": import_id}, listed=import_id)]
        app.state.database = Undoing(app.state.database.engine, app.state.database.pool)
        yield World(app, api, token_for, objects, ASKS, values)
