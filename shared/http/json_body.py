"""JSON bodies read strictly: one meaning for every reader, or a 422.

The standard parser takes NaN, keeps the last of two equal keys, guesses UTF-16 and dies on deep nesting;
PostgreSQL's text has no NUL. A body that two readers could understand differently must not be signed.
"""

import json
import re
from collections.abc import Callable, Coroutine
from typing import Any, NoReturn

from fastapi import APIRouter, Request, Response
from fastapi.params import Form
from fastapi.routing import APIRoute

from shared.auth.dependencies import gate_of
from shared.http.media_types import offered_by, refuse_foreign_body, refuse_unacceptable

DEEPEST = 64
_ESCAPED_TROUBLE = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")


def read_json(content: bytes) -> Any:
    """Parse ``content`` strictly. Raises ``json.JSONDecodeError`` whose text does not quote the input.

    Refused: other encodings than UTF-8, NaN and Infinity, a key twice in one object, more than 64 levels,
    NUL characters and half surrogate pairs, integers of more than 4,300 digits.
    """
    try:
        text = content.decode("utf-8")
        value = json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_object_without_twins)
    except json.JSONDecodeError:
        raise
    except UnicodeDecodeError as error:
        raise json.JSONDecodeError("it is not UTF-8", "", error.start) from error
    except RecursionError as error:
        raise _refusal(f"it is nested deeper than {DEEPEST} levels") from error
    except ValueError as error:
        raise _refusal(str(error) if isinstance(error, _Refused) else "a number is too long") from error
    _refuse_depth(content, value)
    _refuse_unstorable(content, value)
    return value


class StrictJsonRequest(Request):
    """A request whose ``json()`` is strict."""

    async def json(self) -> Any:
        """The body, parsed once. Raises ``json.JSONDecodeError``."""
        if not hasattr(self, "_json"):
            self._json = read_json(await self.body())
        return self._json


class StrictJsonRoute(APIRoute):
    """A route that reads its JSON body strictly, and minds what the client sends and accepts.

    Who is asking comes first: FastAPI reads the body before it solves dependencies, and would judge the words of
    somebody whom the route's rule does not let in.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """FastAPI's handler, given a strict request."""
        handle = super().get_route_handler()
        gate = gate_of(self)
        offered = offered_by(self)
        takes_json = self.body_field is not None and not isinstance(self.body_field.field_info, Form)

        async def handle_strictly(request: Request) -> Response:
            if gate is not None:
                await gate(request)
            if takes_json:
                refuse_foreign_body(request)
            if offered:
                refuse_unacceptable(request, offered)
            return await handle(StrictJsonRequest(request.scope, request.receive))

        return handle_strictly


def read_strictly(router: APIRouter) -> None:
    """Make all routes of ``router`` strict, also those of routers that it includes."""
    for route in router.routes:
        if type(route) is APIRoute:
            route.__class__ = StrictJsonRoute  # it adds behaviour and no state
        elif isinstance(included := getattr(route, "original_router", None), APIRouter):
            read_strictly(included)


class _Refused(ValueError):
    """A reason of ours, found inside the parser."""


def _refusal(reason: str) -> json.JSONDecodeError:
    return json.JSONDecodeError(reason, "", 0)


def _refuse_constant(_constant: str) -> NoReturn:
    raise _Refused("NaN and Infinity are no JSON numbers")


def _object_without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Refused("an object has the same key twice")
    return found


def _refuse_depth(content: bytes, value: Any) -> None:
    if content.count(b"[") + content.count(b"{") <= DEEPEST:
        return
    level = [value]
    for _ in range(DEEPEST):
        level = [member for item in level for member in _members(item)]
    if level:
        raise _refusal(f"it is nested deeper than {DEEPEST} levels")


def _members(item: Any) -> list[Any]:
    members = item.values() if isinstance(item, dict) else item if isinstance(item, list) else ()
    return [member for member in members if isinstance(member, dict | list)]


def _refuse_unstorable(content: bytes, value: Any) -> None:
    if not _ESCAPED_TROUBLE.search(content):
        return
    try:
        text = json.dumps(value, ensure_ascii=False)
        text.encode()
    except UnicodeEncodeError as error:
        raise _refusal("a character is half of a surrogate pair") from error
    if "\\u0000" in text.replace("\\\\", ""):
        raise _refusal("a text has a NUL character")
