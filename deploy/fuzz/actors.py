"""Who asks: somebody of every role, and those who should not get in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

NOBODY, EXPIRED, FORGED = "nobody", "expired token", "forged token"
UNWELCOME = (NOBODY, EXPIRED, FORGED)


@dataclass(frozen=True, slots=True)
class Actor:
    """A caller. ``role``: as the report counts it; ``token``: a secret like any other, None for nobody."""

    name: str
    role: str
    token: str | None = field(default=None, repr=False)

    @property
    def headers(self) -> Mapping[str, str]:
        """What a request of theirs carries."""
        return {} if self.token is None else {"Authorization": f"Bearer {self.token}"}


def unwelcome(good: str, expired: str) -> Sequence[Actor]:
    """Nobody, one whose token is over, and one who changed the words of the ``good`` token that somebody else has."""
    head, claims, signature = good.split(".")
    middle = len(claims) // 2
    other = "A" if claims[middle] != "A" else "B"
    forged = f"{head}.{claims[:middle]}{other}{claims[middle + 1 :]}.{signature}"
    return (Actor(NOBODY, NOBODY), Actor(EXPIRED, EXPIRED, expired), Actor(FORGED, FORGED, forged))
