"""Processes killed with no word, and processes stopped for longer than leases and session time-outs."""

import contextlib
import os
import signal
import time

import psutil
import psycopg

from deploy.chaos.faults.fault import CannotBite, Fault, Turn
from deploy.chaos.faults.system import APIS, WORKERS, System
from shared.settings import SERVICES, ServiceName

POLL_SECONDS = 0.002
BUSY_WITHIN_SECONDS = 5.0


class Kill(Fault):
    """``kill -9`` of one process; its supervisor starts it again."""

    is_kill = True
    turn = Turn.KILLS
    shortest_seconds, longest_seconds = 0.1, 0.2

    def inject(self) -> None:
        """Kill it. Raises ``CannotBite`` when it does not run at this moment."""
        pid = self.system.pid_of(self.target)
        if pid is None:
            raise CannotBite(f"{self.target} does not run")
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)

    def heal(self) -> None:
        """The supervisor does it."""


class KillApi(Kill):
    """An API, in the midst of requests."""

    kind = "kill-api"
    description = "kill -9 of an API process"

    targets = APIS


class KillWorker(Kill):
    """A worker, whatever it does."""

    kind = "kill-worker"
    description = "kill -9 of a worker process"

    targets = WORKERS


class KillRelay(Kill):
    """The holder of a relay's lease, at a moment at which rows wait in its outbox: between publish and mark."""

    kind = "kill-relay"
    description = "kill -9 of the holder of a relay's lease while rows wait in its outbox"
    turn = Turn.ASKS

    targets = tuple(worker for worker in WORKERS if worker != "catalog-worker")  # where the load writes

    def inject(self) -> None:
        """Wait, bounded, until the lease is held and rows wait; then kill. Raises ``CannotBite`` when none do."""
        service = next(name for name in SERVICES if self.target.startswith(name))
        _wait_until_the_relay_works(self.system, service)
        super().inject()


class KillDatabase(Kill):
    """The postmaster: its backends end with it, and it recovers from its log."""

    kind = "kill-database"
    description = "kill -9 of the database server"

    targets = ("postgres",)


class KillBroker(Kill):
    """The embedded broker comes back empty, with a new cluster id; Apache Kafka with its data."""

    kind = "kill-broker"
    description = "kill -9 of the broker; the embedded one comes back empty"

    targets = ("broker",)

    def heal(self) -> None:
        """Its supervisor starts it again; Apache Kafka, which has none, the suite does."""
        self.system.tend()


class KillSupervisor(Kill):
    """The supervisor: the kernel ends its children; then it is started again on the same folder."""

    kind = "kill-supervisor"
    description = "kill -9 of the supervisor, and the whole stack started again on its folder"
    turn = Turn.ENDS_ALL

    targets = ("stack",)

    def heal(self) -> None:
        """Start it again; it ends what is left of the former one first."""
        stack = self.system.children.process("stack")
        with contextlib.suppress(Exception):
            stack.wait(1.0)
        if stack.poll() is not None:
            self.system.start_stack()


class Stop(Fault):
    """SIGSTOP for longer than a lease (3 s) and, at times, a session time-out (6 s); then SIGCONT."""

    shortest_seconds, longest_seconds = 3.5, 9.0

    def __init__(self, system: System, target: str) -> None:
        super().__init__(system, target)
        self._stopped: list[psutil.Process] = []

    def inject(self) -> None:
        """Stop it and all below it. Raises ``CannotBite`` when it does not run at this moment."""
        self._stopped = self.system.family_of(self.target)
        if not self._stopped:
            raise CannotBite(f"{self.target} does not run")
        self._signal(signal.SIGSTOP)

    def heal(self) -> None:
        """Let it go on."""
        self._signal(signal.SIGCONT)
        self._stopped = []

    def _signal(self, number: signal.Signals) -> None:
        for process in self._stopped:
            with contextlib.suppress(psutil.Error):  # psutil sees to it that it is still the same process
                process.send_signal(number)


class StopApi(Stop):
    """An API that hangs."""

    kind = "stop-api"
    description = "SIGSTOP of an API process for seconds"

    targets = APIS


class StopWorker(Stop):
    """A worker that hangs: it loses its lease and its partitions, and does not know when it wakes."""

    kind = "stop-worker"
    description = "SIGSTOP of a worker for longer than its lease and its session"

    targets = WORKERS


class StopBroker(Stop):
    """A broker that accepts and says nothing."""

    kind = "stop-broker"
    description = "SIGSTOP of the broker"

    targets = ("broker",)


class StopDatabase(Stop):
    """A database that accepts and says nothing."""

    kind = "stop-database"
    description = "SIGSTOP of the database server and all its backends"

    targets = ("postgres",)


def _wait_until_the_relay_works(system: System, service: ServiceName) -> None:
    question = (
        b"SELECT EXISTS (SELECT FROM relay_lease WHERE expires_at > clock_timestamp()) "
        b"AND EXISTS (SELECT FROM outbox)"
    )
    deadline = time.monotonic() + BUSY_WITHIN_SECONDS
    try:
        with psycopg.connect(system.stack.database_url(service), connect_timeout=3, autocommit=True) as asked:
            while time.monotonic() < deadline:
                if asked.execute(question).fetchone() == (True,):
                    return
                time.sleep(POLL_SECONDS)
    except psycopg.Error as error:
        raise CannotBite(f"{service}'s database does not answer") from error
    raise CannotBite(f"no row waited in {service}'s outbox")
