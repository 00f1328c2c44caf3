"""Says how large integers and strings of a known form can be, so that generated clients choose a type that holds them."""

from typing import Any

WIDEST = 2**53 - 1
"""Beyond it JSON numbers lose digits in half of the world's parsers (RFC 8259, section 6)."""
_LENGTHS = {"uuid": 36, "date": 10, "date-time": 40}
"""In the forms that we write ourselves, with room for fractions of a second and an offset."""
_VALUES = frozenset({"example", "examples", "default", "enum", "const"})


def say_sizes(part: Any) -> None:
    """Add ``format`` and the widest bounds to integers that have none, ``maxLength`` to strings of a form; in place."""
    if isinstance(part, list):
        for member in part:
            say_sizes(member)
    elif isinstance(part, dict):
        if part.get("type") == "integer" and part.keys().isdisjoint({"enum", "const"}):
            _bound(part)
        elif part.get("type") == "string" and part.get("format") in _LENGTHS:
            part.setdefault("maxLength", _LENGTHS[part["format"]])
        for name, member in part.items():
            if name not in _VALUES:
                say_sizes(member)


def _bound(schema: dict[str, Any]) -> None:
    schema.setdefault("format", "int64")
    if schema.keys().isdisjoint({"minimum", "exclusiveMinimum"}):
        schema["minimum"] = -WIDEST
    if schema.keys().isdisjoint({"maximum", "exclusiveMaximum"}):
        schema["maximum"] = WIDEST
