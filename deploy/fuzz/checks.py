"""What is asked of every answer. Each check gives the sentence of what is wrong, or None."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import httpx
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import negative_data_rejection

from deploy.fuzz.actors import UNWELCOME, Actor
from deploy.fuzz.cases import Planned
from shared.http.problems import MEDIA_TYPE
from shared.testing.declared import Declared, Undeclared

_INSIDE = re.compile(
    r"Traceback \(most recent|\bFile \"/|/site-packages/|/(?:root|home|tmp|opt|usr)/[a-z]|\.py\b"
    r"|postgres(?:ql)?(?:\+\w+)?://|asyncpg|sqlalchemy|psycopg|pydantic_core|-----BEGIN [A-Z ]*PRIVATE"
    r"|\b(?:SELECT|INSERT|UPDATE|DELETE)\b[^.]{1,80}\b(?:FROM|INTO|SET|WHERE)\b"
)
"""How the inside of a server looks when it shows: stack traces, paths, addresses, libraries, statements, keys."""
_VOLATILE = frozenset({"request_id"})
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_GOOD = 300


@dataclass(frozen=True, slots=True)
class Private:
    """Something about a person, and the callers who may read it; nobody may in a refusal."""

    text: str
    readers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Secrets:
    """What must not stand in any answer: ``keys`` for anybody; ``private`` for whoever may not read it."""

    keys: Sequence[str]
    private: Sequence[Private] = field(default=())

    def shown(self, answer: httpx.Response, actor: Actor) -> str | None:
        """What an answer gives away."""
        text = f"{list(answer.headers.items())}\n{answer.content.decode('utf-8', 'replace')}"
        if any(key in text for key in self.keys):
            return "shows a secret"
        if answer.status_code >= _GOOD and (inside := _INSIDE.search(text)):
            return f"shows the server's inside: {inside[0][:40]!r}"
        for one in self.private:
            if one.text in text and (actor.name not in one.readers or answer.status_code >= _GOOD):
                return "shows somebody's personal data to who may not read it"
        return None


async def undeclared(declared: Declared, answer: httpx.Response) -> str | None:
    """What the contract does not know of: status, problem, header, media type, body."""
    try:
        await declared.check(answer)
    except Undeclared as error:
        return str(error)
    except (ValueError, KeyError, TypeError) as error:
        return f"the body cannot be read as it is declared ({type(error).__name__})"
    return None


def broken(answer: httpx.Response) -> str | None:
    """Answers of a server that failed: nothing it needs is away here, so 503 is one, too."""
    if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return f"{answer.status_code}: {answer.text[:200]}"
    return None


def wrong_refusal(planned: Planned, answer: httpx.Response) -> str | None:
    """A refusal that is no problem, and a method that is not offered and yet not refused with 405 and ``Allow``."""
    status = answer.status_code
    media_type = answer.headers.get("content-type", "").partition(";")[0]
    if status >= HTTPStatus.BAD_REQUEST and planned.case.method != "HEAD" and media_type != MEDIA_TYPE:
        return f"{status} is no problem but {media_type}"
    if planned.is_operation or planned.case.method in ("OPTIONS", "HEAD"):
        return None
    if status != HTTPStatus.METHOD_NOT_ALLOWED or "allow" not in answer.headers:
        return f"{planned.case.method} is not offered and was answered with {status}"
    return None


def let_in(planned: Planned, actor: Actor, answer: httpx.Response) -> str | None:
    """A caller without a good token who was told anything but 401 where one is needed, whatever they sent."""
    security = planned.case.operation.definition.raw.get("security", ())
    needed = bool(security) and (actor.token is not None or {} not in security)
    if actor.role not in UNWELCOME or not needed or not planned.is_operation:
        return None
    before_it_is_read = (HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
    if answer.status_code in (HTTPStatus.UNAUTHORIZED, *before_it_is_read):
        return None
    return f"{actor.role} was told {answer.status_code}, not 401"


def made_up(planned: Planned, answer: httpx.Response, contract: str, *, linked: bool) -> str | None:
    """A good answer about ids that nobody ever told, nor the ``contract`` shows, where the absent is answered with 404."""
    responses = planned.case.operation.definition.raw["responses"]
    ids = [str(value) for value in planned.path.values()]
    if linked or not ids or "404" not in responses or not all(map(_UUID.fullmatch, ids)):
        return None
    if any(one in contract for one in ids):
        return None
    return "answered well about what does not exist" if answer.is_success and planned.is_operation else None


def accepted(planned: Planned, answer: httpx.Response) -> str | None:
    """A good answer to what the contract forbids. schemathesis knows which forbidden values turn good on the wire."""
    if not planned.forbidden or answer.status_code >= _GOOD or not planned.is_operation:
        return None
    try:
        planned.case.validate_response(answer, checks=[negative_data_rejection])
    except FailureGroup as failures:
        return str(failures.exceptions[0]).replace("\n", " ")[:300]
    return None


def differs(one: httpx.Response, other: httpx.Response) -> str | None:
    """Two answers that should be the same, but for ids and what belongs to one request.

    What was accepted (202) goes on meanwhile: then it is to be the same thing, wherever it stands.
    """
    if one.status_code != other.status_code:
        return f"{one.status_code}, then {other.status_code}"
    if one.status_code == HTTPStatus.ACCEPTED:
        return None if one.json().get("id") == other.json().get("id") else "another thing was begun"
    if _essence(one) != _essence(other):
        return f"{_essence(one)!s:.150} is not {_essence(other)!s:.150}"
    return None


def _essence(answer: httpx.Response) -> Any:
    if "json" not in answer.headers.get("content-type", ""):
        return answer.content
    body = answer.json()
    if isinstance(body, Mapping):
        body = {key: value for key, value in body.items() if key not in _VOLATILE}
    return _UUID.sub("<id>", str(body)) if answer.status_code >= _GOOD else body
