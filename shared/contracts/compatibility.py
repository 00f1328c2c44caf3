"""Which changes of an event's schema break somebody. Pure.

Both ways count: a new reader meets old events (journals are replayed for ever), and an old reader meets new
events (services are rolled out one after another, others never are). So within a version a schema may only
gain optional fields; anything else is a new version of the event, published beside the old one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Schema = Mapping[str, Any]

_DESCRIBING = frozenset(
    {"title", "description", "examples", "default", "deprecated", "$schema", "$id", "$defs", "$comment"}
)
_WALKED = frozenset(
    {
        "$ref",
        "type",
        "anyOf",
        "oneOf",
        "properties",
        "required",
        "items",
        "prefixItems",
        "additionalProperties",
        "enum",
        "const",
    }
)
_LEAST = frozenset({"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"})
_MOST = frozenset({"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"})
_EVERY_TYPE = frozenset({"array", "boolean", "integer", "null", "number", "object", "string"})


def breaking_changes(old: Schema, new: Schema) -> list[str]:
    """What of ``old`` no longer holds in ``new``, each with its place; empty when the change is additive."""
    return list(_Comparison(old, new).of(old, new, ""))


@dataclass
class _Comparison:
    """Two schema documents, and the pairs of definitions compared already (definitions may be recursive)."""

    old_document: Schema
    new_document: Schema
    seen: set[tuple[str, str]] = field(default_factory=set)

    def of(self, old: Any, new: Any, place: str) -> Iterator[str]:
        """Breaking changes between two schemas at the same place."""
        references = (_reference(old), _reference(new))
        if all(references):
            if references in self.seen:
                return
            self.seen.add(references)
        old, new = _resolved(self.old_document, old), _resolved(self.new_document, new)
        if _is_choice(old) or _is_choice(new):
            yield from self._changed_alternatives(old, new, place)
            return
        yield from _changed_types(old, new, place)
        yield from _changed_values(old, new, place)
        yield from _changed_bounds(old, new, place)
        yield from self._changed_fields(old, new, place)
        yield from self._changed_items(old, new, place)

    def _changed_fields(self, old: Schema, new: Schema, place: str) -> Iterator[str]:
        before, after = old.get("properties", {}), new.get("properties", {})
        needed, needs = set(old.get("required", ())), set(new.get("required", ()))
        for name in before:
            if name not in after:
                yield f"{place}/{name}: the field was removed"
            else:
                yield from self.of(before[name], after[name], f"{place}/{name}")
        for name in sorted(needs - needed):
            yield f"{place}/{name}: " + ("is required now" if name in before else "a new field is required")
        for name in sorted((needed - needs) & after.keys()):
            yield f"{place}/{name}: is no longer required, so readers that need it fail"
        others, others_now = old.get("additionalProperties", True), new.get("additionalProperties", True)
        if isinstance(others, Mapping) and isinstance(others_now, Mapping):
            yield from self.of(others, others_now, f"{place}/*")
        elif others != others_now:
            yield f"{place}: other fields than those named are treated differently"

    def _changed_items(self, old: Schema, new: Schema, place: str) -> Iterator[str]:
        if "items" in old and "items" in new:
            yield from self.of(old["items"], new["items"], f"{place}/[]")
        elif ("items" in old) != ("items" in new):
            yield f"{place}: what the list may hold changed"
        before, after = old.get("prefixItems", []), new.get("prefixItems", [])
        if len(before) != len(after):
            yield f"{place}: the list has another number of places"
        for number, (one, other) in enumerate(zip(before, after, strict=False)):
            yield from self.of(one, other, f"{place}/[{number}]")

    def _changed_alternatives(self, old: Schema, new: Schema, place: str) -> Iterator[str]:
        before, after = _alternatives(old), _alternatives(new)
        for signature in sorted(before.keys() & after.keys()):
            yield from self.of(before[signature], after[signature], place)
        for signature in sorted(before.keys() - after.keys()):
            yield f"{place}: narrowed, {signature} is no longer taken"
        for signature in sorted(after.keys() - before.keys()):
            yield f"{place}: widened by {signature}, which readers of this version refuse"


def _changed_types(old: Schema, new: Schema, place: str) -> Iterator[str]:
    before, after = _types(old), _types(new)
    if gone := before - after:
        yield f"{place}: narrowed, {', '.join(sorted(gone))} is no longer taken"
    if come := after - before:
        yield f"{place}: widened by {', '.join(sorted(come))}, which readers of this version refuse"


def _changed_values(old: Schema, new: Schema, place: str) -> Iterator[str]:
    before, after = _values(old), _values(new)
    if before is None and after is not None:
        yield f"{place}: narrowed to a list of values"
    elif before is not None and after is None:
        yield f"{place}: widened to any value, where readers of this version know a list"
    elif before is not None and after is not None:
        if gone := before - after:
            yield f"{place}: narrowed, {', '.join(sorted(gone))} is no longer taken"
        if come := after - before:
            yield f"{place}: widened by {', '.join(sorted(come))}, which readers of this version refuse"


def _changed_bounds(old: Schema, new: Schema, place: str) -> Iterator[str]:
    for name in sorted((old.keys() | new.keys()) - _DESCRIBING - _WALKED):
        before, after = old.get(name), new.get(name)
        if before != after:
            yield f"{place}: {name} {_direction(name, before, after)} ({before} → {after})"


def _direction(name: str, before: Any, after: Any) -> str:
    if before is None:
        return "narrowed"
    if after is None:
        return "widened"
    if name in _LEAST:
        return "narrowed" if after > before else "widened"
    if name in _MOST:
        return "narrowed" if after < before else "widened"
    return "changed"


def _is_choice(schema: Schema) -> bool:
    return "anyOf" in schema or "oneOf" in schema


def _alternatives(schema: Schema) -> dict[str, Any]:
    """The alternatives by what tells them apart (a schema without a choice is its only one)."""
    found: dict[str, Any] = {}
    for alternative in schema.get("anyOf", schema.get("oneOf", [schema])):
        kind = alternative.get("title") if alternative.get("type") == "object" else alternative.get("format")
        signature = _reference(alternative).rpartition("/")[2] or str(
            kind or alternative.get("type") or "anything"
        )
        number = sum(known.split("#")[0] == signature for known in found)
        found[f"{signature}#{number}" if number else signature] = alternative
    return found


def _types(schema: Schema) -> frozenset[str]:
    given = schema.get("type")
    if given is None:
        return _EVERY_TYPE
    names = {given} if isinstance(given, str) else set(given)
    return frozenset(names)


def _values(schema: Schema) -> set[str] | None:
    if "const" in schema:
        return {repr(schema["const"])}
    values: Sequence[Any] | None = schema.get("enum")
    return None if values is None else {repr(value) for value in values}


def _reference(schema: Any) -> str:
    return str(schema.get("$ref", "")) if isinstance(schema, Mapping) else ""


def _resolved(document: Schema, schema: Any) -> Schema:
    """The schema behind a reference into ``$defs``; ``true`` takes anything."""
    if not isinstance(schema, Mapping):
        return {}
    reference = _reference(schema)
    if not reference:
        return schema
    definition: Schema = document["$defs"][reference.removeprefix("#/$defs/")]
    return definition
