"""A call definition as it is written: YAML or JSON, read strictly, every error with its line and column.

YAML here is JSON's types in YAML's clothes: no aliases, no tags, no duplicate keys, no `18:00` that becomes
1080; instants stay text until the definition's own types read them.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from services.intake.domain.call import CallDefinitionInvalid, definition_violations
from services.intake.forms import schema_violations
from shared.errors import Violation
from shared.events.call_definition import CallDefinition
from shared.http.json_body import read_json

LARGEST_BYTES = 512 * 1024
DEEPEST = 32
_MOST_VIOLATIONS = 50
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_UNPRINTABLE = re.compile(r"line \d+, column \d+|position \d+")


_FastLoader: Any = getattr(
    yaml, "CSafeLoader", yaml.SafeLoader
)  # libyaml where the wheel has it: ten times faster


class _PlainLoader(_FastLoader):  # type: ignore[misc] # either of two classes with one interface
    """Resolves plain scalars as JSON would: null, true, false, numbers; all else is text."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own interface


for _tag, _form, _first in (
    ("null", r"~|null|", "~n\0"),
    ("bool", r"true|false", "tf"),
    ("int", r"[-+]?(0|[1-9][0-9]*)", "-+0123456789"),
    ("float", r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?", "-+0123456789"),
):
    _PlainLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}",
        re.compile(f"^(?:{_form})$"),
        list(_first) + ([""] if "~" in _first else []),
    )


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the file; both count from 1."""

    line: int
    column: int

    @classmethod
    def of(cls, mark: Any) -> "Place":
        """PyYAML's mark counts from 0."""
        return cls(mark.line + 1, mark.column + 1)

    def __str__(self) -> str:
        return f"line {self.line}, column {self.column}"


@dataclass(frozen=True, slots=True)
class Written:
    """A file's plain values and where each of them stands, by JSON pointer."""

    value: Any
    places: Mapping[str, Place]

    def place_of(self, pointer: str) -> Place:
        """Where ``pointer`` stands, or what it would stand in."""
        while pointer and pointer not in self.places:
            pointer = pointer.rpartition("/")[0]
        return self.places.get(pointer, Place(1, 1))


def read_definition(content: bytes, *, is_json: bool) -> CallDefinition:
    """The definition in ``content``. Raises ``CallDefinitionInvalid``: pointer, line and column of each error."""
    written = _read_json(content) if is_json else _read_yaml(content)
    try:
        definition = CallDefinition.model_validate_json(
            json.dumps(written.value), strict=True, extra="forbid"
        )
    except ValidationError as error:
        _refuse(written, [_violation(item) for item in error.errors(include_url=False, include_input=False)])
    _refuse(written, _meaning(definition, written))
    return definition


def _meaning(definition: CallDefinition, written: Written) -> Iterator[Violation]:
    yield from definition_violations(definition, written.value)
    for place, track in enumerate(definition.tracks):
        yield from schema_violations(track.form, f"/tracks/{place}/form")


def _violation(item: ErrorDetails) -> Violation:
    return Violation(_pointer(item["loc"]), item["type"], item["msg"])


def _refuse(written: Written, violations: Sequence[Violation] | Iterator[Violation]) -> None:
    found = [
        Violation(item.pointer, item.reason, f"{written.place_of(item.pointer)}: {item.message}")
        for _, item in zip(range(_MOST_VIOLATIONS), violations, strict=False)
    ]
    if found:
        raise CallDefinitionInvalid("Mend the places named, then publish again.", violations=found)


def _read_json(content: bytes) -> Written:
    try:
        value = read_json(content)
    except json.JSONDecodeError as error:
        _refuse_at(Place(error.lineno, error.colno), "json", error.msg)
    # JSON is YAML, but for tabs between its tokens; inside its texts there are none
    return Written(value, _read_yaml(content.replace(b"\t", b" ")).places)


def _read_yaml(content: bytes) -> Written:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        _refuse_at(Place(line, error.start - before.rfind(b"\n")), "encoding", "This is not UTF-8.")
    if (odd := yaml.reader.Reader.NON_PRINTABLE.search(text)) is not None:
        place = Place(text.count("\n", 0, odd.start()) + 1, odd.start() - text.rfind("\n", 0, odd.start()))
        _refuse_at(place, "yaml", "This character may not stand in YAML.")
    try:
        _refuse_tricks(text)
        node = yaml.compose(text, Loader=_PlainLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        _refuse_at(Place.of(mark) if mark else Place(1, 1), "yaml", error.problem or "This is not YAML.")
    if node is None:
        _refuse_at(Place(1, 1), "yaml", "The file is empty.")
    places: dict[str, Place] = {}
    return Written(_plain(node, "", places), places)


def _refuse_tricks(text: str) -> None:
    """Look at the stream of events, which needs no recursion, before anything is built."""
    depth = 0
    for event in yaml.parse(text, Loader=_PlainLoader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            _refuse_at(
                Place.of(event.start_mark), "alias", "Anchors and aliases are not taken: write it out."
            )
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                _refuse_at(Place.of(event.start_mark), "too-deep", f"More than {DEEPEST} levels.")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _plain(node: yaml.Node, pointer: str, places: dict[str, Place]) -> Any:
    """The plain value of ``node``; notes where it and its members stand."""
    places.setdefault(pointer, Place.of(node.start_mark))
    if isinstance(node, yaml.MappingNode):
        return _plain_mapping(node, pointer, places)
    if isinstance(node, yaml.SequenceNode) and node.tag == "tag:yaml.org,2002:seq":
        return [_plain(member, f"{pointer}/{index}", places) for index, member in enumerate(node.value)]
    return _plain_scalar(node)


def _plain_mapping(node: yaml.MappingNode, pointer: str, places: dict[str, Place]) -> dict[str, Any]:
    if node.tag != "tag:yaml.org,2002:map":
        _refuse_at(Place.of(node.start_mark), "tag", "Tags are not taken.")
    found: dict[str, Any] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            _refuse_at(Place.of(key.start_mark), "key", "A key is a plain text.")
        if key.value in found:
            _refuse_at(Place.of(key.start_mark), "twice", "This key stands here twice.")
        here = f"{pointer}/{key.value.replace('~', '~0').replace('/', '~1')}"
        found[key.value] = _plain(value, here, places)
    return found


def _plain_scalar(node: yaml.Node) -> Any:
    text = str(node.value)
    match node.tag.rpartition(":")[2]:
        case "str":
            return text
        case "null":
            return None
        case "bool" if text in ("true", "false"):
            return text == "true"
        case "int" if _INTEGER.fullmatch(text):
            return int(text)
        case "float":
            _refuse_at(Place.of(node.start_mark), "fraction", 'Fractions are written as text: "0.40".')
    return _refuse_at(
        Place.of(node.start_mark), "tag", "Tags are not taken, and numbers are written as in JSON."
    )


def _refuse_at(place: Place, reason: str, message: str) -> NoReturn:
    clean = _UNPRINTABLE.sub("", message)
    raise CallDefinitionInvalid(
        "The file cannot be read.", violations=[Violation("", reason, f"{place}: {clean}")]
    )


def _pointer(loc: Sequence[int | str]) -> str:
    return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in loc)
