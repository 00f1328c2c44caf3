"""What a call needs from the outside. The logic yields these; a driver, sync or async, does them."""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from kcity_client.uploads import Reading

TokenCallback = Callable[[bool], str | Awaitable[str | None] | None]
"""Gives the token for a request; True: the last one was refused, so a fresh one is needed.

An ``AsyncKCity`` also takes a coroutine function.
"""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A request. One of ``content``, ``reading`` and ``form`` at most; ``timeout`` in seconds."""

    method: str
    url: str
    headers: Mapping[str, str]
    query: Sequence[tuple[str, str]] = ()
    content: bytes | None = None
    reading: Reading | None = None
    form: Mapping[str, str] | None = None
    timeout: float | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """An answer; header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def media_type(self) -> str:
        """Without parameters, in lower case; empty where none is told."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def json(self) -> object:
        """The body as JSON, or None where it is none."""
        try:
            found: object = json.loads(self.content)
        except ValueError:
            return None
        return found


@dataclass(frozen=True, slots=True)
class NotReceived:
    """No answer. ``sent``: whether the request may have reached the service."""

    why: str
    sent: bool


@dataclass(frozen=True, slots=True)
class Send:
    """Send a request; replied with ``Received`` or ``NotReceived``."""

    request: Outgoing


@dataclass(frozen=True, slots=True)
class Pause:
    """Wait so many seconds; replied with None."""

    seconds: float


@dataclass(frozen=True, slots=True)
class AskToken:
    """Call the callback, await what it gives where it must be; replied with the token."""

    callback: TokenCallback
    renew: bool


Effect = Send | Pause | AskToken
Reply = Received | NotReceived | str | None
