"""The four services, each as two processes over one database, for all tests of a module."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from pydantic import SecretStr

from deploy.local.issuer import Issuer
from deploy.local.keys import load_key
from services.catalog.main import create_app as create_catalog
from services.catalog.settings import CatalogSettings
from services.intake.main import create_app as create_intake
from services.intake.settings import IntakeSettings
from services.intake.tests.house import DURING, LINK_SECRET
from services.notification.main import create_app as create_notification
from services.notification.settings import NotificationSettings
from services.review.main import create_app as create_review
from services.review.settings import ReviewSettings
from services.review.tests.made import AFTER_INTAKE
from services.tests.idempotency.desk import Desk, open_desk
from services.tests.idempotency.intake_posts import house_of
from shared.settings import Profile, ServiceName
from shared.testing.plugin import DatabaseOf, TokenFor

Desks = dict[ServiceName, Desk]


@pytest.fixture(scope="module")
def documents(scratch: Path) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="idempotency-", dir=scratch)) / "documents"
    folder.mkdir()
    return folder


@pytest.fixture(scope="module")
async def intake_settings(lasting_database_of: DatabaseOf, issuer: Issuer, documents: Path) -> IntakeSettings:
    key_file = documents.parent / "receipt.jwk"
    load_key(key_file, kid_prefix="rehearsal-")
    return IntakeSettings(
        profile=Profile.LOCAL,
        database_url=SecretStr(await lasting_database_of("intake")),
        kafka_bootstrap="127.0.0.1:1",
        issuer_url=issuer.url,
        document_store_url=documents.as_uri(),
        receipt_key_file=key_file,
        receipt_number_secret=SecretStr("development-receipt-numbers"),
        link_secret=SecretStr(LINK_SECRET),
    )


@pytest.fixture(scope="module")
async def intake(
    intake_settings: IntakeSettings, token_for: TokenFor, documents: Path
) -> AsyncIterator[Desk]:
    """The 2025 call is announced and open."""
    async with open_desk("intake", create_intake, intake_settings, token_for) as desk:
        desk.files = documents
        await desk.clock(DURING)
        assert (await house_of(desk).publish()).status_code == 201
        yield desk


@pytest.fixture(scope="module")
async def desks(
    intake: Desk, lasting_database_of: DatabaseOf, issuer: Issuer, token_for: TokenFor
) -> AsyncIterator[Desks]:
    async def usual(service: ServiceName) -> dict[str, object]:
        return {
            "profile": Profile.LOCAL,
            "database_url": SecretStr(await lasting_database_of(service)),
            "kafka_bootstrap": "127.0.0.1:1",
            "issuer_url": issuer.url,
        }

    mail = {"smtp_url": "smtp://127.0.0.1:1", "mail_from": "K-City Network <no-reply@kcity.example>"}
    settings = {
        "review": (create_review, ReviewSettings.model_validate(await usual("review"))),
        "notification": (
            create_notification,
            NotificationSettings.model_validate(
                {**await usual("notification"), **mail, "mail_mode": "sandbox", "link_secret": LINK_SECRET}
            ),
        ),
        "catalog": (create_catalog, CatalogSettings.model_validate(await usual("catalog"))),
    }
    async with AsyncExitStack() as stack:
        found: Desks = {"intake": intake}
        for service in ("review", "notification", "catalog"):
            create_app, chosen = settings[service]
            found[service] = await stack.enter_async_context(
                open_desk(service, create_app, chosen, token_for)  # type: ignore[arg-type] # a service's name and factory
            )
        await found["review"].clock(AFTER_INTAKE)
        yield found
