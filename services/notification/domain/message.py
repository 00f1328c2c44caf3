"""A message and its life. Pure: no I/O, no clock.

At least once: a sender that dies between sending and marking leaves ``sending`` behind; when its lease ends
the message is sent again with the same Message-ID, so that mail programs can tell the copy.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Literal
from uuid import uuid5

from shared.auth.caller import Track
from shared.errors import DomainError
from shared.ids import ApplicationId, ContactId, EventId, MessageId

Language = Literal["ko", "en"]
LANGUAGES: tuple[Language, ...] = ("ko", "en")


class State(StrEnum):
    """Where a message stands."""

    WAITING_FOR_CONTACT = "waiting_for_contact"
    QUEUED = "queued"
    SENDING = "sending"
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    FAILED = "failed"
    HELD = "held"


TRANSITIONS: dict[State, frozenset[State]] = {
    State.WAITING_FOR_CONTACT: frozenset({State.QUEUED, State.HELD}),
    State.QUEUED: frozenset({State.SENDING, State.HELD}),
    State.SENDING: frozenset({State.DELIVERED, State.BOUNCED, State.FAILED, State.HELD, State.QUEUED}),
    State.FAILED: frozenset({State.SENDING, State.QUEUED, State.HELD}),
    State.BOUNCED: frozenset({State.QUEUED}),
    State.HELD: frozenset({State.QUEUED}),
    State.DELIVERED: frozenset(),
}
"""From a state to those that may follow it; ``sending`` to ``queued`` is the end of a lease."""


class HeldReason(StrEnum):
    """Why a message cannot be sent as it is."""

    CONTACT_ERASED = "contact_erased"
    ADDRESS_UNUSABLE = "address_unusable"
    CANNOT_BE_WRITTEN = "cannot_be_written"


HEALED_BY_CONTACT = (HeldReason.CONTACT_ERASED, HeldReason.ADDRESS_UNUSABLE)
"""Held messages that a new state of their contact releases."""


class Template(StrEnum):
    """What a message tells."""

    RECEIPT = "receipt"
    PARTNER_CONFIRMATION_REQUEST = "partner_confirmation_request"
    DECISION_ELIGIBLE = "decision_eligible"
    DECISION_INELIGIBLE = "decision_ineligible"
    SELECTION = "selection"
    NON_SELECTION = "non_selection"
    EXPO_INVITATION = "expo_invitation"


class NotResendable(DomainError):
    """Only a message that bounced or failed may be sent again by hand."""

    title = "The message is not sent again"

    def __init__(self, state: State) -> None:
        super().__init__(
            f"It is {state.value}. Only a message that is bounced or failed can be sent again.",
            facts={"state": state.value},
        )


@dataclass(frozen=True, slots=True)
class Cause:
    """What makes a message one and the same: the event, the addressee, the template, the application.

    The application belongs to it because one announcement may tell one contact of two applications.
    """

    event_id: EventId
    contact_id: ContactId
    template: Template
    application_id: ApplicationId

    def message_id(self, domain: str) -> str:
        """The Message-ID header: equal for every copy of the message, unlike any other message's."""
        name = f"{self.contact_id}/{self.template.value}/{self.application_id}"
        return f"<{uuid5(self.event_id, name)}@{domain}>"


@dataclass(frozen=True, slots=True)
class Message:
    """A message as officers and operators may see it: ids only, no personal data."""

    id: MessageId
    cause: Cause
    track: Track
    template_version: int
    language: Language | None
    state: State
    held_reason: HeldReason | None
    attempts: int

    def must_be_resendable(self) -> None:
        """Raise ``NotResendable`` unless it bounced or failed."""
        if self.state not in (State.BOUNCED, State.FAILED):
            raise NotResendable(self.state)


BACK_OFF = tuple(timedelta(seconds=seconds) for seconds in (1, 5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400))
"""Wait after the first, second … failed attempt; the last goes on. Technical time."""
GIVE_UP_AFTER = timedelta(days=5)
"""How long a message is tried from its queueing on. Source: RFC 5321, 4.5.4.1 (at least 4–5 days)."""
NO_ANSWER_CODE = 421
"""What is told of a message that was given up without one answer of a mail server ("not available")."""
PERMANENT_CODE = 500
COMPLETED_CODE = 250
"""The one answer that takes a message over. Source: RFC 5321, 4.3.2."""


def wait_after(attempts: int) -> timedelta:
    """Back-off after so many attempts (1 or more): never shorter than after fewer."""
    return BACK_OFF[min(max(attempts, 1), len(BACK_OFF)) - 1]


@dataclass(frozen=True, slots=True)
class Accepted:
    """The mail server took the message over."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """The mail server answered no, or not at all (``code`` None). ``about_us``: it refused the sender.

    A 5xx is for good, unless it is about us: that must not bounce the whole queue. Anything else is tried again.
    """

    code: int | None
    about_us: bool = False

    @property
    def for_good(self) -> bool:
        """Whether trying again is of no use."""
        return self.code is not None and self.code >= PERMANENT_CODE and not self.about_us


@dataclass(frozen=True, slots=True)
class Unsendable:
    """The message was not offered to the mail server."""

    reason: HeldReason


Outcome = Accepted | Rejected | Unsendable


@dataclass(frozen=True, slots=True)
class Settlement:
    """What an attempt comes to. ``wait``: until the next attempt, for ``failed`` only."""

    state: State
    smtp_code: int | None = None
    held_reason: HeldReason | None = None
    wait: timedelta | None = None


def settle(outcome: Outcome, *, attempts: int, given_up: bool) -> Settlement:
    """The state after an attempt; ``attempts`` counts it too. ``given_up``: its days have passed."""
    match outcome:
        case Accepted():
            return Settlement(State.DELIVERED, COMPLETED_CODE)
        case Unsendable(reason):
            return Settlement(State.HELD, held_reason=reason)
        case Rejected(code) if outcome.for_good:
            return Settlement(State.BOUNCED, code)
        case Rejected(code) if given_up:
            return Settlement(State.BOUNCED, code or NO_ANSWER_CODE)
        case Rejected(code):
            return Settlement(State.FAILED, code, wait=wait_after(attempts))
