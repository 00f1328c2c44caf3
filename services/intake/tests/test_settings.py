from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from deploy.local.keys import load_key
from services.intake.main import WrongReceiptKey, create_app
from services.intake.settings import IntakeSettings
from shared.database.migrate import migrate
from shared.settings import UnsafeSettings
from shared.testing.api import open_api

SAFE: dict[str, Any] = {
    "database_url": SecretStr("postgresql://intake:password@database/intake"),
    "kafka_bootstrap": "kafka:9092",
    "issuer_url": "https://issuer.example",
    "public_url": "https://kcity.example",
    "document_store_url": "s3://documents",
    "receipt_key_file": Path("/run/secrets/receipt.jwk"),
    "receipt_number_secret": SecretStr("r" * 32),
    "link_secret": SecretStr("l" * 32),
    "documents_scan": "clamd",
}


class TestProductionProfile:
    def test_takes_settings_that_are_safe(self) -> None:
        assert IntakeSettings(**SAFE).documents_scan == "clamd"

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("documents_scan", "not_scanned"),
            ("document_store_url", "file:///var/documents"),
            ("receipt_number_secret", SecretStr("short")),
            ("receipt_number_secret", SecretStr("development-" + "x" * 32)),
            ("link_secret", SecretStr("short")),
            ("link_secret", SecretStr("development-" + "x" * 32)),
            ("issuer_url", "http://issuer.example"),
            ("public_url", "http://kcity.example"),
        ],
    )
    def test_refuses_each_setting_that_is_not(self, name: str, value: Any) -> None:
        with pytest.raises(UnsafeSettings, match=f"KCITY_{name.upper()}"):
            IntakeSettings(**{**SAFE, name: value})


class TestReceiptKey:
    async def test_of_another_kind_than_the_database_does_not_start(
        self, settings: IntakeSettings, tmp_path: Path
    ) -> None:
        load_key(tmp_path / "live.jwk", kid_prefix="live-")
        with pytest.raises(WrongReceiptKey):
            await self._start(settings.model_copy(update={"receipt_key_file": tmp_path / "live.jwk"}))

    async def test_of_a_rehearsal_does_not_sign_in_a_live_database(
        self, settings: IntakeSettings, empty_database_url: str
    ) -> None:
        await migrate("intake", empty_database_url)
        live = settings.model_copy(update={"database_url": SecretStr(empty_database_url)})
        with pytest.raises(WrongReceiptKey):
            await self._start(live)

    async def _start(self, settings: IntakeSettings) -> None:
        async with open_api(create_app(settings)):
            pytest.fail("it started")
