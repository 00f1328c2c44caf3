"""Repeating any POST of any service is harmless: every operation stands in the table, or the first test fails."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

import httpx
import pytest

from services.intake.tests.house import CLOSES, DURING
from services.tests.idempotency.conftest import Desks
from services.tests.idempotency.desk import Desk, Snapshot
from services.tests.idempotency.posts import POSTS, WITHOUT_KEY, Post
from services.tests.idempotency.prepared import Prepared
from shared.http.openapi import document_of
from shared.ids import new_uuid
from shared.settings import SERVICES

TWINS = 6
MAKE_THE_YOUNGEST_OLD = (
    "UPDATE idempotency_key SET created_at = created_at - interval '8 days' WHERE key = :key "
    "AND created_at = (SELECT max(created_at) FROM idempotency_key WHERE key = :key)"
)
EVERY_POST = pytest.mark.parametrize("post", POSTS, ids=str)


@dataclass(frozen=True)
class Acted:
    """A POST that was done once, and what it came to."""

    desk: Desk
    prepared: Prepared
    key: str
    answer: httpx.Response
    effects: dict[str, int]

    async def repeat(self, process: int = 1, *, token: str | None = None) -> httpx.Response:
        return await self.prepared.ask.send(self.desk.apis[process], token or self.prepared.token, self.key)

    async def looked_up(self, token: str | None = None) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token or self.prepared.token}"}
        return await self.desk.apis[1].get(f"/v1/idempotency-keys/{self.key}", headers=headers)


@dataclass
class Theatre:
    """Does each POST once, when it is first asked for."""

    desks: Desks
    acts: dict[Post, Acted] = field(default_factory=dict)

    async def of(self, post: Post) -> Acted:
        if post not in self.acts:
            self.acts[post] = await act(self.desks[post.service], post, str(new_uuid()))
        return self.acts[post]


async def act(desk: Desk, post: Post, key: str) -> Acted:
    prepared = await post.arrange(desk)
    before = await desk.snapshot()
    answer = await prepared.ask.send(desk.apis[0], prepared.token, key)
    assert answer.is_success, answer.text
    effects = (await desk.snapshot()).since(before)
    assert effects["idempotency_key"] == 1
    assert len(effects) > 1
    return Acted(desk, prepared, key, answer, effects)


@pytest.fixture(scope="module")
def theatre(desks: Desks) -> Theatre:
    return Theatre(desks)


def problem(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, str(answer.json()["type"]).rpartition("/")[2]


def is_refused(answer: httpx.Response) -> bool:
    return 400 <= answer.status_code < 500


def same(first: httpx.Response, second: httpx.Response) -> bool:
    return (first.status_code, first.json()) == (second.status_code, second.json())


class TestTable:
    def test_names_every_post_of_every_service_and_no_other(self) -> None:
        offered = {
            (service, methods["post"]["operationId"])
            for service in SERVICES
            for methods in document_of(service)["paths"].values()
            if "post" in methods
        }
        without_key = {(service, name) for service, name in offered if name in WITHOUT_KEY}
        assert {(post.service, post.operation) for post in POSTS} == offered - without_key
        assert {name for _, name in without_key} == set(WITHOUT_KEY)


@EVERY_POST
class TestKey:
    async def test_is_required(self, theatre: Theatre, post: Post) -> None:
        acted = await theatre.of(post)
        answer = await acted.prepared.ask.send(acted.desk.apis[0], acted.prepared.token, None)
        assert problem(answer) == (400, "idempotency-key-missing")


@EVERY_POST
class TestRepeat:
    async def test_gives_the_same_answer_and_has_no_effect(self, theatre: Theatre, post: Post) -> None:
        acted = await theatre.of(post)
        before = await acted.desk.snapshot()
        for process in (0, 1, 0):
            assert same(await acted.repeat(process), acted.answer)
        assert await acted.desk.snapshot() == before

    async def test_of_another_request_under_the_key_is_refused(self, theatre: Theatre, post: Post) -> None:
        acted = await theatre.of(post)
        before = await acted.desk.snapshot()
        answer = await acted.prepared.other.send(acted.desk.apis[1], acted.prepared.token, acted.key)
        assert problem(answer) == (422, "key-reused")
        assert await acted.desk.snapshot() == before

    async def test_by_whom_has_lost_access_gets_no_stored_answer(self, theatre: Theatre, post: Post) -> None:
        acted = await theatre.of(post)
        before = await acted.desk.snapshot()
        answer = await acted.repeat(token=acted.prepared.powerless)
        assert problem(answer) in {(403, "forbidden"), (404, "not-found")}
        assert await acted.desk.snapshot() == before

    async def test_can_be_spared_by_looking_up_the_outcome_which_nobody_else_sees(
        self, theatre: Theatre, post: Post
    ) -> None:
        acted = await theatre.of(post)
        (kept,) = (await acted.looked_up()).json()["items"]
        assert kept["status"] == acted.answer.status_code
        assert kept["route"].startswith("POST /v1/")
        stranger = acted.desk.token_for("operator", "ministry_officer", subject=f"x-{new_uuid()}")
        assert (await acted.looked_up(stranger)).status_code == 404


@EVERY_POST
class TestOthers:
    async def test_may_use_the_same_key_for_an_act_of_their_own_which_is_forgotten_by_itself(
        self, theatre: Theatre, post: Post
    ) -> None:
        first = await theatre.of(post)
        second = await act(first.desk, post, first.key)
        assert second.effects == first.effects
        assert same(await second.repeat(), second.answer)
        await second.desk.execute(MAKE_THE_YOUNGEST_OLD, key=second.key)
        looked_up, answer = await second.looked_up(), await second.repeat()
        if post.forgotten is None:
            assert looked_up.status_code == 200
            assert same(answer, second.answer)
        else:
            assert (looked_up.status_code, answer.status_code) == (404, post.forgotten)
        assert same(await first.repeat(), first.answer)


@EVERY_POST
class TestTwins:
    async def test_at_once_in_two_processes_have_one_effect_and_one_answer(
        self, theatre: Theatre, post: Post
    ) -> None:
        alone, key = await theatre.of(post), str(new_uuid())
        desk, prepared = alone.desk, await post.arrange(alone.desk)
        before = await desk.snapshot()
        answers = await asyncio.gather(
            *(prepared.ask.send(desk.apis[number % 2], prepared.token, key) for number in range(TWINS))
        )
        assert (await desk.snapshot()).since(before) == alone.effects
        done = [answer for answer in answers if answer.is_success]
        for loser in (answer for answer in answers if not answer.is_success):
            assert problem(loser) == (409, "twin-in-flight")
            assert loser.headers["retry-after"] == "1"
        assert done
        assert {answer.status_code for answer in done} == {alone.answer.status_code}
        for answer in (*done, await prepared.ask.send(desk.apis[1], prepared.token, key)):
            assert same(answer, done[0])


@EVERY_POST
class TestTries:
    async def test_that_were_refused_or_died_leave_the_key_free_and_one_that_died_after_its_commit_counts(
        self, theatre: Theatre, post: Post
    ) -> None:
        alone, key = await theatre.of(post), str(new_uuid())
        desk, prepared = alone.desk, await post.arrange(alone.desk)
        before = await desk.snapshot()

        async def send(api: httpx.AsyncClient) -> httpx.Response:
            return await prepared.ask.send(api, prepared.token, key)

        assert is_refused(await prepared.ask.send(desk.apis[0], prepared.powerless, key))
        if prepared.spoiled is not None:
            assert is_refused(await prepared.spoiled.send(desk.apis[0], prepared.token, key))
        heard = await desk.dies_before_it_commits(send)
        assert problem(heard) == (503, "unavailable")
        assert "retry-after" in heard.headers
        assert await desk.snapshot() == before
        await desk.dies_before_it_answers(send)
        after = await desk.snapshot()
        assert after.since(before) == alone.effects
        repeated = await send(desk.apis[1])
        assert repeated.status_code == alone.answer.status_code
        assert same(await send(desk.apis[0]), repeated)
        assert await desk.snapshot() == after


@pytest.mark.parametrize("post", [post for post in POSTS if post.service == "intake"], ids=str)
class TestClosing:
    async def test_a_repeat_after_it_still_gives_the_first_outcome(
        self, theatre: Theatre, post: Post
    ) -> None:
        acted = await theatre.of(post)
        before: Snapshot | None = None
        try:
            await acted.desk.clock(CLOSES + timedelta(days=300))
            before = await acted.desk.snapshot()
            repeated = await acted.repeat()
            assert await acted.desk.snapshot() == before
        finally:
            await acted.desk.clock(DURING)
        assert repeated.status_code == acted.answer.status_code
        if post.operation != "publishCall":  # it shows the windows as they stand now
            assert repeated.json() == acted.answer.json()
