import pytest
from pydantic import ValidationError

from services.notification.settings import NotificationSettings
from shared.settings import UnsafeSettings

SAFE = {
    "profile": "production",
    "database_url": "postgresql://notification:x@db/notification",
    "kafka_bootstrap": "kafka:9092",
    "issuer_url": "https://issuer.molit.go.kr",
    "public_url": "https://kcity.molit.go.kr",
    "smtp_url": "smtp+starttls://relay.molit.go.kr:587",
    "mail_from": "K-City Network <no-reply@molit.go.kr>",
    "link_secret": "a real secret",
}


class TestProductionProfile:
    def test_takes_what_is_safe(self) -> None:
        assert NotificationSettings.model_validate(SAFE).sender.addr_spec == "no-reply@molit.go.kr"

    @pytest.mark.parametrize(
        ("changed", "reason"),
        [
            ({"mail_mode": "sandbox"}, "KCITY_MAIL_MODE"),
            ({"link_secret": "development-link-secret"}, "KCITY_LINK_SECRET"),
            ({"mail_from": "K-City Network <no-reply@localhost>"}, "KCITY_MAIL_FROM"),
            ({"mail_from": "no-reply@kcity.example"}, "KCITY_MAIL_FROM"),
            ({"issuer_url": "http://issuer.molit.go.kr"}, "KCITY_ISSUER_URL"),
            ({"public_url": "http://kcity.molit.go.kr"}, "KCITY_PUBLIC_URL"),
        ],
    )
    def test_refuses_what_is_fit_for_one_machine_only(self, changed: dict[str, str], reason: str) -> None:
        with pytest.raises(UnsafeSettings, match=reason) as refused:
            NotificationSettings.model_validate(SAFE | changed)
        assert len(refused.value.reasons) == 1


class TestEveryProfile:
    @pytest.mark.parametrize(
        "changed",
        [
            {"mail_from": "no-reply"},
            {"mail_from": ""},
            {"mail_from": "no-reply@"},
            {"smtp_url": "relay.molit.go.kr:25"},
            {"smtp_url": "http://relay.molit.go.kr"},
            {"mail_mode": "nowhere"},
            {"smtp_connections": 0},
        ],
    )
    def test_refuses_what_cannot_work(self, changed: dict[str, object]) -> None:
        with pytest.raises(ValidationError):
            NotificationSettings.model_validate(SAFE | {"profile": "local"} | changed)
