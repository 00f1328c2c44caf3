"""Who may see and do what: the one place that decides about objects. Pure.

What a caller may not see does not exist for them (``NotFound``); what they see but may not do is ``Forbidden``.
"""

from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from services.review.domain.case import Case
from services.review.domain.selection import Selection, SelectionState
from services.review.domain.sheet import Assignment
from shared.auth.caller import Caller, Role, Track
from shared.errors import Forbidden, NotFound

OFFICERS = (Role.SECRETARIAT_OFFICER, Role.MINISTRY_OFFICER)


class Capacity(Enum):
    """In what capacity a caller sees a case."""

    OFFICER = "an officer of the track"
    SYSTEM = "a system that reads the track's cases"
    REVIEWER = "an assigned reviewer"
    ADVISER = "the adviser"
    APPLICANT = "the applicant's organisation"


@dataclass(frozen=True, slots=True)
class Ties:
    """How the caller is tied to a case as an expert. ``assigned`` is false from a declared conflict on."""

    reviewer_id: UUID | None = None
    assigned: bool = False
    advises: bool = False


def capacities(caller: Caller, case: Case, ties: Ties) -> frozenset[Capacity]:
    """In which capacities the caller sees the case; at least one. Raises ``NotFound``."""
    expert = Role.REVIEWER in caller.roles
    applicant = Role.APPLICANT in caller.roles and caller.organisation_id == case.organisation_id
    held = {
        Capacity.OFFICER: caller.oversees(case.track),
        Capacity.SYSTEM: caller.is_machine and caller.reads(case.track),
        Capacity.REVIEWER: expert and ties.assigned,
        Capacity.ADVISER: expert and ties.advises,
        Capacity.APPLICANT: applicant,
    }
    found = frozenset(capacity for capacity, holds in held.items() if holds)
    if not found:
        raise NotFound("case")
    return found


def must_act_as(caller: Caller, case: Case, ties: Ties, *allowed: Capacity) -> None:
    """The caller sees the case and holds one of ``allowed``. Raises ``NotFound`` or ``Forbidden``."""
    if capacities(caller, case, ties).isdisjoint(allowed):
        raise Forbidden("Only " + " or ".join(capacity.value for capacity in allowed) + " may do this.")


def must_screen(caller: Caller, case: Case, ties: Ties) -> None:
    """Eligibility is the secretariat's: the ministry sees it, the track's secretariat decides it."""
    capacities(caller, case, ties)
    if Role.SECRETARIAT_OFFICER not in caller.roles or case.track not in caller.tracks:
        raise Forbidden("Only a secretariat officer of the track decides on eligibility.")


def must_oversee(caller: Caller, track: Track) -> None:
    """For what has no object yet (panels, evaluations). Raises ``Forbidden``."""
    if not caller.oversees(track):
        raise Forbidden("Only an officer of the track or of the ministry may do this.")


def must_own_sheet(caller: Caller, assignment: Assignment) -> None:
    """A sheet is its reviewer's alone; officers know of it but never touch it."""
    if Role.REVIEWER in caller.roles and assignment.subject == caller.subject and not assignment.removed:
        return
    if caller.oversees(assignment.track):
        raise Forbidden("A score sheet is read and written by its reviewer alone.")
    raise NotFound("assignment")


def must_see_evaluation(caller: Caller, track: Track) -> None:
    """Ranking and bundle are for officers of the track and the ministry. Raises ``NotFound``."""
    if not caller.oversees(track):
        raise NotFound("evaluation")


def must_see_selection(caller: Caller | None, selection: Selection) -> None:
    """Everybody sees it from its announcement on, before that only its officers. Raises ``NotFound``."""
    if selection.state is SelectionState.ANNOUNCED:
        return
    if caller is None or not caller.oversees(selection.track):
        raise NotFound("selection")


def must_approve(caller: Caller, selection: Selection) -> None:
    """The final decision is the ministry's. Raises ``NotFound`` or ``Forbidden``."""
    must_see_selection(caller, selection)
    caller.must_be(Role.MINISTRY_OFFICER)


def must_reject(caller: Caller, selection: Selection) -> None:
    """The ministry rejects; whoever proposed may take it back."""
    must_see_selection(caller, selection)
    officer = caller.oversees(selection.track)
    if not (officer and caller.subject == selection.proposed_by):
        caller.must_be(Role.MINISTRY_OFFICER)


def must_invite(caller: Caller, selection: Selection) -> None:
    """The ministry invites. Raises ``NotFound`` or ``Forbidden``."""
    must_see_selection(caller, selection)
    caller.must_be(Role.MINISTRY_OFFICER)
