"""Answers that refuse, as errors; pure."""

from collections.abc import Mapping
from typing import Any

from kcity_client._effects import Received
from kcity_client.errors import KCityError, Problem, UnexpectedAnswer, Violation
from kcity_client.problems import BY_SLUG
from kcity_client.retries import retry_after_of

PROBLEM_JSON = "application/problem+json"
_OWN = frozenset({"type", "title", "status", "detail", "instance", "errors", "request_id"})


def refusal(reply: Received, operation: str, request_id: str | None, key: str | None) -> KCityError:
    """The error that an answer of 3xx to 5xx is."""
    told = reply.json() if reply.media_type == PROBLEM_JSON else None
    retry_after = retry_after_of(reply.headers)
    if not isinstance(told, dict) or not isinstance(told.get("type", "about:blank"), str):
        text = reply.content.decode(errors="replace")
        return UnexpectedAnswer(
            reply.status,
            reply.media_type,
            text,
            operation=operation,
            request_id=request_id,
            idempotency_key=key,
            retry_after=retry_after,
        )
    type_ = told.get("type", "about:blank")
    kind: type[Problem] = BY_SLUG.get(type_.rstrip("/").rsplit("/", 1)[-1], Problem)
    return kind(
        type_=type_,
        status=reply.status,
        title=_text(told, "title"),
        detail=_text(told, "detail"),
        errors=_violations(told.get("errors")),
        facts={name: value for name, value in told.items() if name not in _OWN},
        retry_after=retry_after,
        operation=operation,
        request_id=_text(told, "request_id") or request_id,
        idempotency_key=key,
    )


def _violations(told: object) -> tuple[Violation, ...]:
    found = told if isinstance(told, list) else []
    return tuple(
        Violation(_text(one, "pointer"), _text(one, "reason"), _text(one, "message"))
        for one in found
        if isinstance(one, dict)
    )


def _text(told: Mapping[str, Any], name: str) -> str:
    found = told.get(name)
    return found if isinstance(found, str) else ""
