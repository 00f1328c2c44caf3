"""A good client of the front door: it writes down what it asks before it asks, and repeats until it knows."""

import asyncio
import hashlib
import itertools
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

import httpx
import rfc8785

from deploy.chaos.history.records import Ended, Invoked, Operation, Outcome
from deploy.chaos.history.writing import HistoryFile
from deploy.chaos.load.pace import Pace

ATTEMPT_SECONDS = 5.0
PATIENCE_SECONDS = 60.0
FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS = 0.1, 2.0
UNKNOWN_FROM = 500
REFUSED_FROM = 400
ASK_AGAIN = frozenset({"not-sent", "twin-in-flight", "changed-meanwhile"})
"""Refusals that say: nothing was done now, come again."""
NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)

Facts = dict[str, Any]


class Ending(Exception):
    """The load is to end: nothing new is asked."""


def no_facts(_: httpx.Response) -> Facts:
    """For acts whose acknowledgement says nothing more."""
    return {}


@dataclass(frozen=True, slots=True)
class Person:
    """A caller by the subject of its token."""

    subject: str
    token: str | None


@dataclass(frozen=True, slots=True)
class Wish:
    """Something a person wants done. ``key`` only for POST; ``body`` is sent as JSON, ``content`` as it is."""

    operation: Operation
    person: Person
    method: str
    path: str
    ids: Mapping[str, str] = field(default_factory=dict)
    asked: Facts = field(default_factory=dict)
    body: Any = None
    content: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    facts: Callable[[httpx.Response], Facts] = no_facts
    act: int = 0
    key: str | None = None

    @property
    def payload(self) -> bytes | None:
        """The bytes of the body."""
        return self.content if self.body is None else rfc8785.dumps(self.body)


@dataclass(frozen=True, slots=True)
class Told:
    """What a client was told, the facts of an acknowledgement among it."""

    outcome: Outcome
    status: int | None
    problem: str | None
    answer: Facts

    @property
    def acknowledged(self) -> bool:
        """Whether it was done."""
        return self.outcome is Outcome.ACKNOWLEDGED


@dataclass(slots=True)
class Client:
    """The whole load's way to the front door. ``stop`` before closing: acts under way know it and end.

    ``attempt_seconds``: how long it waits for an answer; after that the outcome is unknown.
    """

    load: UUID
    http: httpx.AsyncClient
    history: HistoryFile
    pace: Pace
    chance: random.Random
    attempt_seconds: float = ATTEMPT_SECONDS
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    _acts: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    _attempts: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def prepared(self, wish: Wish) -> Wish:
        """The wish with its number, and a POST with a fresh Idempotency-Key: other loads' keys differ."""
        act = next(self._acts)
        key = str(uuid5(self.load, str(act))) if wish.method == "POST" and wish.key is None else wish.key
        return replace(wish, act=act, key=key)

    async def once(self, wish: Wish) -> Told:
        """One attempt, whatever comes of it. Raises ``Ending``."""
        if self.stopping.is_set():
            raise Ending
        await self.pace.turn()
        wish = wish if wish.act else self.prepared(wish)
        attempt, payload = next(self._attempts), wish.payload
        self.history.write(self._invoked(wish, attempt, payload))
        told = await self._ask(wish, payload)
        self.history.write(
            Ended(
                load=self.load,
                attempt=attempt,
                outcome=told.outcome,
                status=told.status,
                problem=told.problem,
                answer=told.answer,
                at=datetime.now(UTC),
                monotonic=time.monotonic(),
            )
        )
        return told

    async def until_known(self, wish: Wish, *, patience: float = PATIENCE_SECONDS) -> Told:
        """Repeat with the same key until it is acknowledged or refused, or patience ends. Raises ``Ending``."""
        wish = wish if wish.act else self.prepared(wish)
        give_up = time.monotonic() + patience
        wait = FIRST_WAIT_SECONDS
        while True:
            told = await self.once(wish)
            settled = told.outcome is not Outcome.UNKNOWN and told.problem not in ASK_AGAIN
            if settled or time.monotonic() > give_up:
                return told
            await asyncio.sleep(wait * self.chance.uniform(0.8, 1.2))
            wait = min(wait * 2, LONGEST_WAIT_SECONDS)

    def _invoked(self, wish: Wish, attempt: int, payload: bytes | None) -> Invoked:
        return Invoked(
            load=self.load,
            attempt=attempt,
            act=wish.act,
            operation=wish.operation,
            method=wish.method,
            path=wish.path,
            caller=wish.person.subject,
            key=wish.key,
            ids=dict(wish.ids),
            asked=wish.asked,
            body_sha256=None if payload is None else hashlib.sha256(payload).hexdigest(),
            at=datetime.now(UTC),
            monotonic=time.monotonic(),
        )

    async def _ask(self, wish: Wish, payload: bytes | None) -> Told:
        headers = dict(wish.headers)
        if wish.person.token is not None:
            headers["Authorization"] = f"Bearer {wish.person.token}"
        if wish.key is not None:
            headers["Idempotency-Key"] = wish.key
        if wish.body is not None:
            headers["Content-Type"] = "application/json"
        try:
            async with asyncio.timeout(self.attempt_seconds):
                answer = await self.http.request(wish.method, wish.path, content=payload, headers=headers)
        except NOT_SENT:
            return Told(Outcome.REFUSED, None, "not-sent", {})
        except (httpx.TransportError, TimeoutError) as error:
            return Told(Outcome.UNKNOWN, None, type(error).__name__, {})
        return told_by(answer, wish.facts)


def told_by(answer: httpx.Response, facts: Callable[[httpx.Response], Facts]) -> Told:
    """What an answer means: 2xx done, 4xx refused, anything else (also a 2xx that is not ours) leaves it unknown."""
    if answer.status_code < REFUSED_FROM:
        try:
            return Told(Outcome.ACKNOWLEDGED, answer.status_code, None, facts(answer))
        except (ValueError, KeyError, TypeError):
            return Told(Outcome.UNKNOWN, answer.status_code, "not-understood", {})
    try:
        problem = str(answer.json().get("type", "")).rpartition("/")[2]
    except (ValueError, AttributeError):
        problem = ""
    refused = answer.status_code < UNKNOWN_FROM
    outcome = Outcome.REFUSED if refused else Outcome.UNKNOWN
    return Told(outcome, answer.status_code, problem or f"http-{answer.status_code}", {})
