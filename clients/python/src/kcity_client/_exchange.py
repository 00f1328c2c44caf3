"""One call from first attempt to answer: tokens, retries, problems. It does no I/O; it yields what must be done."""

import time
import uuid
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from kcity_client._call import Call
from kcity_client._effects import Effect, NotReceived, Outgoing, Pause, Received, Reply, Send
from kcity_client._refusals import refusal
from kcity_client._version import __version__
from kcity_client.errors import (
    DigestMismatch,
    KCityError,
    NoAnswer,
    NotModified,
    OutcomeUnknown,
    Problem,
    UnexpectedAnswer,
)
from kcity_client.retries import Retries, may_pass
from kcity_client.tokens import TokenSource, renewable, token
from kcity_client.uploads import Reading, Upload

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
UNAUTHENTICATED = 401
NOT_MODIFIED = 304
GOOD = range(200, 300)


@dataclass(frozen=True, slots=True)
class Answer(Generic[T_co]):
    """``data`` and what came with it.

    ``etag``: send it as ``if_match`` to change what you read. ``location``: path of what was made, at this origin.
    ``idempotency_key``: what the act was sent with; repeat it, or ``look_up``, with this one.
    """

    data: T_co
    operation: str
    status: int
    etag: str | None
    location: str | None
    request_id: str | None
    idempotency_key: str | None
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Conversation:
    """What all calls of a client share. ``timeout``: seconds without a sign of life that end an attempt."""

    origin: str
    tokens: TokenSource
    retries: Retries
    timeout: float
    check_digests: bool = True
    clock: Callable[[], float] = time.monotonic


def exchange(call: Call[T], talk: Conversation) -> Generator[Effect, Reply, Answer[T]]:
    """Do the call. Raises ``KCityError``."""
    began, attempt, renewed = talk.clock(), 0, False
    headers = _headers(call)
    readings = call.content.readings() if isinstance(call.content, Upload) else None
    while True:
        attempt += 1
        headers = yield from _authorized(headers, talk.tokens, renew=renewed)
        reading = readings() if readings else None
        reply = yield Send(_outgoing(call, talk, headers, reading))
        failure = _failure(call, reply, headers)
        if failure is None and isinstance(reply, Received):
            return _answer(call, talk, reply, headers, reading)
        assert failure is not None  # noqa: S101 - a reply is received or a failure
        if _token_expired(failure) and not renewed and renewable(talk.tokens) and _can_send_again(call):
            renewed = True
            continue
        pause = _pause(call, failure, talk.retries, attempt, talk.clock() - began)
        if pause is None:
            raise failure
        yield Pause(pause)


def _headers(call: Call[T]) -> dict[str, str]:
    headers = {name: value for name, value in call.headers.items() if value is not None}
    headers["Accept"] = call.operation.accepts
    headers["User-Agent"] = f"kcity-client-python/{__version__}"
    headers["X-Request-Id"] = str(uuid.uuid4())
    if call.operation.keyed:
        headers["Idempotency-Key"] = call.idempotency_key or str(uuid.uuid4())
    if call.content is not None:
        headers["Content-Type"] = call.content_type
    return headers


def _authorized(
    headers: dict[str, str], source: TokenSource, *, renew: bool
) -> Generator[Effect, Reply, dict[str, str]]:
    bearer = yield from token(source, renew=renew)
    return headers if bearer is None else headers | {"Authorization": f"Bearer {bearer}"}


def _outgoing(
    call: Call[T], talk: Conversation, headers: dict[str, str], reading: Reading | None
) -> Outgoing:
    return Outgoing(
        call.operation.method,
        talk.origin + call.target,
        headers
        if reading is None or reading.size is None
        else headers | {"Content-Length": str(reading.size)},
        query=call.parameters,
        content=call.content if isinstance(call.content, bytes) else None,
        reading=reading,
        timeout=call.timeout or talk.timeout,
    )


def _failure(call: Call[T], reply: Reply, headers: Mapping[str, str]) -> KCityError | None:
    key, request_id = headers.get("Idempotency-Key"), headers["X-Request-Id"]
    if isinstance(reply, NotReceived):
        kind = OutcomeUnknown if reply.sent else NoAnswer
        why = f"{reply.why} (request {request_id})"
        return kind(why, operation=call.operation.id, request_id=request_id, idempotency_key=key)
    assert isinstance(reply, Received)  # noqa: S101 - what drivers reply to Send
    if reply.status in GOOD:
        return None
    told_id = reply.headers.get("x-request-id", request_id)
    if reply.status == NOT_MODIFIED:
        return NotModified("not modified", operation=call.operation.id, request_id=told_id)
    return refusal(reply, call.operation.id, told_id, key)


def _answer(
    call: Call[T], talk: Conversation, reply: Received, headers: Mapping[str, str], reading: Reading | None
) -> Answer[T]:
    request_id = reply.headers.get("x-request-id", headers["X-Request-Id"])
    try:
        data = call.read(reply.content, reply.media_type)
    except ValueError as error:
        raise UnexpectedAnswer(
            reply.status,
            reply.media_type,
            reply.content.decode(errors="replace"),
            operation=call.operation.id,
            request_id=request_id,
            idempotency_key=headers.get("Idempotency-Key"),
        ) from error
    if reading is not None and talk.check_digests:
        _check_digest(call, reading, data, request_id)
    return Answer(
        data,
        call.operation.id,
        reply.status,
        reply.headers.get("etag"),
        reply.headers.get("location"),
        request_id,
        headers.get("Idempotency-Key"),
        reply.headers,
    )


def _check_digest(call: Call[T], reading: Reading, data: object, request_id: str | None) -> None:
    stored = getattr(data, "sha256", None)
    if isinstance(stored, str) and stored != reading.sha256:
        raise DigestMismatch(reading.sha256, stored, operation=call.operation.id, request_id=request_id)


def _token_expired(failure: KCityError) -> bool:
    return isinstance(failure, Problem) and failure.status == UNAUTHENTICATED


def _can_send_again(call: Call[Any]) -> bool:
    return not isinstance(call.content, Upload) or call.content.repeatable


def _pause(
    call: Call[T], failure: KCityError, retries: Retries, attempt: int, elapsed: float
) -> float | None:
    """Seconds until the next attempt; None where there must be none."""
    if not _can_send_again(call):
        return None
    if isinstance(failure, NoAnswer):
        safe = call.repeatable or not isinstance(failure, OutcomeUnknown)
        return retries.pause(attempt, None, elapsed) if safe else None
    if isinstance(failure, (Problem, UnexpectedAnswer)):
        told = failure.retry_after
        if may_pass(failure.status, told, repeatable=call.repeatable):
            return retries.pause(attempt, told, elapsed)
    return None
