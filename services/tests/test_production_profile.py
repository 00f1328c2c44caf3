"""The one production profile: what is only fit for one machine is refused by every service, with its reason."""

from typing import Any

import pytest
from fastapi import FastAPI

from services.catalog.main import create_app as create_catalog
from services.catalog.settings import CatalogSettings
from services.intake.settings import IntakeSettings
from services.notification.settings import NotificationSettings
from services.review.settings import ReviewSettings
from shared.settings import ServiceName, Settings, UnsafeSettings
from shared.testing.plugin import DatabaseOf
from shared.worker import WorkerParts, open_worker

LONG_SECRET = "k" * 64
EVERY: dict[str, Any] = {
    "profile": "production",
    "database_url": "postgresql://role:chosen@database/role",
    "kafka_bootstrap": "kafka:9092",
    "issuer_url": "https://issuer.example",
    "public_url": "https://kcity.example",
}
SERVICES: dict[ServiceName, tuple[type[Settings], dict[str, Any]]] = {
    "intake": (
        IntakeSettings,
        {
            "document_store_url": "s3://documents",
            "receipt_key_file": "/run/secrets/receipt.jwk",
            "receipt_number_secret": LONG_SECRET,
            "link_secret": LONG_SECRET,
            "documents_scan": "clamd",
        },
    ),
    "review": (ReviewSettings, {}),
    "notification": (
        NotificationSettings,
        {
            "smtp_url": "smtp+starttls://relay.molit.go.kr:587",
            "mail_from": "K-City Network <no-reply@molit.go.kr>",
            "link_secret": LONG_SECRET,
        },
    ),
    "catalog": (CatalogSettings, {}),
}
UNSAFE: list[tuple[ServiceName, dict[str, Any], str]] = [
    *(
        (service, {"issuer_url": "http://issuer.example"}, "KCITY_ISSUER_URL must be https")
        for service in SERVICES
    ),
    *(
        (service, {"public_url": "http://kcity.example"}, "KCITY_PUBLIC_URL must be https")
        for service in SERVICES
    ),
    *(
        (
            service,
            {"database_url": "postgresql://role:development-x@database/role"},
            "KCITY_DATABASE_URL is a development",
        )
        for service in SERVICES
    ),
    ("intake", {"documents_scan": "not_scanned"}, "KCITY_DOCUMENTS_SCAN must not be not_scanned"),
    ("intake", {"document_store_url": "file:///documents"}, "KCITY_DOCUMENT_STORE_URL"),
    ("intake", {"receipt_number_secret": "development-" + LONG_SECRET}, "KCITY_RECEIPT_NUMBER_SECRET"),
    ("intake", {"link_secret": "development-" + LONG_SECRET}, "KCITY_LINK_SECRET"),
    ("notification", {"link_secret": "development-" + LONG_SECRET}, "KCITY_LINK_SECRET"),
    ("notification", {"mail_mode": "sandbox"}, "KCITY_MAIL_MODE"),
]


def settings_of(service: ServiceName, **changed: object) -> Settings:
    kind, own = SERVICES[service]
    return kind.model_validate({**EVERY, **own, **changed})


class TestProduction:
    @pytest.mark.parametrize("service", SERVICES)
    def test_takes_settings_that_are_safe(self, service: ServiceName) -> None:
        assert settings_of(service).service == service

    @pytest.mark.parametrize(("service", "changed", "reason"), UNSAFE)
    def test_refuses_what_is_only_fit_for_one_machine(
        self, service: ServiceName, changed: dict[str, Any], reason: str
    ) -> None:
        with pytest.raises(UnsafeSettings) as refused:
            settings_of(service, **changed)
        assert [given for given in refused.value.reasons if given.startswith(reason)] != []

    @pytest.mark.parametrize("service", SERVICES)
    def test_is_what_an_unset_profile_means(self, service: ServiceName) -> None:
        kind, own = SERVICES[service]
        without = {name: value for name, value in {**EVERY, **own}.items() if name != "profile"}
        with pytest.raises(UnsafeSettings):
            kind.model_validate(without | {"issuer_url": "http://issuer.example"})

    async def test_an_api_refuses_a_rehearsal_database(self, database_of: DatabaseOf) -> None:
        settings = settings_of("catalog", database_url=await database_of("catalog"))
        assert isinstance(settings, CatalogSettings)
        app: FastAPI = create_catalog(settings)
        with pytest.raises(UnsafeSettings, match="marked as a rehearsal"):
            async with app.router.lifespan_context(app):
                pytest.fail("it started")

    async def test_a_worker_refuses_a_rehearsal_database(self, database_of: DatabaseOf) -> None:
        settings = settings_of("catalog", database_url=await database_of("catalog"))
        with pytest.raises(UnsafeSettings, match="marked as a rehearsal"):
            async with open_worker(settings, lambda _: pytest.fail(f"it started {WorkerParts}")):
                pass
