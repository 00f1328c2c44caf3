"""Completes FastAPI's document; deterministic, and without a look at the surroundings."""

import json
import re
from collections.abc import Mapping
from typing import Any

from shared.auth.rules import Access
from shared.contracts.glossary import explain_members
from shared.contracts.merged import operations
from shared.http.contract.growth import let_answers_grow
from shared.http.contract.headers import promise_headers, promise_location, promise_usual_headers
from shared.http.contract.house import HOUSE
from shared.http.contract.names import name_components
from shared.http.contract.problems import describe_problems
from shared.http.contract.security import SCHEMES, security_of, who_may_call
from shared.http.contract.sizes import say_sizes
from shared.http.contract.words import AUDIENCES, JSON, Answer, Contract, Described, Link
from shared.http.deprecation import SINCE, SUNSET

CONTACT = {"name": "K-City Network, Ministry of Land, Infrastructure and Transport"}
SERVERS = [
    {
        "url": "/",
        "description": "This installation (production, rehearsal or sandbox: its `/health` says which)",
        "x-internal": False,
    }
]
_PAGE_OF = re.compile(r"\bPage_([A-Za-z]+)_(?=\")")
"""How FastAPI calls ``Page[CaseSummary]``; we say ``CaseSummaryPage``."""
KOREAN_SUMMARY = "x-summary-ko"
RATE_LIMITED_STATUS = "429"
_NOT_CHANGED = "Nothing has changed since the version named in `If-None-Match`"
_IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "The ETag of the version you have: 304 while it is still the present one",
    "schema": {"type": "string", "maxLength": 1000},
    "example": '"7"',
}


def describe(
    generated: Mapping[str, Any], contract: Contract, rules: Mapping[str, Access | None]
) -> dict[str, Any]:
    """``generated`` with all that ``contract`` and the access ``rules`` (by operation id) know of its operations."""
    text = json.dumps(generated)  # and read again below: its parts are shared between operations
    document: dict[str, Any] = json.loads(_PAGE_OF.sub(r"\1Page", text))
    _add_models(document, contract)
    name_components(document)
    _add_words(document, contract, rules)
    describe_problems(document)
    for _, _, operation in operations(document):
        limited = RATE_LIMITED_STATUS in operation["responses"]
        ending = ("Deprecation", "Sunset", "Link") if SUNSET in operation else ()
        for status, response in operation["responses"].items():
            promise_headers(document, response, *ending)
            promise_usual_headers(document, status, response, limited=limited)
            _name_success(document, response)
    explain_members(document["components"]["schemas"])
    say_sizes(document)
    let_answers_grow(document)
    _add_frame(document)
    return document


def _add_words(document: dict[str, Any], contract: Contract, rules: Mapping[str, Access | None]) -> None:
    known = {**HOUSE.operations, **contract.operations}
    parameters = {**HOUSE.parameters, **contract.parameters}
    korean = {**HOUSE.korean, **contract.korean}
    for _, _, operation in operations(document):
        if operation["operationId"] in korean:
            operation[KOREAN_SUMMARY] = korean[operation["operationId"]]
        _describe_access(operation, rules.get(operation["operationId"]))
        described = known.get(operation["operationId"])
        if described is not None:
            _describe(document, operation, described)
        for parameter in operation.get("parameters", ()):
            parameter["schema"] = _without_null(parameter["schema"])
            name = parameter["name"]
            word = parameters.get(f"{operation['operationId']}.{name}", parameters.get(name))
            if word is not None:
                parameter.setdefault("description", word.description)
                parameter.setdefault("example", word.example)
                parameter["schema"].pop("examples", None)


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """A parameter is sent or left out; there is no null in an address or a header."""
    others = [one for one in schema.get("anyOf", ()) if one != {"type": "null"}]
    if len(others) != 1 or len(others) == len(schema["anyOf"]):
        return schema
    kept = {name: value for name, value in schema.items() if name not in ("anyOf", "default")}
    return {**others[0], **kept}


def _add_frame(document: dict[str, Any]) -> None:
    document["components"]["securitySchemes"] = SCHEMES
    document["info"]["contact"] = CONTACT
    document["servers"] = SERVERS
    used = {tag for _, _, operation in operations(document) for tag in operation.get("tags", ())}
    document["tags"] = [
        {"name": audience.value, "description": text}
        for audience, text in AUDIENCES.items()
        if audience.value in used
    ]


def _add_models(document: dict[str, Any], contract: Contract) -> None:
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    for model in contract.models:
        schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
        parts = {**schema.pop("$defs", {}), model.__name__: schema}
        for name, part in parts.items():
            schemas.setdefault(name, part)


def _describe_access(operation: dict[str, Any], rule: Access | None) -> None:
    if rule is None:
        return
    operation.pop("security", None)
    if alternatives := security_of(rule):
        operation["security"] = alternatives
    told = operation.get("description", operation["summary"])
    operation["description"] = f"{told}\n\n{who_may_call(rule)}"
    if SUNSET in operation:
        operation["description"] += (
            f"\n\n**Deprecated** since {operation[SINCE]}; ends on {operation[SUNSET]}."
        )


def _describe(document: dict[str, Any], operation: dict[str, Any], described: Described) -> None:
    operation["tags"] = [described.audience.value]
    for media_type, examples in described.request.items():
        content = operation["requestBody"]["content"][media_type]
        content.pop("example", None)
        content["examples"] = dict(examples)
    for status, answer in described.answers.items():
        response = operation["responses"].setdefault(str(status), {"description": _NOT_CHANGED})
        _describe_answer(document, response, answer)
    if 304 in described.answers:  # noqa: PLR2004 - Not Modified
        operation.setdefault("parameters", []).append(dict(_IF_NONE_MATCH))


def _describe_answer(document: dict[str, Any], response: dict[str, Any], answer: Answer) -> None:
    for media_type, examples in {JSON: answer.examples, **answer.also}.items():
        if examples:
            response["content"][media_type]["examples"] = dict(examples)
    if answer.headers:
        promise_headers(document, response, *answer.headers)
    if answer.location:
        promise_location(response, answer.location)
    if answer.links:
        response["links"] = {link.operation_id: _linked(link) for link in answer.links}


def _linked(link: Link) -> dict[str, Any]:
    return {
        "operationId": link.operation_id,
        "parameters": dict(link.parameters),
        "description": link.description,
    }


def _name_success(document: dict[str, Any], response: dict[str, Any]) -> None:
    """What an answer is, where FastAPI says "Successful Response": the first line of its schema, if it has one."""
    if response["description"] != "Successful Response":
        return
    schema = response.get("content", {}).get(JSON, {}).get("schema", {})
    name = schema.get("$ref", "").rpartition("/")[2]
    empty = "What was asked for" if response.get("content") else "Done; there is nothing to show"
    told: str = document["components"]["schemas"].get(name, {}).get("description", empty)
    response["description"] = told.partition("\n")[0]
