"""Everything review refuses, in one tree. Pure."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from shared.errors import DomainError, Kind, Violation


class CaseNotInState(DomainError):
    """The case stands where this act is not possible."""

    title = "The case is not in the right state"

    def __init__(self, state: str, needed: Sequence[str]) -> None:
        super().__init__(
            f"The case is {state}; this needs: {', '.join(needed)}. Read the case again.",
            facts={"case_state": state, "needed_states": list(needed)},
        )


class StepRecordedAlready(DomainError):
    """Each step of a project's implementation is recorded once."""

    title = "This step is recorded already"

    def __init__(self, step: str, day: date) -> None:
        super().__init__(
            "Read the implementation of the case.", facts={"step": step, "recorded_day": day.isoformat()}
        )


class StepOutOfOrder(DomainError):
    """A project is agreed, then started, then completed."""

    title = "Another step comes first"

    def __init__(self, step: str, needed: str) -> None:
        super().__init__(f"Record the {needed} first.", facts={"step": step, "needed_step": needed})


class EligibilityAlreadyDecided(DomainError):
    """A case is screened once."""

    title = "The eligibility was decided already"

    def __init__(self) -> None:
        super().__init__("Somebody decided this case before you. Read the case to see the decision.")


class NoPreConsultingOnThisTrack(DomainError):
    """The call gives this track no pre-consulting."""

    title = "There is no pre-consulting on this track"

    def __init__(self, track: str) -> None:
        super().__init__(
            f"The call gives the {track} track no pre-consulting; go on with the assignment of reviewers."
        )


class PreConsultingIncomplete(DomainError):
    """Pre-consulting ends with both a report and a revised proposal."""

    title = "Pre-consulting is not complete"

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(
            f"Still missing: {', '.join(missing)}. Put it in, then complete the pre-consulting.",
            violations=[Violation(f"/{part}", "missing", f"There is no {part} yet.") for part in missing],
        )


class PreConsultingCompletedAlready(DomainError):
    """A completed pre-consulting does not change any more."""

    title = "Pre-consulting is completed"

    def __init__(self) -> None:
        super().__init__("The report and the revised proposal are final; read them instead.")


class ReviewersAlreadyAssigned(DomainError):
    """Pre-consulting revises the proposal, so it comes before its reviewers."""

    title = "Reviewers are assigned already"

    def __init__(self) -> None:
        super().__init__("Reviewers read the proposal as it stands; pre-consulting cannot begin any more.")


class ReviewerAlreadyRegistered(DomainError):
    """There is one reviewer for each person."""

    title = "This person is registered already"

    def __init__(self, reviewer_id: UUID) -> None:
        super().__init__("Use the registered reviewer.", facts={"reviewer_id": str(reviewer_id)})


class AssignmentFrozen(DomainError):
    """Scores exist, so the reviewers of the case stay as they are."""

    title = "The assignment is frozen"

    def __init__(self) -> None:
        super().__init__("A reviewer began to score this case; its reviewers do not change any more.")


class NotInThisRound(DomainError):
    """The application came after the year's cut-off and waits for the next round."""

    title = "The case waits for the next round"

    def __init__(self) -> None:
        super().__init__("It arrived after the cut-off of rolling intake and rolls over to the next year.")


class DeclarationMissing(DomainError):
    """A reviewer says first whether there is a conflict of interest."""

    title = "The conflict declaration is missing"

    def __init__(self) -> None:
        super().__init__("Declare first: PUT /v1/cases/{case_id}/conflict-declaration.")


class SheetAlreadySubmitted(DomainError):
    """A submitted score sheet is final."""

    title = "The score sheet is final"

    def __init__(self) -> None:
        super().__init__("It was submitted and does not change any more.")


class SheetIncomplete(DomainError):
    """A final sheet scores every criterion."""

    kind = Kind.INVALID
    title = "The score sheet is not complete"

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(
            "Score every criterion, then submit the sheet.",
            violations=[Violation(f"/scores/{code}", "missing", "Not scored yet.") for code in missing],
        )


class EvaluationIsClosed(DomainError):
    """The evaluation of this track is closed: its input does not change any more."""

    title = "The evaluation is closed"

    def __init__(self, evaluation_id: UUID) -> None:
        super().__init__(
            "Sheets, declarations, assignments and eligibility are frozen in its bundle.",
            facts={"evaluation_id": str(evaluation_id)},
        )


class IntakeStillOpen(DomainError):
    """Applications may still arrive, so nothing can be closed."""

    title = "The intake of this track is still open"

    def __init__(self, ends_at: datetime) -> None:
        super().__init__(
            "Close the evaluation after the intake has ended.", facts={"intake_ends_at": ends_at.isoformat()}
        )


class EvaluationIncomplete(DomainError):
    """Some cases are not ready to be ranked; each is a violation."""

    title = "The evaluation is not complete"

    def __init__(self, violations: Sequence[Violation]) -> None:
        super().__init__("Settle the cases named here, then close the evaluation.", violations=violations)


class FourEyesRequired(DomainError):
    """Nobody approves what they proposed."""

    kind = Kind.FORBIDDEN
    title = "Another person must approve"

    def __init__(self) -> None:
        super().__init__("You proposed this selection; another ministry officer has to approve it.")


class SelectionNotInState(DomainError):
    """The selection stands where this act is not possible."""

    title = "The selection is not in the right state"

    def __init__(self, state: str, needed: str) -> None:
        super().__init__(
            f"The selection is {state}; this needs one that is {needed}.",
            facts={"selection_state": state, "needed_state": needed},
        )


class SelectionPending(DomainError):
    """An evaluation has one selection at a time; a rejected one makes room."""

    title = "There is a selection of this evaluation already"

    def __init__(self, selection_id: UUID) -> None:
        super().__init__("Approve or reject that one first.", facts={"selection_id": str(selection_id)})


class EmbargoNotInFuture(DomainError):
    """A selection is proposed for an instant to come."""

    kind = Kind.INVALID
    title = "The announcement must lie in the future"

    def __init__(self, now: datetime) -> None:
        super().__init__(
            "Choose a later instant.",
            violations=[
                Violation("/body/announce_at", "not-in-future", f"Business time is {now.isoformat()}.")
            ],
        )


class EmbargoPassed(DomainError):
    """The announcement's instant went by before anybody approved it."""

    title = "The announcement's instant has passed"

    def __init__(self) -> None:
        super().__init__("Reject this proposal and propose the selection again with a later instant.")


class OccasionUnknown(DomainError):
    """The call knows no such occasion for this track."""

    kind = Kind.INVALID
    title = "No such occasion for this track"

    def __init__(self, known: Sequence[str]) -> None:
        super().__init__(
            "Choose an occasion of the call that invites this track.",
            violations=[
                Violation(
                    "/body/occasion_code", "unknown-occasion", f"Possible: {', '.join(known) or 'none'}."
                )
            ],
        )


class OccasionOver(DomainError):
    """Nobody is invited to what is over."""

    title = "The occasion is over"

    def __init__(self, ended_on: str) -> None:
        super().__init__("No invitations are issued after its last day.", facts={"ended_on": ended_on})
