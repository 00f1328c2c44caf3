"""What another system may be granted: scopes of its access token, per resource and, if wished, per track.

``cases:read`` covers both tracks, ``cases:read:planning`` one. People need no scopes: their roles say what they may.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from shared.auth.caller import TRACKS, Track


@dataclass(frozen=True, slots=True)
class Scope:
    """One thing that a system may be granted. ``name``: ``<resource>:<act>``; ``meaning``: for who grants it."""

    name: str
    meaning: str

    def of_track(self, track: Track) -> str:
        """The name of this scope for one track alone."""
        return f"{self.name}:{track}"

    def tracks_in(self, granted: frozenset[str]) -> frozenset[Track]:
        """The tracks that the scopes of a token cover; none when it has no such scope."""
        if self.name in granted:
            return frozenset(TRACKS)
        return frozenset(track for track in TRACKS if self.of_track(track) in granted)


APPLICATIONS_READ = Scope(
    "applications:read", "Received applications and their receipts, without contacts, answers and documents"
)
DOSSIERS_READ = Scope(
    "dossiers:read", "Whole applications with contacts and documents; every read is written down"
)
CASES_READ = Scope("cases:read", "Cases with their proposals and screening; never scores or an outcome")
MESSAGES_READ = Scope("messages:read", "Where mails stand, by ids; no address and no words of a mail")
SCOPES = (APPLICATIONS_READ, DOSSIERS_READ, CASES_READ, MESSAGES_READ)


def scope_meanings() -> Iterator[tuple[str, str]]:
    """Every scope that can be granted, those of one track too, with its meaning."""
    for scope in SCOPES:
        yield scope.name, scope.meaning
        for track in TRACKS:
            yield scope.of_track(track), f"{scope.meaning}; of the {track} track only"
