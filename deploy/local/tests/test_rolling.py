"""Sockets that outlive processes, and processes that relieve each other, over small real ones."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from deploy.local.keeper import NotRelieved
from deploy.local.ledger import MARK
from deploy.local.listeners import AddressTaken, Listeners
from deploy.local.ports import free_port
from deploy.local.program import Program
from deploy.local.restart import NotRestarted, restart
from deploy.local.rolling import Outcome
from deploy.local.running import end, marked
from deploy.local.service import Service
from deploy.local.supervisor import Supervisor
from deploy.local.tests.dummy_stack import dummy, dummy_on_our_socket, dummy_program

GET = b"GET / HTTP/1.0\r\n\r\n"


@asynccontextmanager
async def kept(folder: Path, *services: Service) -> AsyncIterator[Supervisor]:
    """A supervisor of ``services``, with its rolling restarts running."""
    async with Supervisor(folder, drain_seconds=2) as supervisor:
        await supervisor.start(*services)
        rolling = asyncio.create_task(supervisor.rolling.run())
        try:
            yield supervisor
        finally:
            rolling.cancel()
            with suppress(asyncio.CancelledError):
                await rolling


async def pid_answering(port: int) -> int:
    """Who answers a request; it waits as long as nobody does."""
    async with asyncio.timeout(30):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(GET)
        answer = await reader.read()
        writer.close()
        await writer.wait_closed()
    return int(answer.rpartition(b"\r\n\r\n")[2])


async def answer_to(supervisor: Supervisor, *names: str, words: str = "") -> dict[str, Outcome]:
    """What a request in the folder is answered; ``words``: what stands in it instead of names."""
    folder, name = supervisor.rolling.folder, f"asked-{free_port()}"
    (folder / f"{name}.json").write_text(words or json.dumps(names))
    supervisor.rolling.look()
    async with asyncio.timeout(30):
        while not (folder / f"{name}.done").exists():  # noqa: ASYNC110 - written by the supervisor
            await asyncio.sleep(0.05)
    found: dict[str, Outcome] = json.loads((folder / f"{name}.done").read_text())
    return found


class TestListeners:
    def test_opens_an_address_once_and_shuts_others_out(self) -> None:
        listeners, port = Listeners(), free_port()
        numbers = listeners.numbers(("127.0.0.1", port))
        try:
            assert listeners.numbers(("127.0.0.1", port)) == numbers
            with pytest.raises(AddressTaken, match=str(port)):
                Listeners().numbers(("127.0.0.1", port))
        finally:
            listeners.close()
        with socket.create_server(("127.0.0.1", port)):
            pass


class TestDeath:
    async def test_a_connection_made_while_no_process_lives_waits_for_the_next_one(
        self, tmp_path: Path
    ) -> None:
        port = free_port()
        async with kept(tmp_path, dummy_on_our_socket("one", port)) as supervisor:
            first = supervisor.pids()["one"]
            os.kill(first, signal.SIGKILL)
            assert await pid_answering(port) != first


class TestRelief:
    async def test_a_successor_takes_over_the_address(self, tmp_path: Path) -> None:
        port = free_port()
        async with kept(tmp_path, dummy_on_our_socket("one", port)) as supervisor:
            first = supervisor.pids()["one"]
            assert (await answer_to(supervisor, "one"))["one"]["ok"]
            second = supervisor.pids()["one"]
            assert second != first
            assert await pid_answering(port) == second
            assert [process.pid for process in marked(MARK, str(tmp_path))] == [second]
        assert not marked(MARK, str(tmp_path))

    async def test_everything_is_relieved_when_no_name_is_given(self, tmp_path: Path) -> None:
        services = [dummy_on_our_socket(name, free_port()) for name in ("one", "two")]
        async with kept(tmp_path, *services, dummy("part", free_port())) as supervisor:
            before = supervisor.pids()
            outcomes = await answer_to(supervisor)
            assert {name for name, outcome in outcomes.items() if outcome["ok"]} == {"one", "two"}
            after = supervisor.pids()
            assert {name for name in before if before[name] != after[name]} == {"one", "two"}

    @pytest.mark.parametrize("fault", ["--broken", "--unready"])
    async def test_a_successor_that_does_not_come_up_changes_nothing(
        self, tmp_path: Path, fault: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("deploy.local.keeper.RELIEF_SECONDS", 2.0)
        port, other = free_port(), dummy_on_our_socket("two", free_port())
        async with kept(tmp_path, other, dummy_on_our_socket("one", port, fault)) as supervisor:
            before = supervisor.pids()
            outcomes = await answer_to(supervisor)
            assert "not ready" in outcomes["one"]["why"]
            assert outcomes["two"]["why"] == "not tried: one was not relieved"
            assert supervisor.pids() == before
            assert await pid_answering(port) == before["one"]
            assert len(marked(MARK, str(tmp_path))) == 2

    async def test_a_process_that_dies_while_its_successor_starts_is_followed_by_it(
        self, tmp_path: Path
    ) -> None:
        port = free_port()
        async with kept(tmp_path, dummy_on_our_socket("one", port)) as supervisor:
            first = supervisor.pids()["one"]
            asked = asyncio.create_task(answer_to(supervisor, "one"))
            while len(marked(MARK, str(tmp_path))) < 2:  # noqa: ASYNC110 - other processes
                await asyncio.sleep(0.01)
            os.kill(first, signal.SIGKILL)
            assert (await asked)["one"]["ok"]
            assert await pid_answering(port) == supervisor.pids()["one"] != first
            assert len(marked(MARK, str(tmp_path))) == 1

    async def test_a_deaf_process_is_ended_by_force(self, tmp_path: Path) -> None:
        service = dummy_on_our_socket("one", free_port(), "--deaf")
        async with kept(tmp_path, service) as supervisor:
            assert not (await answer_to(supervisor, "one"))["one"]["by_force"]
            assert (await answer_to(supervisor, "one"))["one"]["by_force"]

    async def test_is_refused_while_a_process_dies_again_and_again(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("deploy.local.keeper.RELIEF_SECONDS", 1.0)
        async with kept(tmp_path, dummy_on_our_socket("one", free_port(), "--broken")) as supervisor:
            os.kill(supervisor.pids()["one"], signal.SIGKILL)
            outcomes = await answer_to(supervisor, "one")
            assert "not ready" in outcomes["one"]["why"] or "starts again" in outcomes["one"]["why"]

    async def test_is_refused_for_what_has_an_address_of_its_own_and_for_strangers(
        self, tmp_path: Path
    ) -> None:
        async with kept(tmp_path, dummy("part", free_port())) as supervisor:
            outcomes = await answer_to(supervisor, "part", "nobody")
            assert [outcome["ok"] for outcome in outcomes.values()] == [False, False]
            with pytest.raises(NotRelieved, match="cannot share"):
                await supervisor.keepers()["part"].relieve()

    @pytest.mark.parametrize("words", ["{", "3", '{"one": 1}'])
    async def test_an_unreadable_request_is_refused_and_the_stack_goes_on(
        self, tmp_path: Path, words: str
    ) -> None:
        async with kept(tmp_path, dummy_on_our_socket("one", free_port())) as supervisor:
            (outcome,) = (await answer_to(supervisor, words=words)).values()
            assert not outcome["ok"]
            assert (await answer_to(supervisor, "one"))["one"]["ok"]

    async def test_a_successor_that_cannot_be_started_changes_nothing(self, tmp_path: Path) -> None:
        port = free_port()
        programs = iter([dummy_program(port), Program(("/no/such/program",))])
        plain = dummy_on_our_socket("one", port)
        service = Service("one", lambda: next(programs), plain.answers, listens=plain.listens)
        async with kept(tmp_path, service) as supervisor:
            first = supervisor.pids()["one"]
            assert "did not start" in (await answer_to(supervisor, "one"))["one"]["why"]
            assert await pid_answering(port) == first

    async def test_asked_twice_before_its_turn_it_is_relieved_once(self, tmp_path: Path) -> None:
        async with kept(tmp_path, dummy_on_our_socket("one", free_port())) as supervisor:
            first = supervisor.pids()["one"]
            told = await asyncio.gather(answer_to(supervisor, "one"), answer_to(supervisor, "one"))
            assert told[0] == told[1]
            assert supervisor.pids()["one"] != first
            assert supervisor.log_file("one").read_text().count("ended at") == 1

    async def test_who_waits_is_told_that_the_stack_ends(self, tmp_path: Path) -> None:
        service = dummy_on_our_socket("one", free_port(), "--unready")
        async with kept(tmp_path, service) as supervisor:
            asked = asyncio.create_task(answer_to(supervisor, "one"))
            while len(marked(MARK, str(tmp_path))) < 2:  # noqa: ASYNC110 - other processes
                await asyncio.sleep(0.01)
        assert await asked == {"one": {"ok": False, "why": "the stack is ending"}}
        assert await answer_to(supervisor, "one") == {
            "one": {"ok": False, "why": "no service that can be relieved has this name"}
        }
        assert not marked(MARK, str(tmp_path))


@pytest.fixture
def supervised(tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    """A supervisor with a service on its socket, as a program."""
    argv = [sys.executable, "-m", "deploy.local.tests.dummy_stack", str(tmp_path), str(free_port()), "--ours"]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()
    end(lambda: marked(MARK, str(tmp_path)), signal.SIGKILL)


def lines_of(process: "subprocess.Popen[str]") -> Iterator[str]:
    assert process.stdout is not None
    return iter(process.stdout.readline, "")


class TestAsAProgram:
    def test_the_command_relieves_and_tells_how_it_went(
        self, tmp_path: Path, supervised: "subprocess.Popen[str]"
    ) -> None:
        assert any(line.startswith("up") for line in lines_of(supervised))
        assert restart(tmp_path, within=30)["one"]["ok"]
        argv = [sys.executable, "-m", "deploy.local.restart", "nobody"]
        environment = {**os.environ, "KCITY_LOCAL_FOLDER": str(tmp_path)}
        told = subprocess.run(argv, env=environment, capture_output=True, text=True, check=False)
        assert told.returncode == 1
        assert "nobody" in told.stdout

    def test_sighup_relieves_everything(self, supervised: "subprocess.Popen[str]") -> None:
        lines = lines_of(supervised)
        assert any(line.startswith("up") for line in lines)
        supervised.send_signal(signal.SIGHUP)
        assert any("one was relieved" in line for line in lines)
        supervised.terminate()
        assert supervised.wait(30) == 130

    def test_the_command_says_that_no_stack_runs(self, tmp_path: Path) -> None:
        with pytest.raises(NotRestarted, match="no stack runs"):
            restart(tmp_path)
        (tmp_path / "stack.lock").write_text(str(os.getpid()))
        with pytest.raises(NotRestarted, match="no stack runs"):
            restart(tmp_path)
