"""The supervisor over small real processes."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from deploy.local.ledger import MARK, AlreadyRunning, Ledger
from deploy.local.ports import free_port
from deploy.local.program import Program
from deploy.local.running import end, marked
from deploy.local.supervisor import Job, Pause, Service, StackFailed, Supervisor
from deploy.local.tests.dummy_stack import dummy

PYTHON = sys.executable


@pytest.fixture
def stack_program() -> Iterator[Callable[..., "subprocess.Popen[str]"]]:
    """Starts ``dummy_stack`` as a program and waits until it is up; ends it with everything it left."""
    started: list[tuple[subprocess.Popen[str], Path]] = []

    def start(folder: Path, port: int, *options: str) -> "subprocess.Popen[str]":
        argv = [PYTHON, "-m", "deploy.local.tests.dummy_stack", str(folder), str(port), *options]
        process = subprocess.Popen(argv, stdout=subprocess.PIPE, text=True)
        started.append((process, folder))
        return process

    yield start
    for process, folder in started:
        process.kill()
        process.communicate()
        end(lambda folder=folder: marked(MARK, str(folder)), signal.SIGKILL)  # type: ignore[misc]  # bound now


def pids_when_up(process: "subprocess.Popen[str]") -> list[int]:
    assert process.stdout is not None
    lines = iter(process.stdout.readline, "")
    return next([int(pid) for pid in line.split()[1:]] for line in lines if line.startswith("up"))


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not true():  # noqa: ASYNC110 - what is waited for happens in other processes
            await asyncio.sleep(0.05)


class TestSupervisor:
    async def test_restarts_a_killed_child_and_stays_ready(self, tmp_path: Path) -> None:
        service = dummy("one", free_port())
        async with Supervisor(tmp_path) as supervisor:
            await supervisor.start(service)
            first = supervisor.pids()["one"]
            os.kill(first, signal.SIGKILL)
            await until(lambda: supervisor.pids().get("one", first) != first and service.answers())
        assert not marked(MARK, str(tmp_path))

    async def test_runs_the_job_again_when_its_service_came_back(self, tmp_path: Path) -> None:
        told = tmp_path / "told"
        job = Job("tell", Program((PYTHON, "-c", f"open({str(told)!r}, 'a').write('x')")))
        plain = dummy("one", free_port())
        service = Service("one", plain.program, plain.answers, after_restart=job)
        async with Supervisor(tmp_path) as supervisor:
            await supervisor.start(service)
            assert not told.exists()
            os.kill(supervisor.pids()["one"], signal.SIGKILL)
            await until(lambda: told.exists() and told.read_text() == "x")

    async def test_says_why_a_service_did_not_come_up(self, tmp_path: Path) -> None:
        broken = Program((PYTHON, "-c", "raise SystemExit('no settings')"))
        async with Supervisor(tmp_path) as supervisor:
            with pytest.raises(StackFailed, match="no settings"):
                await supervisor.start(Service("broken", lambda: broken, lambda: False))

    async def test_says_why_a_job_failed(self, tmp_path: Path) -> None:
        job = Job("migrate", Program((PYTHON, "-c", "raise SystemExit('no database')")))
        async with Supervisor(tmp_path) as supervisor:
            with pytest.raises(StackFailed, match="no database"):
                await supervisor.run(job)

    async def test_ends_a_child_that_does_not_listen_and_what_it_left(self, tmp_path: Path) -> None:
        async with Supervisor(tmp_path, drain_seconds=1) as supervisor:
            await supervisor.start(dummy("deaf", free_port(), "--deaf", "--child"))
            assert len(marked(MARK, str(tmp_path))) == 2
        assert not marked(MARK, str(tmp_path))

    async def test_ends_the_last_stage_first(self, tmp_path: Path) -> None:
        async with Supervisor(tmp_path) as supervisor:
            for name in ("part", "service"):
                await supervisor.start(dummy(name, free_port()))
        told = [(tmp_path / "log" / f"{name}.log").read_text().split()[-1] for name in ("service", "part")]
        assert told == sorted(told)

    async def test_refuses_a_folder_that_is_in_use(self, tmp_path: Path) -> None:
        async with Supervisor(tmp_path):
            with pytest.raises(AlreadyRunning, match=str(os.getpid())):
                await Supervisor(tmp_path).__aenter__()
        async with Supervisor(tmp_path):
            pass


class TestSupervisorAsAProgram:
    def test_ends_everything_on_sigterm(
        self, tmp_path: Path, stack_program: Callable[..., "subprocess.Popen[str]"]
    ) -> None:
        process = stack_program(tmp_path, free_port(), "--child")
        pids_when_up(process)
        process.terminate()
        assert process.wait(30) == 130
        assert not marked(MARK, str(tmp_path))

    def test_refuses_to_run_twice_on_one_folder(
        self, tmp_path: Path, stack_program: Callable[..., "subprocess.Popen[str]"]
    ) -> None:
        first = stack_program(tmp_path, free_port())
        (pid,) = pids_when_up(first)
        second = stack_program(tmp_path, free_port())
        assert second.wait(30) not in {0, 130}
        assert psutil.pid_exists(pid)

    def test_cleans_up_after_a_killed_one_and_starts(
        self, tmp_path: Path, stack_program: Callable[..., "subprocess.Popen[str]"]
    ) -> None:
        port = free_port()
        killed = stack_program(tmp_path, port, "--deaf", "--child")
        (left,) = pids_when_up(killed)
        killed.kill()
        killed.wait()
        assert psutil.pid_exists(left)
        (fresh,) = pids_when_up(stack_program(tmp_path, port))
        assert fresh != left
        assert [process.pid for process in marked(MARK, str(tmp_path))] == [fresh]

    def test_a_child_that_listens_dies_with_a_killed_supervisor(
        self, tmp_path: Path, stack_program: Callable[..., "subprocess.Popen[str]"]
    ) -> None:
        killed = stack_program(tmp_path, free_port())
        (left,) = pids_when_up(killed)
        child = psutil.Process(left)
        killed.kill()
        killed.wait()
        child.wait(30)
        assert not marked(MARK, str(tmp_path))


class TestLedger:
    def test_does_not_touch_a_process_that_took_over_a_recorded_pid(self, tmp_path: Path) -> None:
        with subprocess.Popen(["sleep", "600"]) as stranger:
            ledger = Ledger(tmp_path)
            ledger.record("gone", stranger.pid)
            book = tmp_path / "stack.pids"
            book.write_text(book.read_text().replace('"started": "', '"started": "another-boot-'))
            assert ledger.end_leftovers(1) == []
            assert stranger.poll() is None
            stranger.kill()

    def test_ends_a_recorded_process_that_is_still_the_same(self, tmp_path: Path) -> None:
        with subprocess.Popen(["sleep", "600"]) as child:
            ledger = Ledger(tmp_path)
            ledger.record("left", child.pid)
            assert ledger.end_leftovers(5) == [child.pid]


class TestPause:
    def test_is_nothing_at_first_and_then_grows_to_a_cap(self) -> None:
        pause = Pause()
        assert [pause.after(1) for _ in range(8)] == [0, 0.5, 1, 2, 4, 8, 15, 15]

    def test_starts_over_after_a_steady_minute(self) -> None:
        pause = Pause(8.0)
        assert pause.after(61) == 0
