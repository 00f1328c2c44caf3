"""JSON Schemas as people read them: one line for a type, one row for a member."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

Schema = dict[str, Any]
REFERENCE = "/reference/schemas#"
_BOUNDS = {
    "minimum": "≥ {}",
    "maximum": "≤ {}",
    "minLength": "{} characters or more",
    "maxLength": "{} characters or fewer",
    "minItems": "at least {}",
    "maxItems": "at most {}",
    "pattern": "matches {}",
}
_FEW = 12
_WIDEST = (-(2**53) + 1, 2**53 - 1)


@dataclass(frozen=True, slots=True)
class Member:
    """One member of an object: what it is called, what it is, and what must hold."""

    name: str
    type_: Markup
    required: bool
    deprecated: bool
    description: str
    bounds: str


def members(schema: Schema, base: str = REFERENCE) -> list[Member]:
    """The members of an object's schema, in its order. ``base``: the address of a schema, less its name."""
    required = frozenset(schema.get("required", ()))
    return [
        Member(
            name=name,
            type_=type_of(each, base),
            required=name in required,
            deprecated=bool(each.get("deprecated")),
            description=str(each.get("description", "")),
            bounds=bounds_of(each),
        )
        for name, each in schema.get("properties", {}).items()
    ]


def bounds_of(schema: Schema) -> str:
    """What must hold of a value beyond its type, in a few words."""
    return ", ".join(dict.fromkeys(_bounds(schema)))


def type_of(schema: Schema, base: str = REFERENCE) -> Markup:
    """A type in a few words, with links to the schemas it names; ``base`` as in ``members``."""
    if "$ref" in schema:
        return _link(str(schema["$ref"]), base)
    if "const" in schema:
        return Markup("<code>{}</code>").format(_plain(schema["const"]))
    if "enum" in schema:
        return _enum(schema["enum"])
    for alternatives in ("anyOf", "oneOf", "allOf"):
        if alternatives in schema:
            return Markup(" <i>or</i> ").join(type_of(each, base) for each in schema[alternatives])
    return _simple(schema, base)


def _simple(schema: Schema, base: str) -> Markup:
    kind = schema.get("type", "anything")
    if isinstance(kind, list):
        return Markup(" <i>or</i> ").join(type_of({**schema, "type": each}, base) for each in kind)
    if kind == "array":
        return Markup("list of {}").format(type_of(schema.get("items", {}), base))
    if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
        return Markup("object of {}").format(type_of(schema["additionalProperties"], base))
    form = schema.get("format")
    return Markup("{} <small>{}</small>").format(kind, form) if form and form != "int64" else escape(kind)


def _enum(values: list[Any]) -> Markup:
    shown = Markup(" · ").join(Markup("<code>{}</code>").format(_plain(value)) for value in values[:_FEW])
    return (
        shown if len(values) <= _FEW else Markup("{} … <small>{} values</small>").format(shown, len(values))
    )


def _link(reference: str, base: str) -> Markup:
    name = reference.rpartition("/")[2]
    return Markup('<a href="{0}{1}">{1}</a>').format(base, name)


def _bounds(schema: Schema) -> Iterator[str]:
    for source in (schema, *(each for each in schema.get("anyOf", ()) if each.get("type") != "null")):
        for name, text in _BOUNDS.items():
            if name in source and source[name] not in _WIDEST:
                value = source[name]
                yield text.format(int(value) if isinstance(value, float) and value.is_integer() else value)
    if "default" in schema and schema["default"] not in (None, [], {}):
        yield f"{_plain(schema['default'])} without it"


def _plain(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
