"""Who may see and do what with messages and templates. Pure; the one place for it in this service."""

from shared.auth.caller import TRACKS, Caller, Role, Track
from shared.errors import NotFound

READERS = (Role.SECRETARIAT_OFFICER, Role.MINISTRY_OFFICER, Role.OPERATOR)
TEMPLATE_READERS = (Role.MINISTRY_OFFICER, Role.OPERATOR)
RESENDERS = (Role.OPERATOR,)


def visible_tracks(caller: Caller) -> tuple[Track, ...]:
    """The tracks whose messages the caller sees; none for roles that see none at all.

    Operators see all states, as they run the mail; no answer carries personal data or a message's words.
    """
    if caller.is_any(Role.OPERATOR):
        return TRACKS
    return tuple(track for track in TRACKS if caller.reads(track))


def must_see(caller: Caller, track: Track) -> None:
    """Raise ``NotFound`` when a message of ``track`` is hidden from the caller."""
    if track not in visible_tracks(caller):
        raise NotFound("message")
