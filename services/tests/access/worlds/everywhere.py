"""What every service has: delivery, idempotency keys, the rehearsal's clock, and the operator who uses them."""

from collections.abc import Mapping
from typing import Any

import httpx
from pydantic import SecretStr

from services.tests.access.asking import Ask
from services.tests.access.expectation import Standing
from services.tests.access.people import BY_NAME
from shared.ids import new_uuid
from shared.settings import Profile
from shared.testing.plugin import TokenFor

KEPT_KEY = "kept-by-the-operator"
ASKS: Mapping[str, Ask] = {
    "stepRehearsalClock": Ask({"name": "same", "instant": "2025-02-20T01:00:00Z"}),
    "redriveHeldKey": Ask({"topic": "intake.call.v1"}),
    "placeDeliveryOrder": Ask({"kind": "replay"}),
}


def settings_of(database_url: str, issuer_url: str) -> dict[str, Any]:
    """What all services are told."""
    return {
        "profile": Profile.LOCAL,
        "database_url": SecretStr(database_url),
        "kafka_bootstrap": "127.0.0.1:1",
        "issuer_url": issuer_url,
    }


async def usual_objects(
    api: httpx.AsyncClient, token_for: TokenFor
) -> tuple[dict[str, list[Standing]], dict[str, str]]:
    """The operator's order and the key it was placed with; and the values that no object gives."""
    headers = {**BY_NAME["operator"].headers(token_for), "Idempotency-Key": KEPT_KEY}
    answer = await api.post("/v1/delivery/orders", json={"kind": "replay"}, headers=headers)
    assert answer.status_code == 202, answer.text
    values = {"order_id": answer.json()["id"], "aggregate_id": str(new_uuid())}
    kept = Standing("the operator's", {"key": KEPT_KEY}, maker="operator")
    return {"kept answer": [kept]}, values
