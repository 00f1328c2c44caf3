"""The form of a track: a JSON Schema (2020-12) of the answers, itself checked, and checking them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError, ValidationError
from referencing import Registry

from services.intake.domain.call import points_at_something
from shared.errors import Violation

_REFERENCES = ("$ref", "$dynamicRef")
_FOREIGN = ("$id", "$anchor", "$dynamicAnchor", "$schema", "$vocabulary")
_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_MOST_VIOLATIONS = 100
_NOWHERE: "Registry[Any]" = Registry()


def schema_violations(schema: Mapping[str, Any], pointer: str) -> Iterator[Violation]:
    """What is wrong with a form's schema: not 2020-12, references outside or to nowhere, endless ones."""
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        yield Violation(
            _join(pointer, error.absolute_path), "schema", f"Not JSON Schema 2020-12: {error.validator}"
        )
        return
    found = list(_foreign(schema, schema, pointer))
    yield from found
    if found:
        return
    try:
        list(_validator(schema).iter_errors({}))
    except RecursionError:
        yield Violation(pointer, "endless", "A reference leads back to itself.")


def answer_violations(schema: Mapping[str, Any], answers: Mapping[str, Any]) -> tuple[Violation, ...]:
    """What is missing or wrong in ``answers``, with pointers under ``/answers``; their content is not quoted."""
    found: list[Violation] = []
    for error in _validator(schema).iter_errors(answers):
        found.extend(_violations(error))
        if len(found) >= _MOST_VIOLATIONS:
            break
    return tuple(sorted(found, key=lambda item: (item.pointer, item.reason))[:_MOST_VIOLATIONS])


def _violations(error: ValidationError) -> Iterator[Violation]:
    place = _join("/answers", error.absolute_path)
    rule = str(error.validator)
    if rule == "required":
        present = cast("Mapping[str, Any]", error.instance)
        for name in cast("Sequence[str]", error.validator_value):
            if name not in present and repr(name) in error.message:
                yield Violation(_join(place, [name]), "missing", "This is missing.")
        return
    limit = error.validator_value
    shown = f" {limit}" if isinstance(limit, str | int) and not isinstance(limit, bool) else ""
    yield Violation(place, rule, f"This does not keep the form's rule: {rule}{shown}.")


def _foreign(node: Any, whole: Any, pointer: str) -> Iterator[Violation]:
    if isinstance(node, Mapping):
        for name, member in node.items():
            here = _join(pointer, [name])
            if name in _REFERENCES and isinstance(member, str):
                if not _is_local(member, whole):
                    yield Violation(
                        here, "reference", "A reference stays in this form and leads somewhere: #/…"
                    )
            elif (
                name in _FOREIGN and isinstance(member, str) and not (name == "$schema" and member == _DRAFT)
            ):
                yield Violation(here, "reference", f"A form has no {name}.")
            else:
                yield from _foreign(member, whole, here)
    elif isinstance(node, list):
        for index, member in enumerate(node):
            yield from _foreign(member, whole, f"{pointer}/{index}")


def _is_local(reference: str, whole: Any) -> bool:
    if not reference.startswith("#"):
        return False
    pointer = reference[1:]
    return pointer == "" or (pointer.startswith("/") and points_at_something(whole, pointer))


def _validator(schema: Mapping[str, Any]) -> Draft202012Validator:
    return Draft202012Validator(schema, registry=_NOWHERE)


def _join(pointer: str, parts: Sequence[str | int] | Any) -> str:
    return pointer + "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in parts)
