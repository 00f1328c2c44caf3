"""Plays one document: its operations in a disorder that the seed decides, each case as somebody, every answer judged."""

import json
import random
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx
import requests
from schemathesis.core import NotSet
from schemathesis.core.parameters import ParameterLocation

from deploy.fuzz import checks
from deploy.fuzz.actors import UNWELCOME, Actor
from deploy.fuzz.cases import Operation, Planned, load, planned
from deploy.fuzz.known import Found, Known
from deploy.fuzz.tally import Finding, Tally, as_curl
from shared.ids import new_uuid
from shared.testing.declared import Declared

KEY = "Idempotency-Key"
UUID_FORM = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_LAST = "step"
"""Steps of a business clock come last: after them no window is open any more."""
_WITH_LINK, _FRESH_KEY, _ADMITTED, _SAMPLE = 0.8, 0.9, 0.6, 0.5


@dataclass(frozen=True)
class Setting:
    """What a run is given. ``named``: ids by name; ``objects``: values that address something, by path parameter.

    ``samples``: contents that a media type really has, where random bytes never would.
    """

    actors: Sequence[Actor]
    secrets: checks.Secrets
    named: Mapping[str, Sequence[str]] = field(default_factory=dict)
    objects: Sequence[Mapping[str, str]] = ()
    samples: Mapping[str, bytes] = field(default_factory=dict)


class Fuzzer:
    """One document, one server. ``play`` as often as wished; ``tally`` holds what came of it."""

    def __init__(
        self, document: Mapping[str, Any], client: httpx.AsyncClient, setting: Setting, seed: int
    ) -> None:
        self._client = client
        self._setting = setting
        self._seed = seed
        self._chance = random.Random(seed)  # noqa: S311 - a reproducible disorder
        self.schema, self.operations = load(document)
        self._declared = Declared(document)
        self._shown = json.dumps(document)
        self._known = Known(self.operations, setting.named)
        self._admitted: dict[str, list[Actor]] = defaultdict(list)
        self._compared: set[tuple[str, str]] = set()
        self.tally = Tally()
        for operation in self.operations.values():
            for values in setting.objects:
                self._known.told(operation, values)

    async def play(
        self, cases_per_operation: int, *, only: str | None = None, until: Callable[[], bool] = lambda: False
    ) -> Tally:
        """So many cases of each operation, or of one; ``until`` it is told to end, asked before each case."""
        chosen = {name: one for name, one in self.operations.items() if only in (None, name)}
        plan = [
            (name, number, case)
            for name, operation in chosen.items()
            for number, case in enumerate(planned(operation, cases_per_operation, self._seed))
        ]
        for name, _, case in plan:
            self.tally.inputs[name].add(case.case.id)
        self._chance.shuffle(plan)
        plan.sort(key=lambda one: one[0].startswith(_LAST))
        for name, number, case in plan:
            if until():
                break
            await self._ask(name, number, case)
        return self.tally

    async def _ask(self, name: str, number: int, case: Planned) -> None:
        actor = self._somebody(name, number)
        found = self._dress(case, actor)
        request = self._request(case, actor)
        answer = await self._send(request)
        self.tally.count(name, actor, answer, asked_for=case.is_operation)
        if found is not None and found.link and answer.status_code < httpx.codes.BAD_REQUEST:
            self.tally.links[found.link] += 1
        told = await self._judge(case, actor, answer, linked=found is not None)
        told += [("link", sentence) for sentence in self._remember(name, case, actor, answer)]
        told += await self._ask_again(name, case, actor, found, answer)
        for check, sentence in told:
            place = f"seed {self._seed}, case {number} of {name}"
            self.tally.note(Finding(name, check, sentence, actor.name, place, as_curl(request, actor)))

    def _somebody(self, name: str, number: int) -> Actor:
        """Everybody in turn, and in between those who were let in before."""
        admitted = self._admitted[name]
        if admitted and self._chance.random() < _ADMITTED:
            return self._chance.choice(admitted)
        return self._setting.actors[number % len(self._setting.actors)]

    def _dress(self, planned: Planned, actor: Actor) -> Found | None:
        """Put into the case what a client would: things that exist, a fresh key; what is wrong on purpose stays."""
        case, chance = planned.case, self._chance
        path, headers, query = dict(planned.path), dict(planned.headers), dict(planned.query)
        found = None
        if chance.random() < _WITH_LINK:
            found = self._known.one(case.operation, actor.name, chance)
        values = found.values if found is not None else {}
        for part, place, told in (
            (path, ParameterLocation.PATH, values.get("path_parameters", {})),
            (query, ParameterLocation.QUERY, values.get("query", {})),
            (headers, ParameterLocation.HEADER, values.get("headers", {})),
        ):
            if place not in planned.spoiled:
                part.update(told)
        if (
            KEY in headers
            and ParameterLocation.HEADER not in planned.spoiled
            and chance.random() < _FRESH_KEY
        ):
            headers[KEY] = str(new_uuid())
        headers.pop("Authorization", None)
        case.path_parameters, case.query = path, query
        case.headers = requests.structures.CaseInsensitiveDict(headers)
        case.body = self._body(planned)
        return found

    def _body(self, planned: Planned) -> Any:
        if isinstance(planned.body, NotSet) or ParameterLocation.BODY in planned.spoiled:
            return planned.body
        return self._known.filled(planned.body, self._chance)

    def _request(self, planned: Planned, actor: Actor) -> httpx.Request:
        told = planned.case.as_transport_kwargs(base_url=str(self._client.base_url).rstrip("/"))
        sample = self._setting.samples.get(planned.case.media_type or "")
        if (
            sample is not None
            and ParameterLocation.BODY not in planned.spoiled
            and self._chance.random() < _SAMPLE
        ):
            told["data"] = sample
        made = requests.Request(**told).prepare()
        headers = [(name.encode("latin-1"), _bytes(value)) for name, value in made.headers.items()]
        headers += [(name.encode(), value.encode()) for name, value in actor.headers.items()]
        body: Any = made.body
        content: bytes | None = body.encode() if isinstance(body, str) else body
        return self._client.build_request(str(made.method), str(made.url), headers=headers, content=content)

    async def _send(self, request: httpx.Request) -> httpx.Response:
        """The answer; one more try where a connection was let go, as clients do. 599: there was none either time."""
        for _ in range(2):
            try:
                return await self._client.send(request)
            except httpx.TransportError as error:
                lost = error
        return httpx.Response(599, text=f"no answer: {type(lost).__name__}", request=request)

    async def _judge(
        self, case: Planned, actor: Actor, answer: httpx.Response, *, linked: bool
    ) -> list[tuple[str, str]]:
        told = {
            "failed": checks.broken(answer),
            "undeclared": await checks.undeclared(self._declared, answer) if case.is_operation else None,
            "refused wrongly": checks.wrong_refusal(case, answer),
            "let in": checks.let_in(case, actor, answer),
            "accepted": checks.accepted(case, answer),
            "made up": checks.made_up(case, answer, self._shown, linked=linked),
            "secret": self._setting.secrets.shown(answer, actor),
        }
        return [(check, sentence) for check, sentence in told.items() if sentence is not None]

    async def _ask_again(
        self, name: str, case: Planned, actor: Actor, found: Found | None, answer: httpx.Response
    ) -> list[tuple[str, str]]:
        """The same act under the same key, and the same question about what does not exist."""
        request = answer.request
        if answer.is_success and KEY in request.headers:
            self.tally.checked_again["repeated under the same key"] += 1
            again = await self._send(_copy(self._client, request))
            return [("repeat", sentence)] if (sentence := checks.differs(answer, again)) else []
        hidden = answer.status_code == httpx.codes.NOT_FOUND and found is not None and case.path
        if hidden and not case.forbidden and (name, actor.name) not in self._compared:
            self._compared.add((name, actor.name))
            return await self._compare_with_absent(case, actor, answer)
        return []

    async def _compare_with_absent(
        self, case: Planned, actor: Actor, answer: httpx.Response
    ) -> list[tuple[str, str]]:
        self.tally.checked_again["compared with what does not exist"] += 1
        shown = dict(case.case.path_parameters)
        case.case.path_parameters = {key: _absent(value) for key, value in shown.items()}
        absent = await self._send(self._request(case, actor))
        sentence = checks.differs(answer, absent)
        if sentence is None or await self._may_know(case.case.operation, shown, actor):
            return []
        return [("told apart", sentence)]

    async def _may_know(self, operation: Operation, values: Mapping[str, Any], actor: Actor) -> bool:
        """Whether the thing above (``/cases/{id}`` of ``/cases/{id}/report``) is shown to this caller anyway."""
        for above in self.operations.values():
            if above.method == "get" and operation.path.startswith(f"{above.path}/") and "{" in above.path:
                path = above.path.format(**values)
                request = self._client.build_request("GET", path, headers=dict(actor.headers))
                if (await self._send(request)).is_success:
                    return True
        return False

    def _remember(self, name: str, case: Planned, actor: Actor, answer: httpx.Response) -> list[str]:
        """Who was let in, and what the answer told; gives the links that are broken."""
        if actor.role not in UNWELCOME and answer.status_code not in (401, 403):
            admitted = self._admitted[name]
            if actor not in admitted:
                admitted.append(actor)
        if answer.is_success and case.is_operation:
            return self._known.learn(case.case, answer, actor.name)
        return []


def _absent(value: str) -> str:
    """Of the same form, and of nothing: another id, another number."""
    return str(new_uuid()) if UUID_FORM.fullmatch(value) else re.sub(r"\d", "9", value)


def _bytes(value: str | bytes) -> bytes:
    return value if isinstance(value, bytes) else value.encode("latin-1")


def _copy(client: httpx.AsyncClient, request: httpx.Request) -> httpx.Request:
    return client.build_request(request.method, request.url, headers=request.headers, content=request.content)
