"""The catalog API: ``python -m shared.http.serve services.catalog.main:create_app``."""

from fastapi import FastAPI

from services.catalog.contract import contract
from services.catalog.endpoints import corrections, exchange, formats, imports, pages, projects, statistics
from services.catalog.endpoints.page_refusals import PageRefusals
from services.catalog.settings import CatalogSettings
from shared.clock import endpoints as clock
from shared.http.application import create_application, usual_resources
from shared.idempotency.lookup import idempotency_router

DESCRIPTION = """
The public catalogue of the K-City Network: projects completed 2020–2024, and projects selected since, each
from the moment its selection is announced. Reading needs no token.

**`null` means not published.** Where no public source gives a value, the catalogue gives none; nothing is
estimated or invented. A plan of which no source says its kind has type `plan`.

Every answer has a strong `ETag`; send it in `If-None-Match` to be told 304 when nothing has changed.
"""


def create_app(settings: CatalogSettings | None = None) -> FastAPI:
    """The API of one process; without ``settings`` they come from the environment."""
    chosen = settings or CatalogSettings()
    editing = (exchange.router, imports.router, corrections.router)
    app = create_application(
        settings=chosen,
        title="K-City Network: catalog",
        description=DESCRIPTION,
        contract=contract,
        routers=[
            pages.router,
            formats.router,
            projects.router,
            *editing,
            statistics.router,
            clock.router(),
            idempotency_router(),
        ],
        open_resources=lambda _app: usual_resources(chosen, "catalog-api"),
        open_reading=("/v1/projects", "/v1/statistics", "/v1/dataset"),
        around=PageRefusals,
    )
    app.state.public_url = chosen.public_url
    return app
