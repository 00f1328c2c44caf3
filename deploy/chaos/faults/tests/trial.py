"""``python -m deploy.chaos.faults.tests.trial FOLDER``: injects and heals each kind of fault once on a real stack.

A program of its own, because full disks need a mount namespace. It prints as JSON what a witness saw of each kind
before, during and after: whether the thing that the fault is to take away is there.
"""

import asyncio
import contextlib
import json
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import httpx
import psutil
import psycopg

from deploy.chaos.faults.catalogue import KINDS
from deploy.chaos.faults.clock import NOTICED_SECONDS, offset_of
from deploy.chaos.faults.disk import SMALL_DISKS, DiskFull
from deploy.chaos.faults.fault import CannotBite
from deploy.chaos.faults.namespace import enter_own_mounts
from deploy.chaos.faults.possible import left_out_here
from deploy.chaos.faults.system import System
from deploy.chaos.runner.probe import NotRecovered, Probe
from shared.bus.admin import bus_admin
from shared.bus.connection import BusUnavailable
from shared.bus.reader import read_from_the_beginning
from shared.settings import ServiceName

PAIR = "intake-api>database"
TARGETS = {
    "kill-api": "review-api",
    "kill-worker": "catalog-worker",
    "kill-relay": "intake-worker",
    "kill-broker": "broker",
    "kill-database": "postgres",
    "kill-supervisor": "stack",
    "stop-api": "notification-api",
    "stop-worker": "catalog-worker",
    "stop-broker": "broker",
    "stop-database": "postgres",
    "partition": PAIR,
    "latency": PAIR,
    "reset": PAIR,
    "empty-broker": "topics",
    "repeated-delivery": "intake.call.v1",
    "disk-full-database": "log",
    "disk-full-documents": "documents",
    "clock-step": "intake-api -300",
}
TOGETHER = ("empty-broker", "kill-api", "kill-worker", "kill-relay", "kill-broker", "kill-database")
"""These come last and one close after the other, and one wait for the whole system is for all of them."""
AT_THE_END = "kill-supervisor"
BACK_SECONDS = 90.0
Witness = Callable[[], bool]
QUICK_SECONDS = 0.45


class Trial:
    """Witnesses of one stack."""

    def __init__(self, system: System) -> None:
        self._system = system
        self._pids = {name: system.pid_of(name) for name in {*TARGETS.values()}}

    def witness(self, kind: str, target: str) -> Witness:
        """What says whether the thing is there."""
        if kind in (
            "kill-api",
            "kill-worker",
            "kill-relay",
            "kill-broker",
            "kill-database",
            "kill-supervisor",
        ):
            first = self._system.pid_of(target)
            return lambda: self._lives(first)
        by_kind: dict[str, Witness] = {
            "stop-api": lambda: self._ready(self._system.stack.api_port("notification")),
            "stop-worker": lambda: self._leased("catalog"),
            "stop-broker": self._broker_answers,
            "stop-database": lambda: self._connects(self._system.stack.database_url("intake")),
            "empty-broker": self._same_log(),
            "repeated-delivery": self._each_once,
            "clock-step": lambda: self._right_time("intake-api"),
        }
        return by_kind.get(kind, self._pair_is_quick)

    def _lives(self, pid: int | None) -> bool:
        try:
            return pid is not None and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
        except psutil.NoSuchProcess:
            return False

    def _ready(self, port: int) -> bool:
        try:
            return httpx.get(f"http://127.0.0.1:{port}/health", trust_env=False, timeout=1).is_success
        except httpx.HTTPError:
            return False

    def _leased(self, service: ServiceName) -> bool:
        with psycopg.connect(self._system.stack.database_url(service)) as connection:
            question = (
                b"SELECT bool_and(expires_at > clock_timestamp()) FROM relay_lease WHERE name = 'relay'"
            )
            return connection.execute(question).fetchone() == (True,)

    def _broker_answers(self) -> bool:
        broker = self._system.stack.broker
        return broker is not None and broker.answers()

    def _connects(self, url: str) -> bool:
        try:
            with psycopg.connect(url, connect_timeout=2) as connection:
                return connection.execute("SELECT 1").fetchone() == (1,)
        except psycopg.OperationalError:
            return False

    def _pair_is_quick(self) -> bool:
        url = self._system.stack.database_url("intake")
        port = self._system.stack.postgres.port if self._system.stack.postgres else 0
        begun = time.monotonic()
        connects = self._connects(url.replace(f":{port}/", f":{self._system.detours.port(PAIR)}/"))
        return connects and time.monotonic() - begun < QUICK_SECONDS

    def _same_log(self) -> Witness:
        first = asyncio.run(self._cluster())
        return lambda: asyncio.run(self._cluster()) == first

    async def _cluster(self) -> str:
        try:
            async with bus_admin(self._system.bus) as admin:
                return await admin.cluster_id()
        except BusUnavailable:
            return "none"

    def _each_once(self) -> bool:
        async def ids() -> list[bytes]:
            found = read_from_the_beginning(self._system.bus, ["intake.call.v1"])
            return [dict(record.headers)["ce_id"] async for record in found]

        seen = asyncio.run(ids())
        return bool(seen) and len(set(seen)) == len(seen)

    def _right_time(self, api: str) -> bool:
        offset = offset_of(self._system, api)
        return offset is not None and abs(offset) < NOTICED_SECONDS


def try_out(system: System, kind: str) -> dict[str, bool | str]:
    """Inject and heal one kind; what was seen."""
    process = "broker" if kind == "empty-broker" else TARGETS[kind]
    if kind in TOGETHER:  # the fault before may have taken it away too
        eventually(lambda: system.pid_of(process) is not None, seconds=BACK_SECONDS)
    fault = KINDS[kind](system, TARGETS[kind])
    under_load = submissions(system) if kind == "kill-relay" else contextlib.nullcontext()
    witness = fault.has_room if isinstance(fault, DiskFull) else Trial(system).witness(kind, TARGETS[kind])
    before = witness()
    try:
        with under_load:
            fault.inject()
        during = eventually(lambda: not witness(), seconds=10)
    except CannotBite as reason:
        return {"spared": str(reason)}
    finally:
        fault.heal()
    if kind in TOGETHER:
        return {"before": before, "bites": during}
    back = system.is_up if kind in (AT_THE_END, "repeated-delivery") else witness
    return {"before": before, "bites": during, "heals": eventually(back, seconds=BACK_SECONDS)}


@contextlib.contextmanager
def submissions(system: System) -> Iterator[None]:
    """One submission after the other meanwhile, so that rows wait in the outboxes."""
    over, probe = Event(), Probe(system)
    probe.open_call()

    def submit() -> None:
        while not over.is_set():
            with contextlib.suppress(NotRecovered):
                probe.prepare()
                probe.events_flow(1)

    with ThreadPoolExecutor(1) as thread:
        done = thread.submit(submit)
        try:
            yield
        finally:
            over.set()
            done.result()
            probe.close()


def eventually(holds: Witness, *, seconds: float) -> bool:
    """Whether it comes to hold in the time."""
    deadline = time.monotonic() + seconds
    while not (held := holds()) and time.monotonic() < deadline:
        time.sleep(0.1)
    return held


def main() -> None:
    """Everything on one stack."""
    left_out = left_out_here(enter_own_mounts())
    kinds = [kind for kind in KINDS if kind not in left_out]
    kinds.sort(key=lambda kind: (kind == AT_THE_END, TOGETHER.index(kind) if kind in TOGETHER else -1))
    disks = {disk.folder_name: disk.megabytes for disk in SMALL_DISKS if disk.kind not in left_out}
    seen: dict[str, dict[str, bool | str]] = {}
    with System(Path(sys.argv[1]), "embedded", small_disks=disks) as system:
        system.start()
        probe = Probe(system)
        probe.open_call()
        probe.prepare()
        probe.events_flow(60)
        probe.close()
        for kind in kinds:
            if kind == AT_THE_END:
                back = eventually(system.is_up, seconds=BACK_SECONDS)
                for found in seen.values():
                    found.setdefault("heals", back)
            begun = time.monotonic()
            seen[kind] = try_out(system, kind)
            print(f"{kind} {time.monotonic() - begun:.1f} s {seen[kind]}", file=sys.stderr, flush=True)
    print(json.dumps({"left_out": left_out, "seen": seen}))


if __name__ == "__main__":
    main()
