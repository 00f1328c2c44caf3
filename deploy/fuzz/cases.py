"""The requests of one operation: every boundary of its schema, inside and outside, then random ones inside it.

Boundaries come first because they find more for less: random values of what the schema forbids cost ten times as
much to find (measured) and repeat each other.
"""

import random
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import APIOperation, BaseSchema, Case, GenerationMode
from schemathesis.core.parameters import ParameterLocation
from schemathesis.core.result import Ok

from shared.contracts.merged import operations

Operation = APIOperation[Any, Any, Any, Any]
LONGEST_TEXT = 50_000
"""Characters; beyond it a limit is not probed."""
AT_ONCE = 10
"""Random cases drawn together: one by one, finding the next takes longer than making it."""
MOST_RANDOM = 200
"""Different random inputs of an operation: more cases ask with the same ones as others, about other things."""
RICH = 300
"""An input of more boundaries than this (a whole call) is made from them alone: a random one takes a second."""
RANDOM_SHARE = 0.25
"""Of an operation's cases, at least, where its input can vary at all."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A request to be made. ``spoiled``: the parts that the contract forbids, on purpose."""

    case: "Case[Any]"
    path: Mapping[str, Any]
    headers: Mapping[str, Any]
    query: Mapping[str, Any]
    body: Any
    spoiled: frozenset[ParameterLocation]
    forbidden: bool

    @classmethod
    def of(cls, case: "Case[Any]") -> "Planned":
        """A case as it was generated; later changes of it do not count."""
        meta = case.meta
        parts = meta.components.items() if meta is not None else ()
        return cls(
            case,
            dict(case.path_parameters or {}),
            dict(case.headers or {}),
            dict(case.query or {}),
            case.body,
            frozenset(place for place, part in parts if part.mode.is_negative),
            meta is not None and meta.generation.mode.is_negative,
        )

    @property
    def is_operation(self) -> bool:
        """Whether its method is the operation's own: another one is refused with 405."""
        return str(self.case.method).lower() == str(self.case.operation.method).lower()


def load(document: Mapping[str, Any]) -> tuple[BaseSchema, dict[str, Operation]]:
    """The contract as schemathesis reads it, and its operations by id. Raises ``ValueError`` for one it cannot use."""
    _send_as_bytes(document)
    schema = schemathesis.openapi.from_dict(_within_reason(document))
    every: dict[str, Operation] = {}
    for found in schema.get_all_operations():
        if not isinstance(found, Ok):
            raise ValueError(f"not usable: {found.err()}")  # noqa: TRY004 - of the document, not of a type
        every[found.ok().definition.raw["operationId"]] = found.ok()
    return schema, every


def _within_reason(part: Any) -> Any:
    """The document without limits of texts that nobody should make: 200 MiB at once is another test's business."""
    if isinstance(part, list):
        return [_within_reason(member) for member in part]
    if not isinstance(part, Mapping):
        return part
    return {
        name: _within_reason(member)
        for name, member in part.items()
        if name != "maxLength" or not isinstance(member, int) or member <= LONGEST_TEXT
    }


def _send_as_bytes(document: Mapping[str, Any]) -> None:
    """A file of a media type that schemathesis cannot write is its bytes."""
    for _, _, operation in operations(document):
        for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
            if content.get("schema", {}).get("format") == "binary":
                schemathesis.serializer.alias(media_type, "application/octet-stream")


def planned(operation: Operation, count: int, number: int) -> list[Planned]:
    """``count`` requests of one operation, by the seed ``number``; inputs repeat, for other callers, where they are few."""
    chance = random.Random(f"{number} {operation.label}")  # noqa: S311 - a reproducible choice
    boundaries = _boundaries(operation)
    chance.shuffle(boundaries)
    wanted = min(max(round(count * RANDOM_SHARE), count - len(boundaries)), MOST_RANDOM)
    inside = _random(operation, wanted, number) if len(boundaries) <= RICH else []
    found = [*inside, *boundaries[: count - len(inside)]]
    chance.shuffle(found)
    every = [Planned.of(case) for case in found]
    return [every[place % len(every)] for place in range(count)]


def _boundaries(operation: Operation) -> list["Case[Any]"]:
    schema = operation.schema
    config = schema.config.generation_for(operation=operation, phase="coverage")
    modes = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of patterns that Python and ECMAScript read differently
        return list(schema.iter_coverage_cases(operation, generation_modes=modes, generation_config=config))


def _random(operation: Operation, count: int, number: int) -> list["Case[Any]"]:
    drawn: list[Case[Any]] = []
    rounds = max(1, -(-count // AT_ONCE))

    @seed(number)
    @settings(
        max_examples=rounds,
        database=None,
        phases=[Phase.generate],
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(operation.as_strategy(), min_size=AT_ONCE, max_size=AT_ONCE))
    def draw(cases: Sequence["Case[Any]"]) -> None:
        drawn.extend(cases)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            draw()
        except Unsatisfiable as error:
            raise ValueError(f"{operation.label}: no input fits its schema") from error
    return drawn[:count]
