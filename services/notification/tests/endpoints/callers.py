"""The callers of the API tests: one of every kind, and nobody."""

from uuid import uuid4

import httpx

from shared.ids import new_uuid
from shared.testing.plugin import TokenFor

CALLERS = (
    *(
        "nobody",
        "applicant",
        "kaia",
        "kind",
        "officer_of_nothing",
        "ministry",
        "reviewer",
        "system",
        "operator",
    ),
)


def headers_of(caller: str, token_for: TokenFor) -> dict[str, str]:
    """The Authorization of a caller by its name in ``CALLERS``."""
    if caller == "nobody":
        return {}
    token = {
        "applicant": lambda: token_for("applicant", organisation_id=str(uuid4())),
        "kaia": lambda: token_for("secretariat_officer", tracks=["demonstration"]),
        "kind": lambda: token_for("secretariat_officer", tracks=["planning"]),
        "officer_of_nothing": lambda: token_for("secretariat_officer"),
        "ministry": lambda: token_for("ministry_officer"),
        "reviewer": lambda: token_for("reviewer"),
        "system": lambda: token_for("system", scope="messages"),
        "operator": lambda: token_for("operator"),
    }[caller]()
    return {"Authorization": f"Bearer {token}"}


def with_key(headers: dict[str, str], key: str | None = None) -> dict[str, str]:
    """With an Idempotency-Key, a fresh one unless given."""
    return {**headers, "Idempotency-Key": key or str(new_uuid())}


def slug_of(answer: httpx.Response) -> str:
    """The name of the problem in an answer."""
    return str(answer.json()["type"]).rpartition("/")[2]
