"""Response headers that the contract promises, each described once under ``components``."""

from collections.abc import Mapping
from typing import Any

from shared.auth.rules import ScopeMissing
from shared.http.problems import MEDIA_TYPE
from shared.idempotency.act import TwinInFlight

WAITS = TwinInFlight.problem_type()
"""A conflict that is over in a moment, so it says when to come again."""
REQUEST_ID, RETRY_AFTER = "X-Request-Id", "Retry-After"

HEADERS: dict[str, dict[str, Any]] = {
    REQUEST_ID: {
        "description": "The id under which the request is logged: yours, where you sent a readable one",
        "schema": {"type": "string", "maxLength": 128, "pattern": "^[A-Za-z0-9._-]{8,128}$"},
        "example": "0199b6a2-5c1e-7a53-9f0c-2f6d1c1b7e11",
    },
    "ETag": {
        "description": "The version of what is shown: send it in `If-Match` to change it, in `If-None-Match` to "
        "be told 304 while it stays the same",
        "schema": {"type": "string", "maxLength": 66, "pattern": '^(W/)?"[!-~]*"$'},
        "example": '"7"',
    },
    "Location": {
        "description": "Where the result is, as a path of the origin that was asked",
        "schema": {"type": "string", "format": "uri-reference", "maxLength": 2000},
    },
    RETRY_AFTER: {
        "description": "After how many seconds the same request may be sent again (RFC 9110, 10.2.3)",
        "schema": {"type": "integer", "format": "int32", "minimum": 0, "maximum": 86_400},
        "example": 2,
    },
    "Content-Disposition": {
        "description": "Always an attachment, under the name it was uploaded with",
        "schema": {"type": "string", "maxLength": 2000},
        "example": "attachment; filename*=UTF-8''project-plan.pdf",
    },
    "RateLimit": {
        "description": "Where you stand in the present window: `r` requests are left, `t` seconds until the next "
        "(draft-ietf-httpapi-ratelimit-headers-10)",
        "schema": {"type": "string", "maxLength": 200},
        "example": '"writes";r=58;t=41',
    },
    "RateLimit-Policy": {
        "description": "How many requests (`q`) a window of `w` seconds has, by the class of the operation",
        "schema": {"type": "string", "maxLength": 200},
        "example": '"writes";q=60;w=60',
    },
    "WWW-Authenticate": {
        "description": "How to sign in (RFC 6750)",
        "schema": {"type": "string", "maxLength": 1000},
        "example": "Bearer",
    },
    "Deprecation": {
        "description": "Since when this operation is deprecated (RFC 9745)",
        "schema": {"type": "string", "maxLength": 20, "pattern": "^@[0-9]+$"},
        "example": "@1799971200",
    },
    "Sunset": {
        "description": "When this operation ends (RFC 8594)",
        "schema": {"type": "string", "maxLength": 40},
        "example": "Wed, 01 Sep 2027 00:00:00 GMT",
    },
    "Link": {
        "description": 'The page that says what to use instead (`rel="deprecation"`)',
        "schema": {"type": "string", "maxLength": 2000},
        "example": '<https://k-city.example/changes>; rel="deprecation"; type="text/html"',
    },
    "Accept": {
        "description": "The media types that are taken here (RFC 9110, 15.5.16)",
        "schema": {"type": "string", "maxLength": 1000},
        "example": "application/json",
    },
}
_OF_STATUS: Mapping[str, tuple[str, ...]] = {
    "401": ("WWW-Authenticate",),
    "415": ("Accept",),
    "429": (RETRY_AFTER,),
    "503": (RETRY_AFTER,),
}


def promise_headers(document: dict[str, Any], response: dict[str, Any], *names: str) -> None:
    """Say that ``response`` carries these headers; in place."""
    described = document.setdefault("components", {}).setdefault("headers", {})
    present = response.setdefault("headers", {})
    for name in names:
        described[name] = HEADERS[name]
        present[name] = {"$ref": f"#/components/headers/{name}"}


def promise_location(response: dict[str, Any], example: str) -> None:
    """Say that ``response`` tells where its result is, such as at the path ``example``; in place."""
    response.setdefault("headers", {})["Location"] = {**HEADERS["Location"], "example": example}


def promise_usual_headers(
    document: dict[str, Any], status: str, response: dict[str, Any], *, limited: bool
) -> None:
    """What every answer carries, and every answer of this status; ``limited``: where requests are counted."""
    standing = ("RateLimit", "RateLimit-Policy") if limited else ()
    promise_headers(document, response, REQUEST_ID, *standing, *_OF_STATUS.get(status, ()))
    told = response.get("content", {}).get(MEDIA_TYPE, {}).get("examples", {})
    if WAITS in told:
        promise_headers(document, response, RETRY_AFTER)
    if ScopeMissing.problem_type() in told:
        promise_headers(document, response, "WWW-Authenticate")  # RFC 6750, section 3.1
