"""What a cell of the catalogue's table may say: each check gives the reason against a text, None when it is good. Pure."""

import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum

LONGEST_TEXT = 2_000
Check = Callable[[str], str | None]
_DEGREES = re.compile(r"-?\d{1,3}(\.\d{1,6})?")
_ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ufffd\ud800-\udfff]")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def any_text(text: str) -> str | None:
    """A text of at most 2,000 characters that can be shown on one line."""
    if len(text) > LONGEST_TEXT:
        return f"is longer than {LONGEST_TEXT} characters"
    return "has a character that is no text" if _CONTROL.search(text) else None


def whole_number(least: int, most: int, meaning: str) -> Check:
    """``meaning``: "must be a number", of what."""

    def check(text: str) -> str | None:
        plain = text.isascii() and text.isdecimal() and len(text) <= len(str(most))
        return None if plain and least <= int(text) <= most else f"{meaning} from {least} to {most}"

    return check


def one_of(kinds: type[StrEnum]) -> Check:
    """A value of the enumeration."""
    known = set(kinds)
    return lambda text: None if text in known else f"must be one of {', '.join(kinds)}"


def some_of(kinds: type[StrEnum]) -> Check:
    """Values of the enumeration, parted by spaces."""

    def check(text: str) -> str | None:
        unknown = sorted(set(text.split()) - set(kinds))
        return f"knows no {', '.join(unknown)}: there are {', '.join(kinds)}" if unknown else None

    return check


def degrees(most: int) -> Check:
    """Degrees of latitude or longitude, at most six digits behind the point (11 cm)."""
    wrong = f"must be degrees from -{most} to {most} with a point, as in 20.86481"
    return lambda text: None if _DEGREES.fullmatch(text) and abs(float(text)) <= most else wrong


def addresses(text: str) -> str | None:
    """Addresses of public text, parted by spaces."""
    if any(not _ADDRESS.fullmatch(address) for address in text.split()):
        return "must be addresses (http or https) parted by spaces"
    return None


def a_day(text: str) -> str | None:
    """A day (ISO 8601)."""
    if _DAY.fullmatch(text):
        try:
            date.fromisoformat(text)
        except ValueError:
            return "is no day of the calendar"
        return None
    return "must be a day, as in 2021-06-23"


def an_id(text: str) -> str | None:
    """The id of a project."""
    return None if _UUID.fullmatch(text) else "must be the id of a project, as exports name it"
