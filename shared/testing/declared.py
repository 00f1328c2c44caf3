"""Holds every answer of an API under test against its contract: nothing undeclared gets out unseen.

A status, media type, problem, header (of those the contract tells of) or body that the operation's OpenAPI does not
declare fails the test that met it. So "every problem that an operation can answer is declared" is proven by all tests
together, and by the fuzzing.
"""

import re
from collections.abc import Mapping
from typing import Any

import httpx
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from jsonschema_rs import Draft202012Validator

from shared.contracts.merged import operations
from shared.http.contract.headers import HEADERS
from shared.http.problems import MEDIA_TYPE

_PROMISED = tuple(HEADERS)
_VALUES = frozenset({"example", "examples", "default", "enum", "const"})
_PLACEHOLDER = re.compile(r"\\\{[^/]+?\\\}")


class Undeclared(AssertionError):
    """An answer that the contract does not know."""


class Declared:
    """The operations of one document, ready to be compared with answers.

    ``may_grow``: bodies may have members beyond the declared ones, as the contract allows a server (its mock makes some
    up); ours may not.
    """

    def __init__(self, document: Mapping[str, Any], *, may_grow: bool = False) -> None:
        self._form = _as_it_is if may_grow else _closed
        self._components = self._form(document.get("components", {}))
        self._operations = [
            (method.upper(), re.compile(_PLACEHOLDER.sub("[^/]+", re.escape(path))), operation)
            for path, method, operation in sorted(operations(document), key=lambda one: one[0].count("{"))
        ]
        self._validators: dict[tuple[str, str, str], Draft202012Validator] = {}

    async def check(self, response: httpx.Response) -> None:
        """Raise ``Undeclared`` unless the contract says that this may be answered; for httpx's event hook."""
        request = response.request
        operation = self._operation("GET" if request.method == "HEAD" else request.method, request.url.path)
        if operation is None:  # an address or method that is no operation
            return
        place = f"{operation['operationId']} {response.status_code}"
        declared = operation["responses"].get(str(response.status_code))
        if declared is None:
            await response.aread()
            raise Undeclared(f"{place}: the status is not declared; it says {response.text[:300]}")
        for name in _PROMISED:
            if name in response.headers and name not in declared.get("headers", {}):
                raise Undeclared(f"{place}: the header {name} is not declared")
        await response.aread()
        if response.content and request.method != "HEAD":
            self._check_body(place, operation, declared, response)

    def _operation(self, method: str, path: str) -> Mapping[str, Any] | None:
        return next(
            (one for verb, form, one in self._operations if verb == method and form.fullmatch(path)), None
        )

    def _check_body(
        self,
        place: str,
        operation: Mapping[str, Any],
        declared: Mapping[str, Any],
        response: httpx.Response,
    ) -> None:
        media_type = response.headers.get("content-type", "").partition(";")[0]
        content = declared.get("content", {}).get(media_type)
        if content is None:
            raise Undeclared(f"{place}: {media_type or 'a body'} is not declared")
        if not media_type.endswith("json"):
            return
        body = response.json()
        if media_type == MEDIA_TYPE:
            slug = str(body["type"]).rpartition("/")[2]
            if slug not in content["examples"]:
                raise Undeclared(f"{place}: the problem {slug} is not declared")
        key = (operation["operationId"], str(response.status_code), media_type)
        if key not in self._validators:
            whole = {**self._form(content["schema"]), "components": self._components}
            self._validators[key] = Draft202012Validator(whole)
        for error in self._validators[key].iter_errors(body):
            where = "/".join(map(str, error.instance_path))
            raise Undeclared(f"{place}: the body does not fit its schema at /{where}: {error.message[:300]}")


def _as_it_is(part: Any) -> Any:
    return part


def _closed(part: Any) -> Any:
    """The schemas without room to grow: clients ignore an undeclared member, for us it is a slip."""
    if isinstance(part, list):
        return [_closed(member) for member in part]
    if not isinstance(part, Mapping):
        return part
    copy = {name: member if name in _VALUES else _closed(member) for name, member in part.items()}
    if isinstance(copy.get("properties"), Mapping) and copy.get("type") == "object":
        copy.setdefault("additionalProperties", False)
    return copy


def declared_by(app: FastAPI) -> Declared:
    """The contract of an application; put together once for all that have the same routes."""
    key = (app.title, *sorted(f"{route.path} {route.methods}" for route in iter_route_contexts(app.routes)))
    if key not in _KNOWN:
        _KNOWN[key] = Declared(app.openapi())
    return _KNOWN[key]


_KNOWN: dict[tuple[str, ...], Declared] = {}
