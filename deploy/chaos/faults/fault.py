"""What a fault is: something to do to the system under test, for a bounded time, and to undo."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from enum import IntEnum
from typing import ClassVar

from deploy.chaos.faults.system import System


class Turn(IntEnum):
    """Those at once would keep each other from biting in another order than this one."""

    ASKS = 1  # its injection needs an answer of the system
    TAKES_AWAY = 2  # what the topics hold or the room on a disk, and the server must notice
    ACTS = 3  # a process that was stopped can still be killed
    KILLS = 4
    ENDS_ALL = 5  # afterwards nothing is there to be struck


class CannotBite(Exception):
    """The fault cannot be injected at present; the message says why. Nothing was done."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A fault to come: its kind, what it is done to, and for how many seconds."""

    kind: str
    target: str
    seconds: float

    def __str__(self) -> str:
        return f"{self.kind} {self.target} ({self.seconds:.1f} s)"


class Fault(ABC):
    """One fault on one target. ``inject`` and ``heal`` run in the main thread and take at most some seconds.

    ``heal`` is harmless where nothing was injected. ``targets``: what it can be done to. ``is_kill``: recovery is counted from the injection,
    otherwise from the healing. ``turn``: when it is injected among those that come at once.
    """

    kind: ClassVar[str]
    description: ClassVar[str]
    targets: ClassVar[tuple[str, ...]]
    is_kill: ClassVar[bool] = False
    turn: ClassVar[Turn] = Turn.ACTS
    shortest_seconds: ClassVar[float] = 1.0
    longest_seconds: ClassVar[float] = 5.0

    def __init__(self, system: System, target: str) -> None:
        self.system = system
        self.target = target

    @abstractmethod
    def inject(self) -> None:
        """Do it. Raises ``CannotBite``."""

    @abstractmethod
    def heal(self) -> None:
        """Undo it."""
