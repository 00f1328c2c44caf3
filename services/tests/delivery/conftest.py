"""Catalog's API and an inbox of the same database with a handler that refuses as long as it is told to."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, ClassVar
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr
from sqlalchemy import text

from deploy.local.issuer import Issuer
from services.catalog.main import create_app
from services.catalog.settings import CatalogSettings
from shared.bus.records import Incoming, headers_of
from shared.database.connection import Database, Tx
from shared.delivery.handlers import Handlers
from shared.delivery.inbox import Inbox
from shared.events.envelope import Envelope, Event, Received
from shared.ids import new_uuid
from shared.settings import Profile
from shared.testing.api import open_api
from shared.testing.plugin import DatabaseOf, TokenFor

NOON = datetime(2025, 3, 11, 3, 0, tzinfo=UTC)
SECRET = "나비 Butterfly Kim"
"""Stands in every body and content of these tests, and in no answer."""


class TramOpened(Event):
    """An event of a service, on a topic that exists in these tests only."""

    type: ClassVar[str] = "kcity.intake.TramOpened.v1"
    topic: ClassVar[str] = "intake.tram.v1"
    opened_by: str


@dataclass
class Depot:
    """A handler that remembers, and refuses as long as it is told to."""

    handled: list[int] = field(default_factory=list)
    refusal: Exception | None = None

    def handlers(self) -> Handlers:
        """The table with this one handler."""
        table = Handlers()

        @table.on(TramOpened)
        async def on_tram_opened(event: Received[TramOpened], _tx: Tx) -> None:
            if self.refusal is not None:
                raise self.refusal
            self.handled.append(event.sequence)

        return table


@dataclass
class World:
    """The API of catalog, asked as an operator, and its inbox."""

    app: FastAPI
    api: httpx.AsyncClient
    database: Database
    depot: Depot
    inbox: Inbox
    token: str

    async def get(self, path: str, **params: Any) -> httpx.Response:
        answer = await self.api.get(f"/v1/delivery{path}", params=params, headers=self._headers())
        assert SECRET not in answer.text
        return answer

    async def post(self, path: str, body: Any, *, key: str | None = None) -> httpx.Response:
        answer = await self.api.post(f"/v1/delivery{path}", json=body, headers=self._headers(key))
        assert SECRET not in answer.text
        return answer

    def _headers(self, key: str | None = None) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}", "Idempotency-Key": key or str(new_uuid())}

    async def scalar(self, statement: str) -> Any:
        async with self.database.transaction() as tx:
            return await tx.scalar(text(statement))

    async def execute(self, statement: str) -> None:
        async with self.database.transaction() as tx:
            await tx.execute(text(statement))


def tram(aggregate: UUID, sequence: int, *, headers: bool = True) -> Incoming:
    body = TramOpened(opened_by=SECRET).model_dump_json().encode()
    envelope = Envelope(new_uuid(), TramOpened.type, "/kcity/intake", aggregate, sequence, NOON, body)
    named = headers_of(envelope) if headers else []
    return Incoming(TramOpened.topic, 0, sequence, str(aggregate).encode(), body, named)


@pytest.fixture
async def world(database_of: DatabaseOf, issuer: Issuer, token_for: TokenFor) -> AsyncIterator[World]:
    url = await database_of("catalog")
    settings = CatalogSettings(
        profile=Profile.LOCAL,
        database_url=SecretStr(url),
        kafka_bootstrap="127.0.0.1:1",
        issuer_url=issuer.url,
    )
    app, depot = create_app(settings), Depot()
    database = await Database.connect(url)
    inbox = Inbox("catalog", depot.handlers(), database)
    async with open_api(app) as api:
        yield World(app, api, database, depot, inbox, token_for("operator", subject="olga"))
    await database.close()
