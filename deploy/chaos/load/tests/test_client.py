"""What the client takes an answer for, against a real server on loopback that answers as it is told."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from deploy.chaos.history.reading import Act, read_history
from deploy.chaos.history.records import Operation, Outcome
from deploy.chaos.history.writing import HistoryFile
from deploy.chaos.load.call import definition, fresh_code
from deploy.chaos.load.client import Client, Ending, Person, Told, Wish
from deploy.chaos.load.habits import Habit, act
from deploy.chaos.load.pace import Pace
from services.intake.call_file import read_definition
from shared.canonical import canonical_bytes

SOMEBODY = Person("somebody", "token")


class Server:
    """Answers the next of ``script`` to each request: a status with a body, or None for a torn connection."""

    def __init__(self, script: list[tuple[int, str] | None]) -> None:
        self.script = script
        self.keys: list[str] = []

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        self.keys += [
            line.partition(": ")[2] for line in head.split("\r\n") if line.startswith("idempotency")
        ]
        answer = self.script.pop(0)
        if answer is not None:
            status, body = answer
            length = f"Content-Length: {len(body)}\r\nConnection: close"
            writer.write(f"HTTP/1.1 {status} X\r\n{length}\r\n\r\n{body}".encode())
            await writer.drain()
        writer.close()
        await writer.wait_closed()


@asynccontextmanager
async def client_of(server: Server, file: Path) -> AsyncIterator[Client]:
    listening = await asyncio.start_server(server.handle, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    async with listening, httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as http:
        with HistoryFile(file) as history:
            yield Client(uuid4(), http, history, Pace(1_000), random.Random(1))  # noqa: S311 - a test's order


def wish(client: Client) -> Wish:
    asked = Wish(Operation.CREATE_APPLICATION, SOMEBODY, "POST", "/x", facts=lambda answer: answer.json())
    return client.prepared(asked)


async def told(script: list[tuple[int, str] | None], file: Path, habit: Habit) -> tuple[Told, Act, Server]:
    server = Server(script)
    async with client_of(server, file) as client:
        answer = await act(client, wish(client), habit)
    (written,) = read_history(file).acts
    return answer, written, server


class TestClient:
    @pytest.mark.parametrize(
        ("answer", "outcome", "problem"),
        [
            ((201, '{"id": 1}'), Outcome.ACKNOWLEDGED, None),
            ((409, '{"type": "https://x/already-submitted"}'), Outcome.REFUSED, "already-submitted"),
            ((502, "upstream"), Outcome.UNKNOWN, "http-502"),
            ((200, "<html>"), Outcome.UNKNOWN, "not-understood"),
            (None, Outcome.UNKNOWN, "RemoteProtocolError"),
        ],
    )
    async def test_takes_only_a_clear_answer_for_known(
        self, tmp_path: Path, answer: tuple[int, str] | None, outcome: Outcome, problem: str | None
    ) -> None:
        heard, written, _ = await told([answer], tmp_path / "h", Habit.GIVES_UP)
        assert (heard.outcome, heard.problem, written.outcome) == (outcome, problem, outcome)

    async def test_knows_that_what_could_not_be_sent_was_not_done(self, tmp_path: Path) -> None:
        nowhere = httpx.AsyncClient(base_url="http://127.0.0.1:1", trust_env=False)
        async with nowhere, client_of(Server([]), tmp_path / "h") as client:
            client.http = nowhere
            heard = await client.once(wish(client))
        assert (heard.outcome, heard.problem) == (Outcome.REFUSED, "not-sent")

    async def test_repeats_with_the_same_key_until_it_knows(self, tmp_path: Path) -> None:
        script = [None, (503, ""), (409, '{"type": "x/twin-in-flight"}'), (201, '{"id": 1}')]
        heard, written, server = await told(script, tmp_path / "h", Habit.PATIENT)
        assert heard.acknowledged
        assert len(server.keys) == 4
        assert set(server.keys) == {written.key}
        assert [attempt.outcome for attempt in written.attempts] == [
            *(Outcome.UNKNOWN, Outcome.UNKNOWN, Outcome.REFUSED, Outcome.ACKNOWLEDGED)
        ]

    async def test_twins_and_repeats_are_attempts_at_one_act(self, tmp_path: Path) -> None:
        for habit in (Habit.TWINS, Habit.REPEATS):
            script: list[tuple[int, str] | None] = [(201, '{"id": 1}'), (201, '{"id": 1}')]
            _, written, _ = await told(script, tmp_path / habit.name, habit)
            assert written.answers == [{"id": 1}, {"id": 1}]

    async def test_asks_for_nothing_new_once_it_is_to_stop(self, tmp_path: Path) -> None:
        async with client_of(Server([]), tmp_path / "h") as client:
            client.stopping.set()
            with pytest.raises(Ending):
                await client.once(wish(client))
        assert read_history(tmp_path / "h").acts == ()

    async def test_says_what_it_asks_before_it_asks(self, tmp_path: Path) -> None:
        file = tmp_path / "h"
        seen: list[int] = []

        class Looking(Server):
            async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
                seen.append(len(read_history(file).acts))
                await super().handle(reader, writer)

        async with client_of(Looking([(201, "{}")]), file) as client:
            await client.once(wish(client))
        assert seen == [1]


def test_the_call_of_a_load_is_one_that_intake_takes() -> None:
    code = fresh_code()
    assert read_definition(canonical_bytes(definition(code)), is_json=True).code == code
