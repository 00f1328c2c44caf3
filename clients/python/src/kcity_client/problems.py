"""One class for each problem type of the contract, version 1.1.0. Generated: `make clients`."""

from typing import ClassVar

from kcity_client.errors import Problem


class AlreadySubmitted(Problem):
    """409: The application was submitted already. It was received once and needs nothing more; read its receipt."""

    slug: ClassVar[str] = "already-submitted"

    @property
    def receipt_no(self) -> str | None:
        """``receipt_no`` of the problem; None where this answer does not tell it."""
        found = self.facts.get("receipt_no")
        return found if isinstance(found, str) else None


class AlreadyWithdrawn(Problem):
    """409: The application was withdrawn already. Nothing more is to be done. A new application can be begun while the call is open."""

    slug: ClassVar[str] = "already-withdrawn"


class AssignmentFrozen(Problem):
    """409: The assignment is frozen. A reviewer began to score this case; its reviewers do not change any more."""

    slug: ClassVar[str] = "assignment-frozen"


class BodyTooSlow(Problem):
    """408: The body did not arrive in time. Send the same request again, faster."""

    slug: ClassVar[str] = "body-too-slow"


class CallDefinitionInvalid(Problem):
    """422: The call definition is not valid. The definition file is wrong; each error names its line and column."""

    slug: ClassVar[str] = "call-definition-invalid"


class CallExists(Problem):
    """409: A call with this code exists. It says something else. Choose another code, or amend the call that is there."""

    slug: ClassVar[str] = "call-exists"

    @property
    def code(self) -> str | None:
        """``code`` of the problem; None where this answer does not tell it."""
        found = self.facts.get("code")
        return found if isinstance(found, str) else None


class CallMediaTypeNotAllowed(Problem):
    """415: This type of file is not taken. Send the definition as application/yaml or application/json."""

    slug: ClassVar[str] = "call-media-type-not-allowed"


class CaseNotInState(Problem):
    """409: The case is not in the right state. The case is open; this needs: eligible, ready. Read the case again."""

    slug: ClassVar[str] = "case-not-in-state"

    @property
    def case_state(self) -> str | None:
        """``case_state`` of the problem; None where this answer does not tell it."""
        found = self.facts.get("case_state")
        return found if isinstance(found, str) else None

    @property
    def needed_states(self) -> list[str] | None:
        """``needed_states`` of the problem; None where this answer does not tell it."""
        found = self.facts.get("needed_states")
        return found if isinstance(found, list) else None


class ChangedMeanwhile(Problem):
    """409: The application is being changed. Finish changing it, then submit again with the same key."""

    slug: ClassVar[str] = "changed-meanwhile"


class ContentTooLarge(Problem):
    """413: The request is too large. Send less at once."""

    slug: ClassVar[str] = "content-too-large"


class CursorInvalid(Problem):
    """400: The cursor is not valid. Use next_cursor of a page exactly as it came, or start without a cursor."""

    slug: ClassVar[str] = "cursor-invalid"


class CursorMismatch(Problem):
    """400: The cursor belongs to another query. Repeat the query that gave the cursor, with the same filters, or start without a cursor."""

    slug: ClassVar[str] = "cursor-mismatch"


class DeclarationMissing(Problem):
    """409: The conflict declaration is missing. Declare first: PUT /v1/cases/{case_id}/conflict-declaration."""

    slug: ClassVar[str] = "declaration-missing"


class DocumentContentMismatch(Problem):
    """415: The content does not fit its type. The first bytes are not those of application/pdf; nothing of the file was kept."""

    slug: ClassVar[str] = "document-content-mismatch"


class DocumentEmpty(Problem):
    """422: The document is empty. Send the file as the request's body."""

    slug: ClassVar[str] = "document-empty"


class DocumentNotCleared(Problem):
    """409: The document is not cleared for download. It can be downloaded once its scan is clean."""

    slug: ClassVar[str] = "document-not-cleared"

    @property
    def scan_state(self) -> str | None:
        """``scan_state`` of the problem; None where this answer does not tell it."""
        found = self.facts.get("scan_state")
        return found if isinstance(found, str) else None


class DocumentStoreUnavailable(Problem):
    """503: Temporarily unavailable. A part we need is not answering; nothing was done. Send the same request again."""

    slug: ClassVar[str] = "document-store-unavailable"


class DocumentTooLarge(Problem):
    """413: The document is too large. Send a smaller file; nothing of this one was kept."""

    slug: ClassVar[str] = "document-too-large"

    @property
    def max_bytes(self) -> int | None:
        """``max_bytes`` of the problem; None where this answer does not tell it."""
        found = self.facts.get("max_bytes")
        return found if isinstance(found, int) else None


class DocumentTypeNotAllowed(Problem):
    """415: This type of file is not taken. Send one of these, named in Content-Type: application/pdf, image/png."""

    slug: ClassVar[str] = "document-type-not-allowed"

    @property
    def media_types(self) -> list[str] | None:
        """``media_types`` of the problem; None where this answer does not tell it."""
        found = self.facts.get("media_types")
        return found if isinstance(found, list) else None


class EligibilityAlreadyDecided(Problem):
    """409: The eligibility was decided already. Somebody decided this case before you. Read the case to see the decision."""

    slug: ClassVar[str] = "eligibility-already-decided"


class EmbargoNotInFuture(Problem):
    """422: The announcement must lie in the future. Choose a later instant."""

    slug: ClassVar[str] = "embargo-not-in-future"


class EmbargoPassed(Problem):
    """409: The announcement's instant has passed. Reject this proposal and propose the selection again with a later instant."""

    slug: ClassVar[str] = "embargo-passed"


class EvaluationIncomplete(Problem):
    """409: The evaluation is not complete. Settle the cases named here, then close the evaluation."""

    slug: ClassVar[str] = "evaluation-incomplete"


class EvaluationIsClosed(Problem):
    """409: The evaluation is closed. Sheets, declarations, assignments and eligibility are frozen in its bundle."""

    slug: ClassVar[str] = "evaluation-is-closed"

    @property
    def evaluation_id(self) -> str | None:
        """``evaluation_id`` of the problem; None where this answer does not tell it."""
        found = self.facts.get("evaluation_id")
        return found if isinstance(found, str) else None


class Forbidden(Problem):
    """403: Not allowed. The caller is known but may not do this."""

    slug: ClassVar[str] = "forbidden"


class FourEyesRequired(Problem):
    """403: Another person must approve. You proposed this selection; another ministry officer has to approve it."""

    slug: ClassVar[str] = "four-eyes-required"


class HeadersTooLarge(Problem):
    """431: The request's head is too large. Address and headers may have 16 KiB."""

    slug: ClassVar[str] = "headers-too-large"


class IdempotencyKeyInvalid(Problem):
    """400: Idempotency-Key has the wrong form. A key has 1 to 255 visible ASCII characters; a random UUID is a good one."""

    slug: ClassVar[str] = "idempotency-key-invalid"


class IdempotencyKeyMissing(Problem):
    """400: Idempotency-Key is required. Make a random key for the act, send it as Idempotency-Key, and repeat with the same one."""

    slug: ClassVar[str] = "idempotency-key-missing"


class ImportAppliedAlready(Problem):
    """409: The import was applied already. It was applied at 2026-11-23T02:05:00+00:00; give the file anew to see what it changes now."""

    slug: ClassVar[str] = "import-applied-already"


class ImportFaulty(Problem):
    """409: The import has faults. Put right what its faults name, and give the file anew."""

    slug: ClassVar[str] = "import-faulty"


class ImportMediaTypeNotAllowed(Problem):
    """415: This type of file is not taken. Send the file as text/csv."""

    slug: ClassVar[str] = "import-media-type-not-allowed"


class ImportOutdated(Problem):
    """409: Entries changed since the preview. Nothing was changed. Give the file anew, look at its preview, and apply that."""

    slug: ClassVar[str] = "import-outdated"

    @property
    def project_ids(self) -> list[str] | None:
        """``project_ids`` of the problem; None where this answer does not tell it."""
        found = self.facts.get("project_ids")
        return found if isinstance(found, list) else None

    @property
    def rows(self) -> list[str] | None:
        """``rows`` of the problem; None where this answer does not tell it."""
        found = self.facts.get("rows")
        return found if isinstance(found, list) else None


class Incomplete(Problem):
    """422: The application is not complete. Mend each of the errors, then submit again."""

    slug: ClassVar[str] = "incomplete"


class IntakeStillOpen(Problem):
    """409: The intake of this track is still open. Close the evaluation after the intake has ended."""

    slug: ClassVar[str] = "intake-still-open"

    @property
    def intake_ends_at(self) -> str | None:
        """``intake_ends_at`` of the problem; None where this answer does not tell it."""
        found = self.facts.get("intake_ends_at")
        return found if isinstance(found, str) else None


class InternalError(Problem):
    """500: Something went wrong here. It is logged under the request id."""

    slug: ClassVar[str] = "internal-error"


class Invalid(Problem):
    """422: The input is not valid. The input is readable but wrong; every wrong place is a violation."""

    slug: ClassVar[str] = "invalid"


class InvalidInput(Problem):
    """422: The input is not valid. Each error points at one wrong place."""

    slug: ClassVar[str] = "invalid-input"


class IssuerUnavailable(Problem):
    """503: Sign-in is temporarily unavailable. A part we need is not answering; nothing was done. Send the same request again."""

    slug: ClassVar[str] = "issuer-unavailable"


class KeyReused(Problem):
    """422: The Idempotency-Key belongs to another request. Use a fresh key for another act, or repeat the first request unchanged."""

    slug: ClassVar[str] = "key-reused"


class LinkInvalid(Problem):
    """404: The link is not valid. Use the link exactly as it was sent, or ask for a new one."""

    slug: ClassVar[str] = "link-invalid"


class MalformedRequest(Problem):
    """400: The request cannot be read. It breaks HTTP or its encoding."""

    slug: ClassVar[str] = "malformed-request"


class NoPreConsultingOnThisTrack(Problem):
    """409: There is no pre-consulting on this track. The call gives the demonstration track no pre-consulting; go on with the assignment of reviewers."""

    slug: ClassVar[str] = "no-pre-consulting-on-this-track"


class NotADraft(Problem):
    """409: The application is no draft any more. It is submitted. Begin a new application if you want to hand in something else."""

    slug: ClassVar[str] = "not-a-draft"

    @property
    def state(self) -> str | None:
        """``state`` of the problem; None where this answer does not tell it."""
        found = self.facts.get("state")
        return found if isinstance(found, str) else None


class NotARehearsal(Problem):
    """404: Not a rehearsal. This installation is live: its clock cannot be stepped."""

    slug: ClassVar[str] = "not-a-rehearsal"


class NotAcceptable(Problem):
    """406: No representation that you accept. Accept what the operation offers; nothing was done."""

    slug: ClassVar[str] = "not-acceptable"


class NotFound(Problem):
    """404: Not found. There is no such application, or you may not see it."""

    slug: ClassVar[str] = "not-found"


class NotInThisRound(Problem):
    """409: The case waits for the next round. It arrived after the cut-off of rolling intake and rolls over to the next year."""

    slug: ClassVar[str] = "not-in-this-round"


class NotResendable(Problem):
    """409: The message is not sent again. It is queued. Only a message that is bounced or failed can be sent again."""

    slug: ClassVar[str] = "not-resendable"

    @property
    def state(self) -> str | None:
        """``state`` of the problem; None where this answer does not tell it."""
        found = self.facts.get("state")
        return found if isinstance(found, str) else None


class NothingToConfirm(Problem):
    """409: The application was withdrawn. The applicant withdrew it, so nothing is left to confirm."""

    slug: ClassVar[str] = "nothing-to-confirm"


class OccasionOver(Problem):
    """409: The occasion is over. No invitations are issued after its last day."""

    slug: ClassVar[str] = "occasion-over"

    @property
    def ended_on(self) -> str | None:
        """``ended_on`` of the problem; None where this answer does not tell it."""
        found = self.facts.get("ended_on")
        return found if isinstance(found, str) else None


class OccasionUnknown(Problem):
    """422: No such occasion for this track. Choose an occasion of the call that invites this track."""

    slug: ClassVar[str] = "occasion-unknown"


class PreConsultingCompletedAlready(Problem):
    """409: Pre-consulting is completed. The report and the revised proposal are final; read them instead."""

    slug: ClassVar[str] = "pre-consulting-completed-already"


class PreConsultingIncomplete(Problem):
    """409: Pre-consulting is not complete. Still missing: revised_proposal. Put it in, then complete the pre-consulting."""

    slug: ClassVar[str] = "pre-consulting-incomplete"


class PreconditionRequired(Problem):
    """428: If-Match is required. Send the ETag of the version you read in the header If-Match."""

    slug: ClassVar[str] = "precondition-required"


class RateLimitUnavailable(Problem):
    """503: Requests cannot be counted at the moment. A part we need is not answering; nothing was done. Send the same request again."""

    slug: ClassVar[str] = "rate-limit-unavailable"


class RateLimited(Problem):
    """429: Too many requests. Wait as long as `Retry-After` says, then send it again."""

    slug: ClassVar[str] = "rate-limited"


class RebuildUnderway(Problem):
    """409: A rebuild is under way. Wait until the other one has ended; its order tells how it goes."""

    slug: ClassVar[str] = "rebuild-underway"

    @property
    def order_id(self) -> str | None:
        """``order_id`` of the problem; None where this answer does not tell it."""
        found = self.facts.get("order_id")
        return found if isinstance(found, str) else None


class ReviewerAlreadyRegistered(Problem):
    """409: This person is registered already. Use the registered reviewer."""

    slug: ClassVar[str] = "reviewer-already-registered"

    @property
    def reviewer_id(self) -> str | None:
        """``reviewer_id`` of the problem; None where this answer does not tell it."""
        found = self.facts.get("reviewer_id")
        return found if isinstance(found, str) else None


class ReviewersAlreadyAssigned(Problem):
    """409: Reviewers are assigned already. Reviewers read the proposal as it stands; pre-consulting cannot begin any more."""

    slug: ClassVar[str] = "reviewers-already-assigned"


class ScopeMissing(Problem):
    """403: The access token lacks a scope. Ask the issuer for a token with the scope cases:read, or for one track with cases:read:<track>."""

    slug: ClassVar[str] = "scope-missing"

    @property
    def scope(self) -> str | None:
        """``scope`` of the problem; None where this answer does not tell it."""
        found = self.facts.get("scope")
        return found if isinstance(found, str) else None


class SelectionNotInState(Problem):
    """409: The selection is not in the right state. The selection is proposed; this needs one that is announced."""

    slug: ClassVar[str] = "selection-not-in-state"

    @property
    def needed_state(self) -> str | None:
        """``needed_state`` of the problem; None where this answer does not tell it."""
        found = self.facts.get("needed_state")
        return found if isinstance(found, str) else None

    @property
    def selection_state(self) -> str | None:
        """``selection_state`` of the problem; None where this answer does not tell it."""
        found = self.facts.get("selection_state")
        return found if isinstance(found, str) else None


class SelectionPending(Problem):
    """409: There is a selection of this evaluation already. Approve or reject that one first."""

    slug: ClassVar[str] = "selection-pending"

    @property
    def selection_id(self) -> str | None:
        """``selection_id`` of the problem; None where this answer does not tell it."""
        found = self.facts.get("selection_id")
        return found if isinstance(found, str) else None


class SheetAlreadySubmitted(Problem):
    """409: The score sheet is final. It was submitted and does not change any more."""

    slug: ClassVar[str] = "sheet-already-submitted"


class SheetIncomplete(Problem):
    """422: The score sheet is not complete. Score every criterion, then submit the sheet."""

    slug: ClassVar[str] = "sheet-incomplete"


class StaleVersion(Problem):
    """412: Somebody changed it meanwhile. Read the present version, apply your change to it, and send it with its ETag in If-Match."""

    slug: ClassVar[str] = "stale-version"

    @property
    def current_etag(self) -> str | None:
        """``current_etag`` of the problem; None where this answer does not tell it."""
        found = self.facts.get("current_etag")
        return found if isinstance(found, str) else None


class StepOutOfOrder(Problem):
    """409: Another step comes first. Record the agreement first."""

    slug: ClassVar[str] = "step-out-of-order"

    @property
    def needed_step(self) -> str | None:
        """``needed_step`` of the problem; None where this answer does not tell it."""
        found = self.facts.get("needed_step")
        return found if isinstance(found, str) else None

    @property
    def step(self) -> str | None:
        """``step`` of the problem; None where this answer does not tell it."""
        found = self.facts.get("step")
        return found if isinstance(found, str) else None


class StepRecordedAlready(Problem):
    """409: This step is recorded already. Read the implementation of the case."""

    slug: ClassVar[str] = "step-recorded-already"

    @property
    def recorded_day(self) -> str | None:
        """``recorded_day`` of the problem; None where this answer does not tell it."""
        found = self.facts.get("recorded_day")
        return found if isinstance(found, str) else None

    @property
    def step(self) -> str | None:
        """``step`` of the problem; None where this answer does not tell it."""
        found = self.facts.get("step")
        return found if isinstance(found, str) else None


class TokenExpired(Problem):
    """401: The access token has expired. Get a new access token and send the same request again."""

    slug: ClassVar[str] = "token-expired"


class TokenInvalid(Problem):
    """401: The access token is not valid. Get an access token for this service from its issuer."""

    slug: ClassVar[str] = "token-invalid"


class TokenMissing(Problem):
    """401: Sign in first. Send an access token in the header: Authorization: Bearer <token>."""

    slug: ClassVar[str] = "token-missing"


class TwinInFlight(Problem):
    """409: The same request is being worked on. Wait a moment and send the same request again: you will get its outcome."""

    slug: ClassVar[str] = "twin-in-flight"


class Unavailable(Problem):
    """503: Temporarily unavailable. A part we need is not answering; nothing was done. Send the same request again."""

    slug: ClassVar[str] = "unavailable"


class UnsupportedMediaType(Problem):
    """415: The body's media type is not taken. `Accept` names those that are; nothing was done."""

    slug: ClassVar[str] = "unsupported-media-type"


class WindowClosed(Problem):
    """409: The intake is closed. The request arrived at or after closed_at, so it cannot be taken."""

    slug: ClassVar[str] = "window-closed"

    @property
    def closed_at(self) -> str | None:
        """``closed_at`` of the problem; None where this answer does not tell it."""
        found = self.facts.get("closed_at")
        return found if isinstance(found, str) else None


class WindowNotOpen(Problem):
    """409: The intake is not open yet. Submit from opens_at on; your draft is kept."""

    slug: ClassVar[str] = "window-not-open"

    @property
    def opens_at(self) -> str | None:
        """``opens_at`` of the problem; None where this answer does not tell it."""
        found = self.facts.get("opens_at")
        return found if isinstance(found, str) else None


BY_SLUG: dict[str, type[Problem]] = {
    "already-submitted": AlreadySubmitted,
    "already-withdrawn": AlreadyWithdrawn,
    "assignment-frozen": AssignmentFrozen,
    "body-too-slow": BodyTooSlow,
    "call-definition-invalid": CallDefinitionInvalid,
    "call-exists": CallExists,
    "call-media-type-not-allowed": CallMediaTypeNotAllowed,
    "case-not-in-state": CaseNotInState,
    "changed-meanwhile": ChangedMeanwhile,
    "content-too-large": ContentTooLarge,
    "cursor-invalid": CursorInvalid,
    "cursor-mismatch": CursorMismatch,
    "declaration-missing": DeclarationMissing,
    "document-content-mismatch": DocumentContentMismatch,
    "document-empty": DocumentEmpty,
    "document-not-cleared": DocumentNotCleared,
    "document-store-unavailable": DocumentStoreUnavailable,
    "document-too-large": DocumentTooLarge,
    "document-type-not-allowed": DocumentTypeNotAllowed,
    "eligibility-already-decided": EligibilityAlreadyDecided,
    "embargo-not-in-future": EmbargoNotInFuture,
    "embargo-passed": EmbargoPassed,
    "evaluation-incomplete": EvaluationIncomplete,
    "evaluation-is-closed": EvaluationIsClosed,
    "forbidden": Forbidden,
    "four-eyes-required": FourEyesRequired,
    "headers-too-large": HeadersTooLarge,
    "idempotency-key-invalid": IdempotencyKeyInvalid,
    "idempotency-key-missing": IdempotencyKeyMissing,
    "import-applied-already": ImportAppliedAlready,
    "import-faulty": ImportFaulty,
    "import-media-type-not-allowed": ImportMediaTypeNotAllowed,
    "import-outdated": ImportOutdated,
    "incomplete": Incomplete,
    "intake-still-open": IntakeStillOpen,
    "internal-error": InternalError,
    "invalid": Invalid,
    "invalid-input": InvalidInput,
    "issuer-unavailable": IssuerUnavailable,
    "key-reused": KeyReused,
    "link-invalid": LinkInvalid,
    "malformed-request": MalformedRequest,
    "no-pre-consulting-on-this-track": NoPreConsultingOnThisTrack,
    "not-a-draft": NotADraft,
    "not-a-rehearsal": NotARehearsal,
    "not-acceptable": NotAcceptable,
    "not-found": NotFound,
    "not-in-this-round": NotInThisRound,
    "not-resendable": NotResendable,
    "nothing-to-confirm": NothingToConfirm,
    "occasion-over": OccasionOver,
    "occasion-unknown": OccasionUnknown,
    "pre-consulting-completed-already": PreConsultingCompletedAlready,
    "pre-consulting-incomplete": PreConsultingIncomplete,
    "precondition-required": PreconditionRequired,
    "rate-limit-unavailable": RateLimitUnavailable,
    "rate-limited": RateLimited,
    "rebuild-underway": RebuildUnderway,
    "reviewer-already-registered": ReviewerAlreadyRegistered,
    "reviewers-already-assigned": ReviewersAlreadyAssigned,
    "scope-missing": ScopeMissing,
    "selection-not-in-state": SelectionNotInState,
    "selection-pending": SelectionPending,
    "sheet-already-submitted": SheetAlreadySubmitted,
    "sheet-incomplete": SheetIncomplete,
    "stale-version": StaleVersion,
    "step-out-of-order": StepOutOfOrder,
    "step-recorded-already": StepRecordedAlready,
    "token-expired": TokenExpired,
    "token-invalid": TokenInvalid,
    "token-missing": TokenMissing,
    "twin-in-flight": TwinInFlight,
    "unavailable": Unavailable,
    "unsupported-media-type": UnsupportedMediaType,
    "window-closed": WindowClosed,
    "window-not-open": WindowNotOpen,
}
