"""What a seeded fault is, and the list of all of them."""

from collections.abc import Callable
from dataclasses import dataclass

from deploy.chaos.checker.tests.bench import Bench

Break = Callable[[Bench], None]


@dataclass(frozen=True, slots=True)
class Seed:
    """A fault, and the check that sees it; None for what has to be taken as harmless."""

    check: str | None
    breaks: Break

    @property
    def name(self) -> str:
        """What is broken."""
        return self.breaks.__name__


SEEDS: list[Seed] = []


def seed(check: str | None) -> Callable[[Break], Break]:
    """Enter the decorated fault."""

    def enter(breaks: Break) -> Break:
        SEEDS.append(Seed(check, breaks))
        return breaks

    return enter
