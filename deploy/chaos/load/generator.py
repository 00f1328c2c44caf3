"""The load: many lives of applications at once, one after the other, until time is up."""

import asyncio
import contextlib
import itertools
import random
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import httpx

from deploy.chaos.history.records import LoadEnded, LoadStarted, Operation
from deploy.chaos.history.writing import HistoryFile
from deploy.chaos.load.applying import apply, withdraw_by_chance
from deploy.chaos.load.call import definition, fresh_code
from deploy.chaos.load.client import Client, Ending, Wish
from deploy.chaos.load.draft import Draft, Lost
from deploy.chaos.load.mailbox import Mailbox
from deploy.chaos.load.pace import Pace
from deploy.chaos.load.people import APPLICANTS, TRACKS, People, organisation_of
from deploy.chaos.load.reviewing import Board, Review
from services.review.domain.case import case_id_of
from shared.ids import new_uuid

LIVES = 16
SETTLE_SECONDS = 120.0
GRACE_SECONDS = 2.0
CALLS = "/intake/v1/calls"


class NoCall(Exception):
    """The load's call could not be published."""


@dataclass(frozen=True, slots=True)
class Orders:
    """What the command line wants. ``seconds``: None until it is told to stop. ``mails``: None without mailboxes."""

    front_door: str
    issuer: str
    history: Path
    seed: int
    seconds: float | None
    rate: float
    mails: Path | None
    attempt_seconds: float


@dataclass(slots=True)
class Load:
    """One running load."""

    client: Client
    people: People
    seed: int
    call_code: str
    mailbox: Mailbox | None
    board: Board | None = None
    lived: int = 0
    given_up: int = 0
    _numbers: "itertools.count[int]" = field(default_factory=itertools.count)

    async def run(self, seconds: float | None) -> None:
        """Publish the call, then live until ``seconds`` are over or the client is told to stop. Raises ``NoCall``."""
        call_id = await self._publish()
        async with asyncio.TaskGroup() as group:
            helping = [group.create_task(self._settle(call_id), name="board")]
            if self.mailbox is not None:
                helping.append(group.create_task(self.mailbox.read_on(), name="mailbox"))
            lives = [group.create_task(self._live_on(), name="lives") for _ in range(LIVES)]
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.client.stopping.wait(), seconds)
            self.client.stopping.set()
            await asyncio.wait(lives, timeout=self.client.attempt_seconds + GRACE_SECONDS)
            for task in (*lives, *helping):
                task.cancel()

    async def _publish(self) -> str:
        wish = Wish(
            Operation.PUBLISH_CALL,
            self.people.ministry,
            "POST",
            CALLS,
            asked={"code": self.call_code},
            body=definition(self.call_code),
            facts=lambda answer: {"call_id": answer.json()["call_id"]},
        )
        told = await self.client.until_known(wish, patience=SETTLE_SECONDS)
        if not told.acknowledged:
            raise NoCall(f"the call was not published: {told.status} {told.problem}")
        return str(told.answer["call_id"])

    async def _settle(self, call_id: str) -> None:
        with contextlib.suppress(Ending):
            self.board = await Board.sit(self.client, self.people, call_id)

    async def _live_on(self) -> None:
        while not self.client.stopping.is_set():
            try:
                await self._live(next(self._numbers))
                self.lived += 1
            except Lost:
                self.given_up += 1
            except Ending:
                return

    async def _live(self, number: int) -> None:
        chance = random.Random(f"{self.seed}/{number}")  # noqa: S311 - chooses deeds, guards nothing
        applicant = self.people.applicants[number % len(self.people.applicants)]
        track = chance.choice(TRACKS)
        draft = Draft(self.client, applicant, number, track, chance)
        if not await apply(draft, self.call_code, self.mailbox):
            return
        taken_back = chance.random() < 0.5  # noqa: PLR2004 - before or after the review, one as often as the other
        if taken_back:
            await withdraw_by_chance(draft)
        if self.board is not None:
            case_id = str(case_id_of(UUID(draft.application_id)))
            await Review(self.board, track, case_id, chance).play()
        if not taken_back:
            await withdraw_by_chance(draft)


@asynccontextmanager
async def opened(orders: Orders) -> AsyncIterator[Load]:
    """A load with its history open and its people there; it says that it ended when the block ends by itself."""
    load_id = new_uuid()
    people = await People.arrive(load_id, orders.issuer)
    limits = httpx.Limits(max_connections=LIVES * 3, max_keepalive_connections=LIVES * 3)
    http = httpx.AsyncClient(
        base_url=orders.front_door, limits=limits, timeout=orders.attempt_seconds, trust_env=False
    )
    with HistoryFile(orders.history) as history:
        async with http:
            code = fresh_code()
            history.write(
                LoadStarted(
                    load=load_id,
                    seed=orders.seed,
                    front_door=orders.front_door,
                    call_code=code,
                    organisation_ids=tuple(organisation_of(load_id, n) for n in range(APPLICANTS)),
                    at=datetime.now(UTC),
                )
            )
            chance = random.Random(orders.seed)  # noqa: S311 - spreads repeats, guards nothing
            client = Client(load_id, http, history, Pace(orders.rate), chance, orders.attempt_seconds)
            mailbox = None if orders.mails is None else Mailbox.open(orders.mails)
            yield Load(client, people, orders.seed, code, mailbox)
            history.write(LoadEnded(load=load_id, at=datetime.now(UTC)))


async def generate(orders: Orders, stop: asyncio.Event) -> None:
    """Run one load; ``stop`` ends it early. Raises ``NoTokens``, ``NoCall``."""
    begun = time.monotonic()
    async with opened(orders) as load:
        stopper = asyncio.create_task(_pass_on(stop, load.client.stopping))
        try:
            await load.run(orders.seconds)
        finally:
            stopper.cancel()
        print(
            f"load {load.client.load} seed {orders.seed}: {load.lived} applications lived, {load.given_up} "
            f"given up, {time.monotonic() - begun:.1f} s, {time.process_time():.1f} s of CPU",
            file=sys.stderr,
        )


async def _pass_on(stop: asyncio.Event, stopping: asyncio.Event) -> None:
    await stop.wait()
    stopping.set()
