"""What can go wrong.

::

    KCityError
    ├── Problem                 the service refused (RFC 9457); one subclass for each type in ``problems``
    ├── UnexpectedAnswer        something answered that is no K-City Network: a proxy's page, broken JSON
    ├── NoAnswer                the connection failed or timed out
    │   └── OutcomeUnknown      … after the request was sent: it may have been done, see ``KCity.look_up``
    ├── DigestMismatch          the service stored other bytes than were sent
    ├── NotModified             304: what you hold (``if_none_match``) is still right
    └── TokenRefused            the issuer gave no token

Every one carries ``request_id``, under which the service logs the request: send it when you ask for help.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

EXCERPT_CHARACTERS = 300


class KCityError(Exception):
    """Anything that this client raises about a request. ``operation``: its id in the contract."""

    def __init__(
        self,
        message: str,
        *,
        operation: str = "",
        request_id: str | None = None,
        idempotency_key: str | None = None,
    ) -> None:
        super().__init__(message)
        self.operation = operation
        self.request_id = request_id
        self.idempotency_key = idempotency_key


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that is wrong or missing. ``pointer``: JSON pointer (RFC 6901); ``reason`` is a stable word."""

    pointer: str
    reason: str
    message: str


class Problem(KCityError):
    """A refusal. Catch the subclass, or branch on ``slug``; a type that this version does not know is a ``Problem``.

    ``facts`` are the members beyond those of RFC 9457, such as ``closed_at``. ``retry_after``: seconds, when told.
    """

    slug: ClassVar[str] = ""

    def __init__(
        self,
        *,
        type_: str,
        status: int,
        title: str,
        detail: str = "",
        errors: Sequence[Violation] = (),
        facts: Mapping[str, Any] | None = None,
        retry_after: float | None = None,
        operation: str = "",
        request_id: str | None = None,
        idempotency_key: str | None = None,
    ) -> None:
        super().__init__(
            f"{status} {type_.rsplit('/', 1)[-1]}: {detail or title} (request {request_id})",
            operation=operation,
            request_id=request_id,
            idempotency_key=idempotency_key,
        )
        self.type = type_
        self.status = status
        self.title = title
        self.detail = detail
        self.errors = tuple(errors)
        self.facts = dict(facts or {})
        self.retry_after = retry_after


class UnexpectedAnswer(KCityError):
    """An answer that is none of the contract's. ``excerpt``: how its body begins."""

    def __init__(
        self,
        status: int,
        media_type: str,
        excerpt: str,
        *,
        operation: str,
        request_id: str | None,
        idempotency_key: str | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(
            f"{status} with {media_type or 'no media type'} is no answer of the contract: "
            f"{excerpt[:EXCERPT_CHARACTERS]!r} (request {request_id})",
            operation=operation,
            request_id=request_id,
            idempotency_key=idempotency_key,
        )
        self.status = status
        self.retry_after = retry_after
        self.media_type = media_type
        self.excerpt = excerpt[:EXCERPT_CHARACTERS]


class NoAnswer(KCityError):
    """The service was not reached: nothing was done."""


class OutcomeUnknown(NoAnswer):
    """The request was sent and no answer came: it may have been done. ``KCity.look_up`` tells by its key."""


class DigestMismatch(KCityError):
    """The stored document is not what was sent; delete it and send it again. Both digests are hex SHA-256."""

    def __init__(self, sent: str, stored: str, *, operation: str, request_id: str | None) -> None:
        super().__init__(f"sent {sent}, stored {stored}", operation=operation, request_id=request_id)
        self.sent = sent
        self.stored = stored


class NotModified(KCityError):
    """Nothing changed since the version named by ``if_none_match``."""


class TokenRefused(KCityError):
    """The issuer refused. ``error``: its word (RFC 6749, section 5.2)."""

    def __init__(self, status: int, error: str) -> None:
        super().__init__(f"the issuer answered {status}: {error}")
        self.status = status
        self.error = error
