"""The error tree. Pure: a domain raises these; the HTTP edge and the consumers decide what they become.

A ``DomainError`` is a word of the field (``WindowClosed``). Its class gives the stable problem ``type``
(kebab-case: ``window-closed``), its kind the HTTP status. A consumer tells ``Retryable`` from ``Permanent``.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

_TYPE_BOUNDARY = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
Fact = str | int | bool | None | Sequence[str]


class Kind(Enum):
    """What sort of refusal an error is; the HTTP edge maps each to one status."""

    MALFORMED = "malformed"  # 400
    UNAUTHENTICATED = "unauthenticated"  # 401
    FORBIDDEN = "forbidden"  # 403
    NOT_FOUND = "not-found"  # 404
    CONFLICT = "conflict"  # 409
    STALE = "stale"  # 412
    TOO_LARGE = "too-large"  # 413
    UNSUPPORTED = "unsupported"  # 415
    INVALID = "invalid"  # 422
    PRECONDITION_MISSING = "precondition-missing"  # 428
    UNAVAILABLE = "unavailable"  # 503


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that is wrong or missing, and where: ``pointer`` is an RFC 6901 JSON pointer."""

    pointer: str
    reason: str
    message: str


class DomainError(Exception):
    """A refusal with a stable meaning. ``facts`` are extra public members of the problem, never personal data."""

    kind: ClassVar[Kind] = Kind.CONFLICT
    title: ClassVar[str] = "The request was refused"

    def __init__(
        self,
        detail: str,
        *,
        violations: Sequence[Violation] = (),
        retry_after_seconds: int | None = None,
        facts: Mapping[str, Fact] | None = None,
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.violations = tuple(violations)
        self.retry_after_seconds = retry_after_seconds
        self.facts = dict(facts or {})
        # what WWW-Authenticate tells beyond the scheme (RFC 6750, section 3)
        self.challenge: str | None = None

    @classmethod
    def problem_type(cls) -> str:
        """The stable slug a client branches on, e.g. ``window-closed``."""
        return _TYPE_BOUNDARY.sub("-", cls.__name__).lower()


class NotFound(DomainError):
    """No such thing, or not for this caller: the two look alike on purpose."""

    kind = Kind.NOT_FOUND
    title = "Not found"

    def __init__(self, what: str) -> None:
        super().__init__(f"There is no such {what}, or you may not see it.")


class Forbidden(DomainError):
    """The caller is known but may not do this."""

    kind = Kind.FORBIDDEN
    title = "Not allowed"


class Invalid(DomainError):
    """The input is readable but wrong; every wrong place is a violation."""

    kind = Kind.INVALID
    title = "The input is not valid"


class StaleVersion(DomainError):
    """If-Match names another version than the present one."""

    kind = Kind.STALE
    title = "Somebody changed it meanwhile"

    def __init__(self, current_etag: str) -> None:
        super().__init__(
            "Read the present version, apply your change to it, and send it with its ETag in If-Match.",
            facts={"current_etag": current_etag},
        )


class Unavailable(DomainError):
    """Something this act needs is down; nothing was done, the same request may be sent again."""

    kind = Kind.UNAVAILABLE
    title = "Temporarily unavailable"

    def __init__(
        self, detail: str = "A part we need is not answering; nothing was done. Send the same request again."
    ) -> None:
        super().__init__(detail, retry_after_seconds=2)


class Retryable(Exception):
    """A consumer cannot apply an event yet (its prerequisite is missing, a peer is down): hold and try again."""


class Permanent(Exception):
    """A consumer will never be able to apply this event: park its key for an operator."""
