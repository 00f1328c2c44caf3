"""What an operator reads about an event that could not be applied: the kind of failure, never the event's values."""

from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError

from shared.errors import Permanent

LONGEST = 1000


def reason_of(error: Exception) -> str:
    """In few words, without control characters."""
    if isinstance(error, ValidationError):
        places = "; ".join(
            f"/{'/'.join(map(str, fault['loc']))}: {fault['type']}"
            for fault in error.errors(include_input=False, include_url=False)
        )
        return _plain(f"the body does not fit its schema: {places}")
    if isinstance(error, Permanent):
        return _plain(str(error))
    if isinstance(error, DBAPIError) and is_unstorable(error):
        return "the body holds what the database cannot store"
    return f"{type(error).__name__} in the handler; the log has its traceback"


def is_unstorable(error: DBAPIError) -> bool:
    """Whether a value itself is refused (SQLSTATE class 22), so that no later try can be better."""
    return str(getattr(error.orig, "sqlstate", None) or "").startswith("22")


def _plain(text: str) -> str:
    """A place in a body can have any name, also one that no text of the database could hold."""
    return "".join(one if one.isprintable() else "?" for one in text[:LONGEST])
