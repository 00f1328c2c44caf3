"""One OpenAPI document of the four: what the front door offers at one origin. Pure.

Paths get the service's prefix. A component that says the same everywhere stands once; one that does not gets the
service in front of its name. An operation id that several services have gets the service behind its verb
(``getHealth`` → ``getIntakeHealth``). What the front door does not show is left out.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from shared.settings import ServiceName

Document = Mapping[str, Any]
Place = tuple[str, str]
"""A component: its section (``schemas``, ``headers`` …) and its name."""

INSIDE = frozenset({"/ready"})
"""Addresses of each process that the front door does not show: whoever watches the process asks it directly."""
SIGN_IN = "securitySchemes"
"""The one section that is referred to by name, not by ``$ref``."""
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_REFERENCE = re.compile(r"#/components/([^/]+)/([^/]+)")
_VERB = re.compile(r"[a-z]+")


def merged(documents: Mapping[ServiceName, Document], info: Document) -> dict[str, Any]:
    """The document of all ``documents`` (by service) under ``info``; every reference leads to what it led to before."""
    ids = _shared_ids(documents)
    differing = _differing(documents)
    whole: dict[str, Any] = {"openapi": "3.1.0", "info": dict(info), "paths": {}, "components": {}}
    tags: dict[str, Any] = {}
    for service, document in documents.items():
        renamed = {place: _prefixed(service, place[1]) for place in differing}
        part = _rewritten(document, renamed, {name: _with_service(name, service) for name in ids})
        _prefix_locations(part, service)
        whole["paths"] |= {
            f"/{service}{path}": item for path, item in part["paths"].items() if path not in INSIDE
        }
        for section, components in part.get("components", {}).items():
            named = {renamed.get((section, name), name): one for name, one in components.items()}
            whole["components"].setdefault(section, {}).update(named)
        tags |= {tag["name"]: tag for tag in part.get("tags", ())}
    whole["components"] = _needed(whole)
    return whole | ({"tags": list(tags.values())} if tags else {})


def operations(document: Document) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every operation with its path and method."""
    for path, item in document.get("paths", {}).items():
        for method in METHODS:
            if method in item:
                yield path, method, item[method]


def _prefix_locations(document: Document, service: str) -> None:
    """Where a result is, the front door tells with the service's prefix; in place."""
    for _, _, operation in operations(document):
        for response in operation["responses"].values():
            location = response.get("headers", {}).get("Location", {})
            if location.get("example", "").startswith("/v1/"):
                location["example"] = f"/{service}{location['example']}"


def _shared_ids(documents: Mapping[ServiceName, Document]) -> set[str]:
    seen: set[str] = set()
    twice: set[str] = set()
    for document in documents.values():
        for _, _, operation in operations(document):
            name = operation["operationId"]
            (twice if name in seen else seen).add(name)
    return twice


def _with_service(operation_id: str, service: str) -> str:
    verb = _VERB.match(operation_id)
    end = verb.end() if verb else 0
    return f"{operation_id[:end]}{service.capitalize()}{operation_id[end:]}"


def _prefixed(service: str, name: str) -> str:
    return f"{service.capitalize()}{name[:1].upper()}{name[1:]}"


def _differing(documents: Mapping[ServiceName, Document]) -> set[Place]:
    """The components that share a name but not a meaning: they differ, or what they refer to does."""
    versions: dict[Place, list[Any]] = {}
    for document in documents.values():
        for section, components in document.get("components", {}).items():
            for name, component in components.items():
                versions.setdefault((section, name), []).append(component)
    differing = {place for place, all_ in versions.items() if any(one != all_[0] for one in all_)}
    while True:
        drawn = {
            place
            for place, all_ in versions.items()
            if len(all_) > 1 and place not in differing and differing & set(_references(all_[0]))
        }
        if not drawn:
            return differing
        differing |= drawn


def _references(part: Any) -> Iterator[Place]:
    if isinstance(part, Mapping):
        target = part.get("$ref")
        if isinstance(target, str) and (found := _REFERENCE.fullmatch(target)):
            yield found[1], found[2]
        for member in part.values():
            yield from _references(member)
    elif isinstance(part, list):
        for member in part:
            yield from _references(member)


def _needed(document: Document) -> dict[str, Any]:
    """The components that the paths lead to, and the ways to sign in: what only left-out paths needed goes too."""
    every: Mapping[str, Mapping[str, Any]] = document["components"]
    needed = {(SIGN_IN, name) for name in every.get(SIGN_IN, ())}
    found = set(_references(document["paths"]))
    while found:
        needed |= found
        found = {to for section, name in found for to in _references(every[section][name])} - needed
    kept = {
        section: {name: one for name, one in sorted(components.items()) if (section, name) in needed}
        for section, components in every.items()
    }
    return {section: components for section, components in kept.items() if components}


def _rewritten(part: Any, renamed: Mapping[Place, str], ids: Mapping[str, str]) -> Any:
    if isinstance(part, list):
        return [_rewritten(member, renamed, ids) for member in part]
    if not isinstance(part, Mapping):
        return part
    copy = {name: _rewritten(member, renamed, ids) for name, member in part.items()}
    target = copy.get("$ref")
    if isinstance(target, str) and (found := _REFERENCE.fullmatch(target)):
        copy["$ref"] = f"#/components/{found[1]}/{renamed.get((found[1], found[2]), found[2])}"
    if isinstance(copy.get("operationId"), str):
        copy["operationId"] = ids.get(copy["operationId"], copy["operationId"])
    return copy
