"""Requests of the matrix: every operation of a service, asked as anybody, about any object, changing nothing."""

import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts

from services.tests.access.expectation import Standing
from services.tests.access.people import Person
from shared.auth.dependencies import rules_of
from shared.auth.rules import Access
from shared.database.connection import Database, Tx
from shared.ids import new_uuid
from shared.testing.plugin import TokenFor

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


class Undoing(Database):
    """A database whose transactions are real and never commit, so that no request of the matrix spoils the next."""

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Tx]:
        """One transaction that is rolled back when the block ends."""
        async with self.engine.connect() as tx:
            begun = await tx.begin()
            try:
                yield tx
            finally:
                await begun.rollback()


@dataclass(frozen=True)
class Ask:
    """What a valid request of an operation has beside its path; ``{name}`` stands for a value of the object."""

    body: Any = None
    content: bytes | None = None
    media_type: str = ""
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass
class World:
    """One service with objects of every standing. ``objects``: by what the rules call them."""

    app: FastAPI
    api: httpx.AsyncClient
    token_for: TokenFor
    objects: Mapping[str, Sequence[Standing]]
    asks: Mapping[str, Ask]
    values: Mapping[str, str]
    rules: Mapping[str, Access | None] = field(init=False)
    routes: Mapping[str, tuple[str, str]] = field(init=False)

    def __post_init__(self) -> None:
        self.rules = rules_of(self.app)
        self.routes = {
            route.operation_id or f"{method} {route.path}": (method, str(route.path))
            for route in iter_route_contexts(self.app.routes)
            if isinstance(route.original_route, APIRoute)
            for method in route.methods or ()
        }
        self.headers: dict[str, dict[str, str]] = {}

    async def ask(self, operation: str, person: Person, standing: Standing) -> httpx.Response:
        """The answer that this person gets."""
        method, path = self.routes[operation]
        ask = self.asks.get(operation, Ask())
        values = {**self.values, **standing.values}
        if person.name not in self.headers:
            self.headers[person.name] = person.headers(self.token_for)
        headers = dict(self.headers[person.name])
        if method != "GET":
            headers |= {"Idempotency-Key": str(new_uuid()), "If-Match": '"999"'}
        if ask.content is not None:
            headers["Content-Type"] = ask.media_type
        return await self.api.request(
            method,
            filled(path, values),
            headers=headers,
            params=ask.params,
            **({"content": ask.content} if ask.content is not None else {"json": filled(ask.body, values)}),
        )


def filled(content: Any, values: Mapping[str, str]) -> Any:
    """The content with every ``{name}`` replaced. Raises ``KeyError`` for a name that no world knows."""
    if isinstance(content, str):
        return _PLACEHOLDER.sub(lambda found: values[found[1]], content)
    if isinstance(content, list):
        return [filled(each, values) for each in content]
    if isinstance(content, dict):
        return {key: filled(each, values) for key, each in content.items()}
    return content
