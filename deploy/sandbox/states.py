"""Every state there is, read from the services' own state machines, and which of them no sample can stay in."""

from collections.abc import Mapping
from enum import StrEnum

from services.catalog.domain.project import ProjectState
from services.intake.domain.application import ScanState
from services.intake.domain.application import State as ApplicationState
from services.intake.domain.call import CallState
from services.intake.domain.submission import WindowState
from services.notification.domain.message import State as MessageState
from services.review.domain.case import CaseState
from services.review.domain.selection import SelectionState


class Kind(StrEnum):
    """What has a state."""

    CALL = "call"
    WINDOW = "intake window"
    APPLICATION = "application"
    DOCUMENT = "document"
    CASE = "case"
    SELECTION = "selection"
    MESSAGE = "message"
    PROJECT = "project"


Met = tuple[Kind, str]
"""A kind of thing and a state of it."""
STATES: Mapping[Kind, type[StrEnum]] = {
    Kind.CALL: CallState,
    Kind.WINDOW: WindowState,
    Kind.APPLICATION: ApplicationState,
    Kind.DOCUMENT: ScanState,
    Kind.CASE: CaseState,
    Kind.SELECTION: SelectionState,
    Kind.MESSAGE: MessageState,
    Kind.PROJECT: ProjectState,
}
EVERY_STATE: tuple[Met, ...] = tuple(
    (kind, state.value) for kind, states in STATES.items() for state in states
)

OF_CALLS: frozenset[Met] = frozenset(
    {
        (Kind.CALL, CallState.SCHEDULED.value),
        (Kind.CALL, CallState.ANNOUNCED.value),
        (Kind.WINDOW, WindowState.NOT_OPEN.value),
        (Kind.WINDOW, WindowState.OPEN.value),
        (Kind.WINDOW, WindowState.CLOSED.value),
        (Kind.PROJECT, ProjectState.COMPLETED.value),
    }
)
"""Shown by the calls themselves, and by what the catalogue holds from the beginning."""

_NO_SCANNER = "no malware scanner is part of this stack; documents stay not_scanned"
_ON_THE_WAY = "lasts milliseconds: every message passes through it"
WITHOUT_SAMPLE: Mapping[Met, str] = {
    (Kind.DOCUMENT, ScanState.PENDING.value): _NO_SCANNER,
    (Kind.DOCUMENT, ScanState.CLEAN.value): _NO_SCANNER,
    (Kind.DOCUMENT, ScanState.INFECTED.value): _NO_SCANNER,
    (Kind.MESSAGE, MessageState.WAITING_FOR_CONTACT.value): _ON_THE_WAY,
    (Kind.MESSAGE, MessageState.QUEUED.value): _ON_THE_WAY,
    (Kind.MESSAGE, MessageState.SENDING.value): _ON_THE_WAY,
    (Kind.MESSAGE, MessageState.HELD.value): (
        "its contact was erased, or no mail can be written to it: the API takes neither of a received application"
    ),
}
"""States that nobody can put a thing into and keep it there through the API, and why."""
