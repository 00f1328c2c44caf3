"""The OpenAPI document as our clients should read it: every error is a Problem."""

from collections.abc import Iterator
from typing import Any

from shared.auth.verifier import IssuerUnavailable, TokenExpired, TokenInvalid, TokenMissing
from shared.errors import Forbidden, StaleVersion
from shared.etag import PreconditionRequired
from shared.http.problems import (
    CONTENT_TOO_LARGE,
    INTERNAL_ERROR,
    INVALID_INPUT,
    MEDIA_TYPE,
    UNAVAILABLE,
    ProblemType,
    problem_response,
    problem_type,
)
from shared.idempotency.act import IdempotencyKeyInvalid, IdempotencyKeyMissing, KeyReused, TwinInFlight

_SIGNED_IN = tuple(problem_type(error) for error in (TokenMissing, TokenInvalid, TokenExpired))
_OF_HEADER = {
    "Idempotency-Key": (IdempotencyKeyMissing, IdempotencyKeyInvalid, TwinInFlight, KeyReused),
    "If-Match": (PreconditionRequired, StaleVersion),
}
"""Headers that are required, and the problems they come with. Code takes them as optional to refuse in its own words."""
_REQUEST_ID = {
    "X-Request-Id": {"description": "The id under which the request is logged", "schema": {"type": "string"}}
}
_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")

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
    """Give every operation the problems that any operation may answer with, and every 422 our schema; in place."""
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    for operation in _operations(document):
        _require_headers(operation)
        responses = operation["responses"]
        if "application/json" in responses.get("422", {}).get("content", {}):
            del responses["422"]  # FastAPI's own; ours follows
        for kind in _possible(operation):
            _add(responses, kind)
        operation["responses"] = dict(sorted(responses.items()))
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    schemas |= {"Problem": PROBLEM_SCHEMA, "Violation": VIOLATION_SCHEMA}
    document["components"]["schemas"] = dict(sorted(schemas.items()))
    return document


def _operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for methods in document.get("paths", {}).values():
        for method in _METHODS:
            if method in methods:
                yield methods[method]


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
        parameter["schema"] = {"type": "string", "minLength": 1, **described}


def _possible(operation: dict[str, Any]) -> Iterator[ProblemType]:
    if operation.get("security"):
        yield from _SIGNED_IN
        yield problem_type(Forbidden)
        yield problem_type(IssuerUnavailable)
    for parameter in _named_headers(operation):
        yield from (problem_type(error) for error in _OF_HEADER[parameter["name"]])
    if "requestBody" in operation:
        yield CONTENT_TOO_LARGE
    if "requestBody" in operation or operation.get("parameters"):
        yield INVALID_INPUT
    yield UNAVAILABLE
    yield INTERNAL_ERROR


def _add(responses: dict[str, Any], kind: ProblemType) -> None:
    fresh = problem_response([kind])
    present = responses.setdefault(str(kind.status), {**fresh, "headers": _REQUEST_ID})
    content = present.setdefault("content", {}).setdefault(MEDIA_TYPE, fresh["content"][MEDIA_TYPE])
    examples = content.setdefault("examples", {})
    if kind.slug not in examples:
        examples |= fresh["content"][MEDIA_TYPE]["examples"]
        present["description"] = "; ".join((present["description"], fresh["description"]))
