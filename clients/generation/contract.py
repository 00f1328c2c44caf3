"""The merged contract as clients need it: what can be called, with what, for what; and which problems there are."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CONTRACT = Path(__file__).resolve().parents[2] / "shared" / "contracts" / "openapi.json"
METHODS = ("get", "put", "post", "delete", "patch")
JSON_TYPE = "application/json"
PROBLEM_TYPE = "application/problem+json"
MOST_WORDS = 40
"""A longer enumeration, such as the countries, is a list of codes from elsewhere: clients take a string there."""
_WORDLESS = frozenset({"title", "examples", "example", "x-rate-limit", "links", "headers"})
_BOUNDS = frozenset(
    {"maxLength", "minLength", "pattern", "maximum", "minimum", "exclusiveMinimum", "exclusiveMaximum"}
    | {"maxItems", "minItems", "maxProperties", "minProperties", "multipleOf", "uniqueItems"}
)
_UNCHECKED_FORMATS = frozenset({"int32", "int64", "email", "uri", "uri-reference"})

Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Parameter:
    """``name`` as the contract writes it, ``place``: path, query or header."""

    name: str
    place: str
    required: bool
    schema: Schema
    meaning: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation. ``answer``: schema of its JSON answer, None when it has none or another media type."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    parameters: tuple[Parameter, ...]
    body: Schema | None
    body_types: tuple[str, ...]
    body_required: bool
    answer: Schema | None
    answer_types: tuple[str, ...]
    problems: tuple[str, ...]
    deprecated: bool

    def takes_header(self, name: str) -> bool:
        """Whether it takes this header."""
        return any(one.place == "header" and one.name == name for one in self.parameters)

    @property
    def is_upload(self) -> bool:
        """Whether its body is a file, not JSON."""
        return bool(self.body_types) and JSON_TYPE not in self.body_types

    @property
    def service(self) -> str:
        """The service that answers: the first part of the path."""
        return self.path.split("/")[1]


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """One problem type. ``facts``: the members it carries beyond RFC 9457's and ours, as its examples show them."""

    slug: str
    status: int
    title: str
    meaning: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Contract:
    """The contract. ``text`` is what other generators read: the contract without examples, bounds and refusals."""

    version: str
    schemas: Mapping[str, Schema]
    operations: tuple[Operation, ...]
    problems: tuple[ProblemKind, ...]
    document: Mapping[str, Any]

    @property
    def text(self) -> str:
        """The reduced document."""
        return json.dumps(reduced(self.document), ensure_ascii=False, indent=1, sort_keys=True)


def read(path: Path = CONTRACT) -> Contract:
    """The contract at ``path``. Raises ``KeyError`` where it lacks what every client needs."""
    document: dict[str, Any] = json.loads(path.read_text())
    operations = tuple(_operations(document))
    return Contract(
        version=document["info"]["version"],
        schemas=document["components"]["schemas"],
        operations=operations,
        problems=tuple(_problems(document)),
        document=document,
    )


def reduced(document: Mapping[str, Any]) -> dict[str, Any]:
    """Only what types follow from: no examples, links, headers, bounds, security; of the answers the good ones."""
    schemas = {name: _plain(schema) for name, schema in document["components"]["schemas"].items()}
    paths = {path: _reduced_path(document, item) for path, item in document["paths"].items()}
    return {
        "openapi": document["openapi"],
        "info": {"title": document["info"]["title"], "version": document["info"]["version"]},
        "paths": paths,
        "components": {"schemas": schemas},
    }


def _reduced_path(document: Mapping[str, Any], item: Mapping[str, Any]) -> dict[str, Any]:
    return {method: _reduced_operation(document, item[method]) for method in METHODS if method in item}


def _reduced_operation(document: Mapping[str, Any], operation: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in operation.items() if name not in {"security", "tags", *_WORDLESS}}
    kept["parameters"] = [_plain(_resolved(document, one)) for one in operation.get("parameters", ())]
    kept["responses"] = {
        status: _plain(_resolved(document, answer))
        for status, answer in operation["responses"].items()
        if status.startswith("2")
    }
    if "requestBody" in operation:
        kept["requestBody"] = _plain(_resolved(document, operation["requestBody"]))
    return kept


def _plain(part: Any) -> Any:
    """A copy without examples, bounds and closed objects; members of ``properties`` keep whatever name."""
    if isinstance(part, list):
        return [_plain(one) for one in part]
    if not isinstance(part, Mapping):
        return part
    copy: dict[str, Any] = {}
    for name, value in part.items():
        if name == "enum" and len(value) > MOST_WORDS:
            continue
        if name == "properties":
            copy[name] = {member: _plain(schema) for member, schema in value.items()}
        elif name in ("enum", "const", "default", "required"):
            copy[name] = value
        elif name not in _WORDLESS | _BOUNDS and not _is_unchecked(name, value):
            copy[name] = _plain(value)
    return copy


def _is_unchecked(name: str, value: Any) -> bool:
    """What the service judges and a client does not; answers may get members within a version, so none is closed."""
    return (name == "format" and value in _UNCHECKED_FORMATS) or (
        name == "additionalProperties" and value is False
    )


def _resolved(document: Mapping[str, Any], part: Mapping[str, Any]) -> Mapping[str, Any]:
    while "$ref" in part:
        found: Any = document
        for step in part["$ref"].removeprefix("#/").split("/"):
            found = found[step.replace("~1", "/").replace("~0", "~")]
        part = found
    return part


def _operations(document: Mapping[str, Any]) -> Iterator[Operation]:
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield _operation(document, path, method, item[method])


def _operation(
    document: Mapping[str, Any], path: str, method: str, operation: Mapping[str, Any]
) -> Operation:
    body = _resolved(document, operation.get("requestBody", {}))
    content = body.get("content", {})
    answers = _good_answers(document, operation)
    return Operation(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        description=operation.get("description", ""),
        parameters=tuple(_parameter(document, one) for one in operation.get("parameters", ())),
        body=content[JSON_TYPE]["schema"] if JSON_TYPE in content else None,
        body_types=tuple(content),
        body_required=bool(body.get("required", False)),
        answer=answers[JSON_TYPE]["schema"] if JSON_TYPE in answers else None,
        answer_types=tuple(answers),
        problems=tuple(sorted({slug for slug, _ in _examples(document, operation)})),
        deprecated=bool(operation.get("deprecated", False)),
    )


def _good_answers(document: Mapping[str, Any], operation: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for status, answer in operation["responses"].items():
        if status.startswith("2"):
            found |= _resolved(document, answer).get("content", {})
    return found


def _parameter(document: Mapping[str, Any], parameter: Mapping[str, Any]) -> Parameter:
    told = _resolved(document, parameter)
    schema = told["schema"]
    meaning = told.get("description") or schema.get("description") or ""
    return Parameter(told["name"], told["in"], bool(told.get("required", False)), _plain(schema), meaning)


def _problems(document: Mapping[str, Any]) -> Iterator[ProblemKind]:
    """Every problem type of the contract, from the examples of its refusals."""
    found: dict[str, dict[str, Any]] = {}
    for item in document["paths"].values():
        for method in METHODS:
            for slug, example in _examples(document, item.get(method, {"responses": {}})):
                found[slug] = {**example, **found.get(slug, {})}
    own = {"type", "title", "status", "detail", "instance", "errors", "request_id"}
    for slug, example in sorted(found.items()):
        facts = {name: value for name, value in example.items() if name not in own}
        yield ProblemKind(slug, example["status"], example["title"], example.get("detail", ""), facts)


def _examples(
    document: Mapping[str, Any], operation: Mapping[str, Any]
) -> Iterator[tuple[str, dict[str, Any]]]:
    for answer in operation["responses"].values():
        content = _resolved(document, answer).get("content", {}).get(PROBLEM_TYPE, {})
        for example in content.get("examples", {}).values():
            value = _resolved(document, example)["value"]
            yield slug_of(value["type"]), value


def slug_of(type_: str) -> str:
    """The stable word of a problem: the last part of its ``type``."""
    return re.split(r"[/#:]", type_.rstrip("/"))[-1]
