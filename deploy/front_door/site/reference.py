"""The operations of the merged contract, ready to be shown: grouped by audience, links and references followed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from deploy.front_door.site.schemas import type_of
from deploy.front_door.site.sources import METHODS, Document

_HTTP_OK = "2"
_PROBLEM = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Example:
    """A value under a name."""

    summary: str
    value: Any


@dataclass(frozen=True, slots=True)
class Content:
    """A body in one media type."""

    media_type: str
    type_: Markup
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A way an operation succeeds."""

    status: str
    description: str
    headers: tuple[str, ...]
    contents: tuple[Content, ...]
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A problem that an operation may answer with."""

    status: str
    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation with everything a caller needs to know."""

    id: str
    method: str
    path: str
    service: str
    summary: str
    summary_ko: str
    description: str
    audience: str
    deprecated: bool
    cost: str | None
    public: bool
    scopes: tuple[str, ...]
    parameters: tuple[Document, ...]
    body: tuple[Content, ...]
    answers: tuple[Answer, ...]
    refusals: tuple[Refusal, ...]


def operations_of(document: Document) -> list[Operation]:
    """Every operation, in the document's order."""
    return [
        _operation(document, path, method, item[method])
        for path, item in document["paths"].items()
        for method in METHODS
        if method in item
    ]


def _operation(document: Document, path: str, method: str, told: Document) -> Operation:
    security = told.get("security", [])
    scopes = (scope for each in security for scopes in each.values() for scope in scopes)
    responses: Document = told["responses"]
    return Operation(
        id=told["operationId"],
        method=method.upper(),
        path=path,
        service=path.split("/")[1],
        summary=told["summary"],
        summary_ko=told.get("x-summary-ko", ""),
        description=told.get("description", ""),
        audience=told["tags"][0],
        deprecated=bool(told.get("deprecated")),
        cost=told.get("x-rate-limit"),
        public=not security or {} in security,
        scopes=tuple(dict.fromkeys(scopes)),
        parameters=tuple(_resolved(document, each) for each in told.get("parameters", ())),
        body=tuple(_contents(document, told.get("requestBody", {}))),
        answers=tuple(_answer(document, code, each) for code, each in responses.items() if _is_good(code)),
        refusals=tuple(_refusals(document, responses)),
    )


def _is_good(status: str) -> bool:
    return status.startswith((_HTTP_OK, "3"))


def _contents(document: Document, holder: Document) -> Iterator[Content]:
    for media_type, content in holder.get("content", {}).items():
        yield Content(media_type, type_of(content.get("schema", {})), tuple(_examples(document, content)))


def _examples(document: Document, content: Document) -> Iterator[Example]:
    for name, each in content.get("examples", {}).items():
        example = _resolved(document, each)
        if "value" in example:
            yield Example(example.get("summary", name), example["value"])


def _answer(document: Document, status: str, told: Document) -> Answer:
    links = ((each["operationId"], each.get("description", "")) for each in told.get("links", {}).values())
    return Answer(
        status=status,
        description=told.get("description", ""),
        headers=tuple(told.get("headers", ())),
        contents=tuple(_contents(document, told)),
        links=tuple(links),
    )


def _refusals(document: Document, responses: Document) -> Iterator[Refusal]:
    for status, told in responses.items():
        for slug, example in told.get("content", {}).get(_PROBLEM, {}).get("examples", {}).items():
            value = _resolved(document, example)["value"]
            yield Refusal(status, slug, value["title"])


def _resolved(document: Document, told: Document) -> Document:
    while "$ref" in told:
        _, section, name = told["$ref"].rsplit("/", 2)
        told = document["components"][section][name]
    return told
