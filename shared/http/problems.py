"""Problems (RFC 9457): which there are, how a refusal becomes one, and how routes announce theirs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rfc9457 import Problem
from starlette.requests import Request

from shared.errors import DomainError, Kind, Unavailable

MEDIA_TYPE = "application/problem+json"
PROBLEM_REF = {"$ref": "#/components/schemas/Problem"}

STATUS: Mapping[Kind, int] = {
    Kind.MALFORMED: 400,
    Kind.UNAUTHENTICATED: 401,
    Kind.FORBIDDEN: 403,
    Kind.NOT_FOUND: 404,
    Kind.CONFLICT: 409,
    Kind.STALE: 412,
    Kind.TOO_LARGE: 413,
    Kind.UNSUPPORTED: 415,
    Kind.INVALID: 422,
    Kind.PRECONDITION_MISSING: 428,
    Kind.UNAVAILABLE: 503,
}
_OWN_MEMBERS = frozenset(
    {"type", "title", "status", "detail", "errors", "request_id", "headers", "type_", "uri"}
)


@dataclass(frozen=True, slots=True)
class ProblemType:
    """One stable kind of problem: clients branch on ``slug``, the last part of ``type``."""

    slug: str
    status: int
    title: str
    meaning: str


INVALID_INPUT = ProblemType(
    "invalid-input", 422, "The input is not valid", "Each error points at one wrong place."
)
MALFORMED_REQUEST = ProblemType(
    "malformed-request", 400, "The request cannot be read", "It breaks HTTP or its encoding."
)
NO_SUCH_PATH = ProblemType("not-found", 404, "Not found", "There is nothing at this address.")
METHOD_NOT_ALLOWED = ProblemType(
    "method-not-allowed", 405, "Method not allowed", "`Allow` names those that are."
)
CONTENT_TOO_LARGE = ProblemType("content-too-large", 413, "The request is too large", "Send less at once.")
NOT_ACCEPTABLE = ProblemType(
    "not-acceptable",
    406,
    "No representation that you accept",
    "Accept what the operation offers; nothing was done.",
)
BODY_TOO_SLOW = ProblemType(
    "body-too-slow", 408, "The body did not arrive in time", "Send the same request again, faster."
)
UNSUPPORTED_MEDIA_TYPE = ProblemType(
    "unsupported-media-type",
    415,
    "The body's media type is not taken",
    "`Accept` names those that are; nothing was done.",
)
RATE_LIMITED = ProblemType(
    "rate-limited", 429, "Too many requests", "Wait as long as `Retry-After` says, then send it again."
)
HEADERS_TOO_LARGE = ProblemType(
    "headers-too-large", 431, "The request's head is too large", "Address and headers may have 16 KiB."
)
INTERNAL_ERROR = ProblemType(
    "internal-error", 500, "Something went wrong here", "It is logged under the request id."
)
SERVICE_UNREACHABLE = ProblemType(
    "service-unreachable",
    502,
    "The service cannot be reached",
    "Send the same request again; an Idempotency-Key keeps it from being done twice.",
)
SERVICE_TIMED_OUT = ProblemType(
    "service-timed-out",
    504,
    "The service did not answer in time",
    "It may have been done: ask for its outcome, or repeat it with the same Idempotency-Key.",
)
WITHOUT_DOMAIN = (
    INVALID_INPUT,
    MALFORMED_REQUEST,
    NO_SUCH_PATH,
    METHOD_NOT_ALLOWED,
    NOT_ACCEPTABLE,
    BODY_TOO_SLOW,
    CONTENT_TOO_LARGE,
    UNSUPPORTED_MEDIA_TYPE,
    RATE_LIMITED,
    HEADERS_TOO_LARGE,
    INTERNAL_ERROR,
    SERVICE_UNREACHABLE,
    SERVICE_TIMED_OUT,
)


def problem_type(error: type[DomainError]) -> ProblemType:
    """The problem that a domain error becomes; its meaning is the first line of its docstring."""
    meaning = (error.__doc__ or "").strip().partition("\n")[0]
    return ProblemType(error.problem_type(), STATUS[error.kind], error.title, meaning)


def known_problems() -> dict[str, ProblemType]:
    """Every problem of what is imported, by slug, sorted: what the pages under ``/problems`` tell."""
    found = {kind.slug: kind for kind in WITHOUT_DOMAIN}
    found |= {error.problem_type(): problem_type(error) for error in _descendants(DomainError)}
    return dict(sorted(found.items()))


def _descendants(error: type[DomainError]) -> Iterator[type[DomainError]]:
    for child in error.__subclasses__():
        yield child
        yield from _descendants(child)


def problem_of(error: DomainError, request: Request) -> Problem:
    """The problem of a domain error, with its facts as members and its headers."""
    kind = problem_type(type(error))
    extras: dict[str, Any] = {key: fact for key, fact in error.facts.items() if key not in _OWN_MEMBERS}
    if error.violations:
        extras["errors"] = [
            {"pointer": item.pointer, "reason": item.reason, "message": item.message}
            for item in error.violations
        ]
    headers: dict[str, str] = {}
    if error.retry_after_seconds is not None:
        headers["Retry-After"] = str(error.retry_after_seconds)
    if error.challenge is not None or error.kind is Kind.UNAUTHENTICATED:
        headers["WWW-Authenticate"] = error.challenge or "Bearer"
    return make_problem(kind, request, detail=error.detail, headers=headers, extras=extras)


def make_problem(
    kind: ProblemType,
    request: Request,
    *,
    detail: str | None = None,
    headers: Mapping[str, str] | None = None,
    extras: Mapping[str, Any] | None = None,
) -> Problem:
    """A problem of ``kind`` that carries the request id."""
    members = {**(extras or {}), "request_id": request_id_of(request)}
    return Problem(
        kind.title,
        type_=kind.slug,
        detail=detail or kind.meaning,
        status=kind.status,
        headers=dict(headers or {}),
        **members,
    )


def request_id_of(request: Request) -> str | None:
    """The id under which this request is logged."""
    found = request.scope.get("state", {}).get("request_id")
    return None if found is None else str(found)


def type_template(public_url: str) -> str:
    """The address of a problem's page, with ``{type}`` for its slug."""
    return public_url.rstrip("/").replace("{", "").replace("}", "") + "/problems/{type}"


def problems(*errors: type[DomainError]) -> dict[int | str, dict[str, Any]]:
    """The ``responses=`` of a route that may refuse with ``errors``: one entry a status, one example a type."""
    by_status: dict[int | str, list[ProblemType]] = {}
    for error in errors:
        kind = problem_type(error)
        by_status.setdefault(kind.status, []).append(kind)
    return {
        status: problem_response(kinds)
        for status, kinds in sorted(by_status.items(), key=lambda item: str(item[0]))
    }


def problem_response(kinds: Sequence[ProblemType]) -> dict[str, Any]:
    """The OpenAPI response of problems that share a status."""
    examples = {kind.slug: {"summary": kind.title, "value": _example(kind)} for kind in kinds}
    description = "; ".join(dict.fromkeys(kind.title for kind in kinds))
    return {
        "description": description,
        "content": {MEDIA_TYPE: {"schema": PROBLEM_REF, "examples": examples}},
    }


def _example(kind: ProblemType) -> dict[str, Any]:
    example: dict[str, Any] = {
        "type": f"/problems/{kind.slug}",
        "title": kind.title,
        "status": kind.status,
        "detail": kind.meaning,
        "request_id": "0199b6a2-5c1e-7a53-9f0c-2f6d1c1b7e11",
    }
    if kind.status == STATUS[Kind.INVALID]:
        example["errors"] = [{"pointer": "/body/title", "reason": "missing", "message": "Field required"}]
    return example


UNAVAILABLE = problem_type(Unavailable)
