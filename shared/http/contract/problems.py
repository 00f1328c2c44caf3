"""Problems in the OpenAPI document: every error that an operation can answer with."""

from collections.abc import Iterator
from typing import Any

from shared.auth.issuer_keys import IssuerUnavailable
from shared.auth.rules import ScopeMissing
from shared.auth.verifier import TokenExpired, TokenInvalid, TokenMissing
from shared.contracts.merged import operations
from shared.errors import Forbidden, StaleVersion
from shared.etag import PreconditionRequired
from shared.http.contract.samples import members_of
from shared.http.problems import (
    BODY_TOO_SLOW,
    CONTENT_TOO_LARGE,
    HEADERS_TOO_LARGE,
    INTERNAL_ERROR,
    INVALID_INPUT,
    MALFORMED_REQUEST,
    MEDIA_TYPE,
    NOT_ACCEPTABLE,
    RATE_LIMITED,
    UNAVAILABLE,
    UNSUPPORTED_MEDIA_TYPE,
    ProblemType,
    problem_response,
    problem_type,
)
from shared.idempotency.act import IdempotencyKeyInvalid, IdempotencyKeyMissing, KeyReused, TwinInFlight
from shared.limits.classes import MARK, Cost
from shared.limits.limiter import RateLimitUnavailable

_SIGNED_IN = tuple(problem_type(error) for error in (TokenMissing, TokenInvalid, TokenExpired))
_OF_HEADER = {
    "Idempotency-Key": (IdempotencyKeyMissing, IdempotencyKeyInvalid, TwinInFlight, KeyReused),
    "If-Match": (PreconditionRequired, StaleVersion),
}
"""Headers that are required, and the problems they come with. Code takes them as optional to refuse in its own words."""
_FORMS: dict[str, dict[str, Any]] = {
    "Idempotency-Key": {"minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
    "If-Match": {"minLength": 1, "maxLength": 1000},
}
_FREE = frozenset({"/health", "/ready"})
"""Paths that are asked by machines all the time, and counted by nobody."""
_JSON = "application/json"

PROBLEM_SCHEMA: dict[str, Any] = {
    "title": "Problem",
    "description": "Why a request was refused (RFC 9457). Branch on `type`; other members tell the facts of the case.",
    "type": "object",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {
            "type": "string",
            "format": "uri-reference",
            "description": "Stable; ends in the problem's name",
        },
        "title": {"type": "string"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string"},
        "request_id": {"type": ["string", "null"]},
        "errors": {"type": "array", "items": {"$ref": "#/components/schemas/Violation"}},
    },
    "additionalProperties": True,
}
VIOLATION_SCHEMA: dict[str, Any] = {
    "title": "Violation",
    "description": "One thing that is wrong, and where",
    "type": "object",
    "required": ["pointer", "reason", "message"],
    "properties": {
        "pointer": {
            "type": "string",
            "description": "JSON pointer (RFC 6901) from body, query, path or header",
        },
        "reason": {"type": "string", "description": "Stable word for what is wrong there"},
        "message": {"type": "string"},
    },
}


def describe_problems(document: dict[str, Any]) -> dict[str, Any]:
    """Give every operation the problems that it may answer with, every 422 our schema; in place.

    A problem is a named example of its status, called by its slug, and described once under ``components``.
    """
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    for path, _, operation in operations(document):
        _require_headers(operation)
        responses = operation["responses"]
        if _JSON in responses.get("422", {}).get("content", {}):
            del responses["422"]  # FastAPI's own; ours follows
        for kind in _possible(path, operation):
            _add(responses, kind)
        operation["responses"] = dict(sorted(responses.items()))
        for response in responses.values():
            _refer(document, response)
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    schemas |= {"Problem": PROBLEM_SCHEMA, "Violation": VIOLATION_SCHEMA}
    document["components"]["schemas"] = dict(sorted(schemas.items()))
    return document


def _named_headers(operation: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "header" and parameter["name"] in _OF_HEADER:
            yield parameter


def _require_headers(operation: dict[str, Any]) -> None:
    for parameter in _named_headers(operation):
        parameter["required"] = True
        described = {
            name: value for name, value in parameter["schema"].items() if name not in ("anyOf", "default")
        }
        parameter["schema"] = {"type": "string", **described, **_FORMS[parameter["name"]]}


def _possible(path: str, operation: dict[str, Any]) -> Iterator[ProblemType]:
    yield from _of_caller(operation)
    for parameter in _named_headers(operation):
        yield from (problem_type(error) for error in _OF_HEADER[parameter["name"]])
    if "requestBody" in operation:
        yield from (BODY_TOO_SLOW, CONTENT_TOO_LARGE)
        if _JSON in operation["requestBody"]["content"]:
            yield UNSUPPORTED_MEDIA_TYPE
    if "requestBody" in operation or operation.get("parameters"):
        yield INVALID_INPUT
    if any(_JSON in response.get("content", {}) for _, response in _successes(operation)):
        yield NOT_ACCEPTABLE
    if path not in _FREE:
        yield RATE_LIMITED
        if operation.get(MARK) != Cost.SUBMISSIONS:
            yield problem_type(RateLimitUnavailable)
    yield from (MALFORMED_REQUEST, HEADERS_TOO_LARGE, UNAVAILABLE, INTERNAL_ERROR)


def _of_caller(operation: dict[str, Any]) -> Iterator[ProblemType]:
    alternatives = operation.get("security", ())
    if not alternatives:
        return
    yield from (_SIGNED_IN[1:] if {} in alternatives else _SIGNED_IN)
    yield problem_type(Forbidden)
    yield problem_type(IssuerUnavailable)
    if any(one.get("machines") for one in alternatives):
        yield problem_type(ScopeMissing)


def _successes(operation: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for status, response in operation["responses"].items():
        if status.startswith("2"):
            yield status, response


def _add(responses: dict[str, Any], kind: ProblemType) -> None:
    fresh = problem_response([kind])
    present = responses.setdefault(str(kind.status), fresh)
    content = present.setdefault("content", {}).setdefault(MEDIA_TYPE, fresh["content"][MEDIA_TYPE])
    examples = content.setdefault("examples", {})
    if kind.slug not in examples:
        examples |= fresh["content"][MEDIA_TYPE]["examples"]
        present["description"] = "; ".join((present["description"], fresh["description"]))


def _refer(document: dict[str, Any], response: dict[str, Any]) -> None:
    """Move a response's problems to the components, where each stands once."""
    content = response.get("content", {}).get(MEDIA_TYPE)
    if content is None:
        return
    known = document["components"].setdefault("examples", {})
    for slug, example in content["examples"].items():
        if slug not in known:
            told = example["value"]
            fixed = {name: told[name] for name in ("type", "title", "status")}
            known[slug] = {**example, "value": {**told, **members_of(slug), **fixed}}
    content["examples"] = {
        slug: {"$ref": f"#/components/examples/{slug}"} for slug in sorted(content["examples"])
    }
