"""Exceptions to problems: what is ours to say, what is an outage, and what nobody outside may read."""

import socket
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

import asyncpg
import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi_problem.handler import ExceptionHandler, new_exception_handler
from rfc9457 import Problem
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from shared.errors import DomainError, Unavailable
from shared.http.methods import allowed_methods
from shared.http.problems import (
    CONTENT_TOO_LARGE,
    INTERNAL_ERROR,
    INVALID_INPUT,
    MALFORMED_REQUEST,
    METHOD_NOT_ALLOWED,
    NO_SUCH_PATH,
    NOT_ACCEPTABLE,
    UNSUPPORTED_MEDIA_TYPE,
    ProblemType,
    make_problem,
    problem_of,
    type_template,
)

log = structlog.get_logger()

Make = Callable[[ExceptionHandler, Request, Any], Problem]

_OUR_OWN_FAULT = (FileNotFoundError, FileExistsError, PermissionError, IsADirectoryError, NotADirectoryError)
# connection lost, out of resources, shut down or starting, read-only after a switch-over; or tried again at
# once it may succeed: serialisation, deadlock, lock not available, cancelled by a time-out
_OUTAGE_STATES = ("08", "53", "57P", "57014", "25006", "40001", "40P01", "55P03")
_MOST_VIOLATIONS = 100
_UNKNOWN_OUTCOME = "A part we need is not answering. Send the same request again; an Idempotency-Key keeps it from being done twice."
_BY_STATUS = {
    400: MALFORMED_REQUEST,
    404: NO_SUCH_PATH,
    406: NOT_ACCEPTABLE,
    413: CONTENT_TOO_LARGE,
    415: UNSUPPORTED_MEDIA_TYPE,
}


def answer_with_problems(app: FastAPI, public_url: str) -> ExceptionHandler:
    """Make every error of ``app`` an ``application/problem+json`` answer; nothing of an unexpected one leaks."""
    makers: dict[type[Exception], Make] = {
        DomainError: lambda _, request, error: problem_of(error, request),
        RequestValidationError: lambda _, request, error: _invalid_input(request, error),
        HTTPException: lambda _, request, error: _http_refusal(request, error),
        Exception: lambda _, request, error: _failure(request, error),
    }
    handler = new_exception_handler(
        handlers=makers,
        documentation_uri_template=type_template(public_url),
        request_validation_handler=makers[RequestValidationError],
        http_exception_handler=makers[HTTPException],
    )

    async def answer(request: Request, error: Exception) -> Response:
        # a coroutine: Starlette would send the handler's plain call to a thread
        return handler(request, error)

    for kind in (DomainError, RequestValidationError, HTTPException, Problem, *_FAILURES, Exception):
        app.add_exception_handler(kind, answer)
    return handler


_FAILURES: tuple[type[Exception], ...] = (
    DBAPIError,
    PoolTimeoutError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    OSError,
)
"""Handled before Starlette's last resort, which would raise them again."""


def is_outage(error: Exception) -> bool:
    """Whether a part we need is down or busy, so that the same request may be sent again."""
    if isinstance(error, DBAPIError):
        lost = error.connection_invalidated or isinstance(error, OperationalError | InterfaceError)
        return lost or _outage_state(error.orig)
    if isinstance(error, asyncpg.InterfaceError):
        return not isinstance(error, asyncpg.InternalClientError)
    if isinstance(error, asyncpg.PostgresError):
        return _outage_state(error)
    if isinstance(error, PoolTimeoutError | socket.gaierror):
        return True
    return isinstance(error, OSError) and not isinstance(error, _OUR_OWN_FAULT)


def _outage_state(error: BaseException | None) -> bool:
    state = getattr(error, "sqlstate", None)
    return isinstance(state, str) and state.startswith(_OUTAGE_STATES)


def _failure(request: Request, error: Exception) -> Problem:
    if is_outage(error):
        log.warning("http.unavailable", exc_info=error)
        # it may have been lost at the commit, so nobody can say here that nothing was done
        return problem_of(Unavailable(_UNKNOWN_OUTCOME), request)
    log.error("http.unexpected", exc_info=error)
    return make_problem(INTERNAL_ERROR, request)


def _invalid_input(request: Request, error: RequestValidationError) -> Problem:
    found = error.errors()
    errors = [
        {"pointer": _place(item), "reason": item["type"], "message": _message(item)}
        for item in found[:_MOST_VIOLATIONS]
    ]
    return make_problem(INVALID_INPUT, request, extras={"errors": errors})


def _message(item: Mapping[str, Any]) -> str:
    if item["type"] == "json_invalid":
        return f"This is not JSON that we read: {item.get('ctx', {}).get('error', 'it cannot be parsed')}"
    told = str(item["msg"]).partition(", invalid character")[0]  # which it would quote
    return told.encode("utf-8", "replace").decode()


def _place(item: Mapping[str, Any]) -> str:
    # FastAPI's place of unreadable JSON is (body, character), which is no member of anything
    return "/body" if item["type"] == "json_invalid" else pointer_of(item["loc"])


def pointer_of(loc: Sequence[str | int]) -> str:
    """The RFC 6901 pointer of a place, starting with body, query, path or header."""
    escaped = (str(part).replace("~", "~0").replace("/", "~1") for part in loc)
    return "".join(f"/{part}" for part in escaped).encode("utf-8", "replace").decode()


def _http_refusal(request: Request, error: HTTPException) -> Problem:
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        return make_problem(
            METHOD_NOT_ALLOWED, request, headers={"Allow": ", ".join(allowed_methods(request.scope))}
        )
    kind = _BY_STATUS.get(error.status_code) or _by_phrase(error.status_code)
    return make_problem(kind, request, headers=error.headers)


def _by_phrase(status: int) -> ProblemType:
    phrase = HTTPStatus(status).phrase
    return ProblemType(
        phrase.lower().replace(" ", "-"), status, phrase, HTTPStatus(status).description or phrase
    )
