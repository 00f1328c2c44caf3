"""What the answers so far told: values that the contract's links carry to other operations, and ids by their names."""

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import httpx
from schemathesis import Case
from schemathesis.core.parameters import ContainerName
from schemathesis.core.result import Ok
from schemathesis.core.transforms import UNRESOLVABLE
from schemathesis.core.transport import Response
from schemathesis.generation.stateful.state_machine import ExtractedParam, StepOutput
from schemathesis.specs.openapi.stateful import collect_transitions

from deploy.fuzz.cases import Operation

REMEMBERED = 40
"""Of the values for one operation, the newest: states move on, and old ETags are stale."""
Values = Mapping[str, Mapping[str, str]]
"""By container (``path_parameters``, ``query``, ``headers``) and name."""

Extracted = Mapping[ContainerName, Mapping[str, ExtractedParam]]


@dataclass(frozen=True, slots=True)
class Found:
    """Values for one operation, whoever learnt them, and the link that led there (empty: told from outside)."""

    actor: str
    link: str
    values: Values


class Known:
    """The memory of one run. ``named``: ids by the name under which bodies ask for them."""

    def __init__(self, operations: Mapping[str, Operation], named: Mapping[str, Sequence[str]]) -> None:
        self._outgoing = collect_transitions(list(operations.values())).operations
        self._found: dict[str, list[Found]] = defaultdict(list)
        self._named: dict[str, list[str]] = defaultdict(list, {key: list(ids) for key, ids in named.items()})

    def told(self, operation: Operation, values: Mapping[str, str]) -> None:
        """An object from outside, whose values address it in the paths of ``operation``."""
        names = [parameter.name for parameter in operation.path_parameters]
        if names and all(name in values for name in names):
            path = {name: values[name] for name in names}
            self._remember(operation.label, Found("", "", {"path_parameters": path}))

    def learn(self, case: "Case[Any]", answer: httpx.Response, actor: str) -> list[str]:
        """Take the values of every link of a good answer; gives the links that find nothing where they point."""
        links = self._outgoing.get(case.operation.label)
        self._learn_names(answer)
        broken: list[str] = []
        if links is None or not links.outgoing:
            return broken
        output = StepOutput(Response.from_any(answer), case)
        for link in links.outgoing:
            if str(link.status_code) != str(answer.status_code):
                continue
            extracted = link.extract_parameters(output)
            if _is_broken(extracted):
                broken.append(f"{link.full_name}: there is nothing where it points")
            values = _extracted(extracted)
            if values is not None:
                for name, value in values.get("path_parameters", {}).items():
                    self._name(name, value)
                self._remember(link.target.label, Found(actor, link.full_name, values))
        return broken

    def one(self, operation: Operation, actor: str, chance: random.Random) -> Found | None:
        """Something to ask ``operation`` about, mostly what this very caller has met."""
        every = self._found.get(operation.label, ())
        own = [found for found in every if found.actor == actor]
        choice = own if own and chance.random() < 0.75 else every  # noqa: PLR2004 - three of four
        return chance.choice(choice) if choice else None

    def filled(self, body: Any, chance: random.Random) -> Any:
        """The body with ids that exist, wherever it asks for some by a known name."""
        if isinstance(body, dict):
            return {key: self._value(key, value, chance) for key, value in body.items()}
        return [self.filled(each, chance) for each in body] if isinstance(body, list) else body

    def _value(self, key: str, value: Any, chance: random.Random) -> Any:
        ids = self._named.get(key)
        if not ids or chance.random() < 0.15:  # noqa: PLR2004 - some ask for what does not exist
            return self.filled(value, chance)
        if isinstance(value, str):
            return chance.choice(ids)
        if isinstance(value, list) and all(isinstance(each, str) for each in value):
            return chance.sample(ids, k=min(len(ids), max(1, len(value))))
        return self.filled(value, chance)

    def _learn_names(self, answer: httpx.Response) -> None:
        media_type = answer.headers.get("content-type", "").partition(";")[0]
        if media_type == "application/json" and answer.content:
            for key, value in _ids(answer.json()):
                self._name(key, value)

    def _name(self, key: str, value: str) -> None:
        for name in (key, f"{key}s"):
            if value not in self._named[name]:
                self._named[name] = [*self._named[name], value][-REMEMBERED:]

    def _remember(self, label: str, found: Found) -> None:
        kept = [one for one in self._found[label] if one != found]
        self._found[label] = [*kept, found][-REMEMBERED:]


def _extracted(containers: Extracted) -> Values | None:
    """The values of a link; None where the answer had nothing for one of them."""
    values: dict[str, dict[str, str]] = {}
    for container, parameters in containers.items():
        for name, extracted in parameters.items():
            value = extracted.value.ok() if isinstance(extracted.value, Ok) else None
            if not isinstance(value, str):
                return None
            values.setdefault(container, {})[name] = value
    return values or None


def _is_broken(containers: Extracted) -> bool:
    """Whether a link points at what the answer does not have; the first of an empty list, and null, are no mistake."""
    return any(
        "/items/0" not in str(extracted.definition)
        and (not isinstance(extracted.value, Ok) or extracted.value.ok() is UNRESOLVABLE)
        for parameters in containers.values()
        for extracted in parameters.values()
    )


def _ids(body: Any) -> Iterator[tuple[str, str]]:
    if isinstance(body, dict):
        for key, value in body.items():
            if key.endswith("_id") and isinstance(value, str):
                yield key, value
        body = body.get("items")
    if isinstance(body, list):
        for item in body[:5]:
            if isinstance(item, dict):
                yield from _ids(item)
