"""What a supervisor can run: a service, which is kept alive, and a job, which ends."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from deploy.local.listeners import Address
from deploy.local.part import Part
from deploy.local.program import Program, tail
from shared.handover import LISTEN_FD


class StackFailed(Exception):
    """A service did not come up or a job failed; the end of its log tells why."""

    def __init__(self, name: str, reason: str, log_file: Path) -> None:
        super().__init__(f"{name} {reason}. The end of {log_file}:\n{tail(log_file)}")
        self.name = name


@dataclass(frozen=True, slots=True)
class Job:
    """A process that does its work and ends with 0."""

    name: str
    program: Program


def listen_fd(numbers: Sequence[int]) -> Mapping[str, str]:
    """How our own processes are told of the one socket they are handed."""
    return {LISTEN_FD: str(numbers[0])}


@dataclass(frozen=True, slots=True)
class Service:
    """A process to keep running. ``after_restart`` runs each time it came back after it had died.

    With ``listens`` the supervisor owns the sockets of these addresses and hands them over, as ``told`` says in
    the environment. Such a process says by itself that it is ready (``sd_notify``; ``answers`` is not asked, as
    another process may answer on the same socket), and it can be relieved by a successor without a pause.
    ``drain_seconds``: how long a relieved process may take to end before it is ended by force, ``stop_seconds``:
    the same when everything ends; both are the supervisor's unless given.
    """

    name: str
    program: Callable[[], Program]
    answers: Callable[[], bool]
    prepare: Callable[[], None] = lambda: None
    ready_seconds: float = 120.0
    after_restart: Job | None = None
    listens: tuple[Address, ...] = ()
    told: Callable[[Sequence[int]], Mapping[str, str]] = listen_fd
    drain_seconds: float | None = None
    stop_seconds: float | None = None

    @classmethod
    def of(
        cls,
        part: Part,
        *,
        after_restart: Job | None = None,
        listens: tuple[Address, ...] = (),
        told: Callable[[Sequence[int]], Mapping[str, str]] = listen_fd,
        drain_seconds: float | None = None,
        stop_seconds: float | None = None,
    ) -> Self:
        """An embedded part as a service."""
        return cls(
            part.name,
            part.program,
            part.answers,
            part.prepare,
            after_restart=after_restart,
            listens=listens,
            told=told,
            drain_seconds=drain_seconds,
            stop_seconds=stop_seconds,
        )
