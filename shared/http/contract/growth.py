"""Lets answers grow: clients ignore members that they do not know, so no schema of an answer may forbid them.

Requests go on refusing unknown members, so that a slip is not lost in silence. What is both asked and answered stands
twice, as ``ScoreIn`` and ``ScoreOut``. Our own tests still refuse what an answer does not declare
(``shared.testing.declared``). Source: docs/api/versioning.md.
"""

import copy
from collections.abc import Iterable, Iterator
from typing import Any

from shared.contracts.merged import operations
from shared.http.contract.names import point_to

_SCHEMAS = "#/components/schemas/"
_VALUES = frozenset({"example", "examples", "default", "enum", "const"})


def let_answers_grow(document: dict[str, Any]) -> None:
    """Take ``additionalProperties: false`` out of every answer; in place."""
    schemas: dict[str, Any] = document["components"]["schemas"]
    asked, answered = list(_asked(document)), list(_answered(document))
    shown = _reached(schemas, answered)
    both = _reached(schemas, asked) & shown
    twice = {name for name in both if any(_is_closed(schemas[one]) for one in _reached(schemas, [_to(name)]))}
    named = {name: f"{name.removesuffix('In')}Out" for name in sorted(twice)}
    if taken := schemas.keys() & named.values():
        raise ValueError(f"two schemas are called {', '.join(sorted(taken))}")
    schemas |= {copied: copy.deepcopy(schemas[name]) | {"title": copied} for name, copied in named.items()}
    for part in (
        *answered,
        *(schemas[name] for name in shown - twice),
        *map(schemas.__getitem__, named.values()),
    ):
        point_to(part, {_SCHEMAS + name: _SCHEMAS + copied for name, copied in named.items()})
        _open(part)
    document["components"]["schemas"] = dict(sorted(schemas.items()))


def _asked(document: dict[str, Any]) -> Iterator[Any]:
    for _, _, operation in operations(document):
        yield operation.get("requestBody", {})
        yield operation.get("parameters", [])


def _answered(document: dict[str, Any]) -> Iterator[Any]:
    for _, _, operation in operations(document):
        for response in operation["responses"].values():
            yield response.get("content", {})


def _to(name: str) -> dict[str, str]:
    return {"$ref": _SCHEMAS + name}


def _reached(schemas: dict[str, Any], parts: Iterable[Any]) -> set[str]:
    """The schemas that these parts refer to, directly or not."""
    found: set[str] = set()
    fresh = {name for part in parts for name in _references(part)}
    while fresh:
        found |= fresh
        fresh = {name for one in fresh for name in _references(schemas[one])} - found
    return found


def _references(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        for member in part:
            yield from _references(member)
    elif isinstance(part, dict):
        target = part.get("$ref")
        if isinstance(target, str) and target.startswith(_SCHEMAS):
            yield target.removeprefix(_SCHEMAS)
        for name, member in part.items():
            if name not in _VALUES:
                yield from _references(member)


def _is_closed(part: Any) -> bool:
    if isinstance(part, list):
        return any(map(_is_closed, part))
    if not isinstance(part, dict):
        return False
    return part.get("additionalProperties") is False or any(
        _is_closed(member) for name, member in part.items() if name not in _VALUES
    )


def _open(part: Any) -> None:
    if isinstance(part, list):
        for member in part:
            _open(member)
    elif isinstance(part, dict):
        if part.get("additionalProperties") is False:
            del part["additionalProperties"]
        for name, member in part.items():
            if name not in _VALUES:
                _open(member)
