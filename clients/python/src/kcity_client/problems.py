"""One class for each problem type of the contract, version 1.1.0. Generated: `make clients`."""

from typing import ClassVar

from kcity_client.errors import Problem


class AlreadySubmitted(Problem):
    """409: The application was submitted already. The application was received before; ``receipt_no`` says under which number."""

    slug: ClassVar[str] = "already-submitted"


class AlreadyWithdrawn(Problem):
    """409: The application was withdrawn already. The application was taken back before."""

    slug: ClassVar[str] = "already-withdrawn"


class AssignmentFrozen(Problem):
    """409: The assignment is frozen. Scores exist, so the reviewers of the case stay as they are."""

    slug: ClassVar[str] = "assignment-frozen"


class BodyTooSlow(Problem):
    """408: The body did not arrive in time. Send the same request again, faster."""

    slug: ClassVar[str] = "body-too-slow"


class CallDefinitionInvalid(Problem):
    """422: The call definition is not valid. The definition file is wrong; each error names its line and column."""

    slug: ClassVar[str] = "call-definition-invalid"


class CallExists(Problem):
    """409: A call with this code exists. There is another call with this code."""

    slug: ClassVar[str] = "call-exists"


class CallMediaTypeNotAllowed(Problem):
    """415: This type of file is not taken. A call definition is YAML or JSON."""

    slug: ClassVar[str] = "call-media-type-not-allowed"


class CaseNotInState(Problem):
    """409: The case is not in the right state. The case stands where this act is not possible."""

    slug: ClassVar[str] = "case-not-in-state"


class ChangedMeanwhile(Problem):
    """409: The application is being changed. The draft was changed again and again while it was being submitted."""

    slug: ClassVar[str] = "changed-meanwhile"


class ContentTooLarge(Problem):
    """413: The request is too large. Send less at once."""

    slug: ClassVar[str] = "content-too-large"


class CursorInvalid(Problem):
    """400: The cursor is not valid. The cursor was not made by this API."""

    slug: ClassVar[str] = "cursor-invalid"


class CursorMismatch(Problem):
    """400: The cursor belongs to another query. The cursor belongs to another query or another caller."""

    slug: ClassVar[str] = "cursor-mismatch"


class DeclarationMissing(Problem):
    """409: The conflict declaration is missing. A reviewer says first whether there is a conflict of interest."""

    slug: ClassVar[str] = "declaration-missing"


class DocumentContentMismatch(Problem):
    """415: The content does not fit its type. The file is not what Content-Type says."""

    slug: ClassVar[str] = "document-content-mismatch"


class DocumentEmpty(Problem):
    """422: The document is empty. There is nothing in the file."""

    slug: ClassVar[str] = "document-empty"


class DocumentNotCleared(Problem):
    """409: The document is not cleared for download. The malware scan has not cleared the document."""

    slug: ClassVar[str] = "document-not-cleared"


class DocumentStoreUnavailable(Problem):
    """503: Temporarily unavailable. The document store does not answer."""

    slug: ClassVar[str] = "document-store-unavailable"


class DocumentTooLarge(Problem):
    """413: The document is too large. The document is larger than the call allows."""

    slug: ClassVar[str] = "document-too-large"


class DocumentTypeNotAllowed(Problem):
    """415: This type of file is not taken. The call does not take this kind of file here."""

    slug: ClassVar[str] = "document-type-not-allowed"


class EligibilityAlreadyDecided(Problem):
    """409: The eligibility was decided already. A case is screened once."""

    slug: ClassVar[str] = "eligibility-already-decided"


class EmbargoNotInFuture(Problem):
    """422: The announcement must lie in the future. A selection is proposed for an instant to come."""

    slug: ClassVar[str] = "embargo-not-in-future"


class EmbargoPassed(Problem):
    """409: The announcement's instant has passed. The announcement's instant went by before anybody approved it."""

    slug: ClassVar[str] = "embargo-passed"


class EvaluationIncomplete(Problem):
    """409: The evaluation is not complete. Some cases are not ready to be ranked; each is a violation."""

    slug: ClassVar[str] = "evaluation-incomplete"


class EvaluationIsClosed(Problem):
    """409: The evaluation is closed. The evaluation of this track is closed: its input does not change any more."""

    slug: ClassVar[str] = "evaluation-is-closed"


class Forbidden(Problem):
    """403: Not allowed. The caller is known but may not do this."""

    slug: ClassVar[str] = "forbidden"


class FourEyesRequired(Problem):
    """403: Another person must approve. Nobody approves what they proposed."""

    slug: ClassVar[str] = "four-eyes-required"


class HeadersTooLarge(Problem):
    """431: The request's head is too large. Address and headers may have 16 KiB."""

    slug: ClassVar[str] = "headers-too-large"


class IdempotencyKeyInvalid(Problem):
    """400: Idempotency-Key has the wrong form. The key has another form than 1 to 255 visible ASCII characters."""

    slug: ClassVar[str] = "idempotency-key-invalid"


class IdempotencyKeyMissing(Problem):
    """400: Idempotency-Key is required. A request that creates or acts must carry a key, so that it can be repeated safely."""

    slug: ClassVar[str] = "idempotency-key-missing"


class Incomplete(Problem):
    """422: The application is not complete. Something that the call asks for is missing or wrong."""

    slug: ClassVar[str] = "incomplete"


class IntakeStillOpen(Problem):
    """409: The intake of this track is still open. Applications may still arrive, so nothing can be closed."""

    slug: ClassVar[str] = "intake-still-open"


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
    """503: Sign-in is temporarily unavailable. The issuer's keys cannot be read, so nobody's token can be told from a false one."""

    slug: ClassVar[str] = "issuer-unavailable"


class KeyReused(Problem):
    """422: The Idempotency-Key belongs to another request. The key was already used for another request."""

    slug: ClassVar[str] = "key-reused"


class LinkInvalid(Problem):
    """404: The link is not valid. The link was not made by us, or for another purpose."""

    slug: ClassVar[str] = "link-invalid"


class MalformedRequest(Problem):
    """400: The request cannot be read. It breaks HTTP or its encoding."""

    slug: ClassVar[str] = "malformed-request"


class NoPreConsultingOnThisTrack(Problem):
    """409: There is no pre-consulting on this track. The call gives this track no pre-consulting."""

    slug: ClassVar[str] = "no-pre-consulting-on-this-track"


class NotADraft(Problem):
    """409: The application is no draft any more. Only a draft can be changed or submitted."""

    slug: ClassVar[str] = "not-a-draft"


class NotARehearsal(Problem):
    """404: Not a rehearsal. The database is live: its time is real and cannot be stepped."""

    slug: ClassVar[str] = "not-a-rehearsal"


class NotAcceptable(Problem):
    """406: No representation that you accept. Accept what the operation offers; nothing was done."""

    slug: ClassVar[str] = "not-acceptable"


class NotFound(Problem):
    """404: Not found. No such thing, or not for this caller: the two look alike on purpose."""

    slug: ClassVar[str] = "not-found"


class NotInThisRound(Problem):
    """409: The case waits for the next round. The application came after the year's cut-off and waits for the next round."""

    slug: ClassVar[str] = "not-in-this-round"


class NotResendable(Problem):
    """409: The message is not sent again. Only a message that bounced or failed may be sent again by hand."""

    slug: ClassVar[str] = "not-resendable"


class NothingToConfirm(Problem):
    """409: The application was withdrawn. The applicant took the application back."""

    slug: ClassVar[str] = "nothing-to-confirm"


class OccasionOver(Problem):
    """409: The occasion is over. Nobody is invited to what is over."""

    slug: ClassVar[str] = "occasion-over"


class OccasionUnknown(Problem):
    """422: No such occasion for this track. The call knows no such occasion for this track."""

    slug: ClassVar[str] = "occasion-unknown"


class PreConsultingCompletedAlready(Problem):
    """409: Pre-consulting is completed. A completed pre-consulting does not change any more."""

    slug: ClassVar[str] = "pre-consulting-completed-already"


class PreConsultingIncomplete(Problem):
    """409: Pre-consulting is not complete. Pre-consulting ends with both a report and a revised proposal."""

    slug: ClassVar[str] = "pre-consulting-incomplete"


class PreconditionRequired(Problem):
    """428: If-Match is required. A change must say which version it is made to."""

    slug: ClassVar[str] = "precondition-required"


class RateLimitUnavailable(Problem):
    """503: Requests cannot be counted at the moment. Requests cannot be counted now, so only submissions are taken."""

    slug: ClassVar[str] = "rate-limit-unavailable"


class RateLimited(Problem):
    """429: Too many requests. Wait as long as `Retry-After` says, then send it again."""

    slug: ClassVar[str] = "rate-limited"


class RebuildUnderway(Problem):
    """409: A rebuild is under way. One rebuild at a time: another one is ordered and not ended."""

    slug: ClassVar[str] = "rebuild-underway"


class ReviewerAlreadyRegistered(Problem):
    """409: This person is registered already. There is one reviewer for each person."""

    slug: ClassVar[str] = "reviewer-already-registered"


class ReviewersAlreadyAssigned(Problem):
    """409: Reviewers are assigned already. Pre-consulting revises the proposal, so it comes before its reviewers."""

    slug: ClassVar[str] = "reviewers-already-assigned"


class ScopeMissing(Problem):
    """403: The access token lacks a scope. A system's token lacks the scope that this operation needs."""

    slug: ClassVar[str] = "scope-missing"


class SelectionNotInState(Problem):
    """409: The selection is not in the right state. The selection stands where this act is not possible."""

    slug: ClassVar[str] = "selection-not-in-state"


class SelectionPending(Problem):
    """409: There is a selection of this evaluation already. An evaluation has one selection at a time; a rejected one makes room."""

    slug: ClassVar[str] = "selection-pending"


class SheetAlreadySubmitted(Problem):
    """409: The score sheet is final. A submitted score sheet is final."""

    slug: ClassVar[str] = "sheet-already-submitted"


class SheetIncomplete(Problem):
    """422: The score sheet is not complete. A final sheet scores every criterion."""

    slug: ClassVar[str] = "sheet-incomplete"


class StaleVersion(Problem):
    """412: Somebody changed it meanwhile. If-Match names another version than the present one."""

    slug: ClassVar[str] = "stale-version"


class TokenExpired(Problem):
    """401: The access token has expired. The token was good once."""

    slug: ClassVar[str] = "token-expired"


class TokenInvalid(Problem):
    """401: The access token is not valid. The token was not issued for us by our issuer, or says something unreadable."""

    slug: ClassVar[str] = "token-invalid"


class TokenMissing(Problem):
    """401: Sign in first. The act needs a caller; the request names none."""

    slug: ClassVar[str] = "token-missing"


class TwinInFlight(Problem):
    """409: The same request is being worked on. The same act is being done at this moment."""

    slug: ClassVar[str] = "twin-in-flight"


class Unavailable(Problem):
    """503: Temporarily unavailable. Something this act needs is down; nothing was done, the same request may be sent again."""

    slug: ClassVar[str] = "unavailable"


class UnsupportedMediaType(Problem):
    """415: The body's media type is not taken. `Accept` names those that are; nothing was done."""

    slug: ClassVar[str] = "unsupported-media-type"


class WindowClosed(Problem):
    """409: The intake is closed. The window has closed."""

    slug: ClassVar[str] = "window-closed"


class WindowNotOpen(Problem):
    """409: The intake is not open yet. The window has not opened yet."""

    slug: ClassVar[str] = "window-not-open"


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
    "token-expired": TokenExpired,
    "token-invalid": TokenInvalid,
    "token-missing": TokenMissing,
    "twin-in-flight": TwinInFlight,
    "unavailable": Unavailable,
    "unsupported-media-type": UnsupportedMediaType,
    "window-closed": WindowClosed,
    "window-not-open": WindowNotOpen,
}
