"""What is sent and answered, version 1.1.0 of the contract. Generated: `make clients`."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, ConfigDict, Field
from typing_extensions import TypeAliasType

from kcity_client._model import Model


class Aggregation(Model):
    """How a case's sheets become one total: ``trimmed_mean`` leaves the highest and the lowest sheet out."""

    method: Literal["mean", "trimmed_mean", "median"]
    min_sheets: int


class Appeal(Model):
    """Days from the notice to file an appeal, and from the appeal to its answer."""

    answer_within_days: int
    file_within_days: int


class ApplicationIn(Model):
    """Which call and track to begin a draft in."""

    call_code: str
    track: Literal["planning", "demonstration"]


class AssignedReviewer(Model):
    """A reviewer of a case; nothing of their scores."""

    assigned_at: AwareDatetime
    assignment_id: UUID
    reviewer_id: UUID


class AssignmentOut(Model):
    """A reviewer's own task."""

    assigned_at: AwareDatetime
    call_id: UUID
    case_id: UUID
    declared: bool
    """
    Whether the reviewer declared to have no conflict of interest
    """
    id: UUID
    sheet: Literal["none", "draft", "submitted"]
    track: Literal["planning", "demonstration"]


class AssignmentsIn(Model):
    """Whom to assign: members of a panel of the case's call and track."""

    reviewer_ids: list[UUID]


class AssignmentsOut(Model):
    """Who reviews the case now."""

    case_id: UUID
    items: list[AssignedReviewer]


class BilingualOut(Model):
    """The same text in Korean and English."""

    en: str | None
    """
    English; null: not published
    """
    ko: str | None
    """
    Korean; null: not published
    """


class BundleOut(Model):
    """The frozen input. Canonical JSON (RFC 8785) of ``bundle`` has the digest ``bundle_sha256``."""

    bundle: dict[str, Any]
    """
    format kcity-evaluation-bundle/1; reviewers by pseudonym
    """
    bundle_sha256: str
    evaluation_id: UUID


CallState = TypeAliasType("CallState", Literal["scheduled", "announced"])
"""
Whether a call is known: ``scheduled`` waits for its announcement instant.
"""


CaseState = TypeAliasType(
    "CaseState",
    Literal[
        "open",
        "eligible",
        "ineligible",
        "in_pre_consulting",
        "ready",
        "evaluated",
        "selected",
        "not_selected",
        "withdrawn",
    ],
)
"""
Where a case stands. ``selected`` and ``not_selected`` are first set by the announcement itself.
"""


class CatalogCallOut(Model):
    """The call a project was selected in."""

    code: str
    id: UUID
    name: BilingualOut | None
    year: int


class ClockOut(Model):
    """Where the clock stands and which processes of this service stand there with it."""

    acknowledged_by: list[str]
    instant: AwareDatetime | None
    name: str | None
    step: int
    """
    0 before the first step: the clock runs in real time
    """
    waiting_for: list[str]


class CommentOut(Model):
    """A reviewer's words on one criterion, without who said it."""

    comment: str
    criterion: str


ConflictKind = TypeAliasType("ConflictKind", Literal["exclusion", "recusal"])
"""
제척 (excluded by rule) or 회피 (steps back). Source: programme, "Rules used by analogy".
"""


ConflictReason = TypeAliasType(
    "ConflictReason",
    Literal["employment", "family", "financial_interest", "joint_work", "advised_the_applicant", "other"],
)
"""
Why there is a conflict, as a code: no names, no free text.
"""


class ContactOut(Model):
    """Whom to write to; reading it is written down."""

    email: str
    id: UUID
    language: Literal["ko", "en"]
    name: str


class ContactPatch(Model):
    """Whom to write to: personal data, kept apart and erasable."""

    email: str | None = None
    language: Literal["ko", "en"] | None = None
    name: str | None = None


class CountryOut(Model):
    """A country."""

    iso2: str
    """
    ISO 3166-1 alpha-2
    """
    name: BilingualOut | None


class CountsOut(Model):
    """Counted projects; `plan` are plans of unknown kind, `countries` those that are published."""

    countries: int
    demonstration: int
    development_plan: int
    plan: int
    projects: int
    solution_plan: int


class DatabaseOut(Model):
    """The service's own database."""

    expected_revision: str | None
    """
    The one this code was written for
    """
    revision: str | None
    """
    The migration it stands at
    """
    timeline: int
    """
    PostgreSQL's time line: a new one after a restore or a fail-over
    """
    version: str


class DeadLetterOut(Model):
    """A record that is no event of ours; neither key nor content is shown."""

    consumer: str
    id: int
    offset: int
    partition: int
    reason: str
    received_at: AwareDatetime
    size_bytes: int
    topic: str


class DeclarationIn(Model):
    """Whether there is a conflict of interest; kind and reason with a conflict only."""

    has_conflict: bool
    kind: ConflictKind | None = None
    """
    exclusion: by rule; recusal: steps back
    """
    reason_code: ConflictReason | None = None


class DependencyOut(Model):
    """Something this process needs and asked just now."""

    answers: bool
    detail: str | None
    """
    Why not
    """
    name: str


class EligibilityIn(Model):
    """The decision of the secretariat."""

    eligible: bool
    note: str | None = None
    """
    For officers only
    """
    unmet_rules: list[str] | None = []
    """
    Codes of the call's eligibility rules; for ineligible ≥ 1
    """


class EligibilityOut(Model):
    """How the case was screened."""

    decided_at: AwareDatetime | None
    eligible: bool
    note: str | None
    """
    Internal; null for everybody but officers
    """
    unmet_rules: list[str]
    """
    Codes of the call's rules that are not met
    """


class EvaluationIn(Model):
    """What to close."""

    call_id: UUID
    track: Literal["planning", "demonstration"]


class EvaluationOut(Model):
    """A closed evaluation with the digests (hex SHA-256) of its input and result; no outcome."""

    bundle_sha256: str
    call_id: UUID
    closed_at: AwareDatetime
    id: UUID
    ranking_sha256: str
    track: Literal["planning", "demonstration"]


class FigureOut(Model):
    """A number with what it counts and where that can be checked."""

    basis: BilingualOut
    """
    What is counted, in words to show beside the number
    """
    source: str
    """
    A document, or the address of the list that was counted
    """
    value: int | None
    """
    null: not published
    """


class Finding(Model):
    """One thing that is missing or wrong. `pointer`: JSON pointer into the application."""

    message: str
    pointer: str
    reason: str


class Health(Model):
    """The process is alive."""

    rehearsal: bool
    """
    Whether this is a rehearsal, whose clock can be stepped
    """
    service: Literal["intake", "review", "notification", "catalog"]
    status: str


class HeldEventOut(Model):
    """A received event that is not applied yet; its body is not shown."""

    aggregate_id: UUID
    consumer: str
    event_id: UUID
    held_at: AwareDatetime
    not_before: AwareDatetime
    """
    When it is tried again, unless parked
    """
    parked_at: AwareDatetime | None
    """
    Since when it waits for an operator
    """
    reason: str
    sequence: int
    topic: str
    tries: int
    type: str


HeldReason = TypeAliasType("HeldReason", Literal["contact_erased", "address_unusable", "cannot_be_written"])
"""
Why a message cannot be sent as it is.
"""


IntakeState = TypeAliasType("IntakeState", Literal["draft", "submitted", "withdrawn"])
"""
Where an application stands.
"""


class InvitationOut(Model):
    """An issued invitation; the contact by id."""

    application_id: UUID
    contact_id: UUID
    id: UUID
    issued_at: AwareDatetime
    occasion_code: str


class InvitationsIn(Model):
    """The occasion of the call."""

    occasion_code: str


class InvitationsOut(Model):
    """All invitations of a selection to one occasion."""

    items: list[InvitationOut]
    selection_id: UUID


class KeptAnswer(Model):
    """What a request with the key came to."""

    kept_at: AwareDatetime
    reference: str
    """
    What came out: the id of the resource, in that route's terms
    """
    route: str
    status: int
    """
    HTTP status of the answer
    """


class KeptAnswers(Model):
    """One entry for each route the caller used the key on; usually one."""

    items: list[KeptAnswer]


class LeaseOut(Model):
    """Who relays. The token has risen by one with each change of holder."""

    expires_at: AwareDatetime
    held: bool
    """
    Whether it was in force when it was looked at
    """
    holder: UUID
    token: int


class LineText(Model):
    """A line in Korean (ko), English (en) or both; null removes one of them."""

    en: str | None = None
    ko: str | None = None


class LocalText(Model):
    """The same text by language; at least one is there, a missing one is not published."""

    en: str | None = None
    ko: str | None = None


class Money(Model):
    """What can be asked for, in won."""

    matching_funds: Literal["none", "optional", "required"] | None = "none"
    max_labour_share: str | None = None
    max_support_krw: int


NotificationState = TypeAliasType(
    "NotificationState",
    Literal["waiting_for_contact", "queued", "sending", "delivered", "bounced", "failed", "held"],
)
"""
Where a message stands.
"""


class Occasion(Model):
    """An event that officials of selected cities are invited to."""

    code: str
    ends_on: date
    name: LocalText
    place: LocalText
    starts_on: date
    tracks: list[Literal["planning", "demonstration"]]


Order = TypeAliasType("Order", Literal["number", "-number", "year", "-year"])
"""
How a list is sorted; projects without a number stand behind all numbers.
"""


class OrderOut(Model):
    """What an operator ordered of this service's delivery, and what came of it."""

    ended_at: AwareDatetime | None
    failure: str | None
    """
    Why it did nothing, where it failed
    """
    id: UUID
    kind: Literal["replay", "rebuild"]
    ordered_at: AwareDatetime
    ordered_by: str
    outcome: dict[str, Any] | None
    """
    What it did, once done
    """
    parameters: dict[str, Any]
    started_at: AwareDatetime | None
    state: Literal["waiting", "running", "done", "failed"]


class OrganisationPatch(Model):
    """Who applies."""

    business_number: str | None = None
    country_iso2: str | None = None
    kind: (
        Literal["central_government", "local_government", "international_organisation", "korean_company"]
        | None
    ) = None
    name: LineText | None = None


class OutboxOut(Model):
    """Events committed and not yet on the bus."""

    oldest_seconds: float
    """
    How long the oldest has waited; 0 when none waits
    """
    waiting: int


class PageAssignmentOut(Model):
    items: list[AssignmentOut]
    next_cursor: str | None
    """
    Cursor of the next page; null on the last one
    """


class PageDeadLetterOut(Model):
    items: list[DeadLetterOut]
    next_cursor: str | None
    """
    Cursor of the next page; null on the last one
    """


class PageHeldEventOut(Model):
    items: list[HeldEventOut]
    next_cursor: str | None
    """
    Cursor of the next page; null on the last one
    """


class PageOrderOut(Model):
    items: list[OrderOut]
    next_cursor: str | None
    """
    Cursor of the next page; null on the last one
    """


class PanelIn(Model):
    """Who may review a track of a call."""

    call_id: UUID
    reviewer_ids: list[UUID]
    track: Literal["planning", "demonstration"]


class PanelOut(Model):
    """A panel."""

    call_id: UUID
    created_at: AwareDatetime
    id: UUID
    reviewer_ids: list[UUID]
    track: Literal["planning", "demonstration"]


class ParagraphText(Model):
    """A text in Korean (ko), English (en) or both; null removes one of them."""

    en: str | None = None
    ko: str | None = None


class PartnerPatch(Model):
    """The partner body abroad, and whom to ask for its confirmation."""

    contact: ContactPatch | None = None
    kind: Literal["central_government", "local_government", "public_institution", "university"] | None = None
    name: LineText | None = None


class PreConsultingIn(Model):
    """Who advises: a registered reviewer, who will not review this case."""

    adviser_id: UUID


class ProjectPatch(Model):
    """What is applied for. `requested_amount_krw`: whole won."""

    city: LineText | None = None
    country_iso2: str | None = None
    project_type: Literal["development_plan", "solution_plan", "demonstration"] | None = None
    requested_amount_krw: int | None = None
    summary: ParagraphText | None = None
    title: LineText | None = None


ProjectState = TypeAliasType("ProjectState", Literal["selected", "completed"])
"""
Where a project stands: announced as selected, or counted by the ministry as completed.
"""


ProjectType = TypeAliasType(
    "ProjectType", Literal["development_plan", "solution_plan", "plan", "demonstration"]
)
"""
What a city gets. ``plan``: a planning project of which no source says which of the two kinds it is.
"""


class ProposalTrail(Model):
    """Who proposed and decided; for officers only."""

    decided_at: AwareDatetime | None
    decided_by: str | None
    evaluation_id: UUID
    proposed_at: AwareDatetime
    proposed_by: str
    ranking_sha256: str
    rejection_reason: str | None


class Quota(Model):
    """How many are selected."""

    max: int
    min: int


class Readiness(Model):
    """Whether the process should get requests, and if not, why."""

    ready: bool
    reasons: list[str]


Reason = TypeAliasType(
    "Reason",
    Literal["selected", "below_threshold", "quota_full", "country_cap", "budget_exhausted", "after_misfit"],
)
"""
Why. ``after_misfit``: an earlier case did not fit the budget, and the call says stop.
"""


class RebuildIn(Model):
    """Empty this service's copies and fill them again from the topics; or only check that it would agree."""

    check_only: bool | None = True
    """
    Compare the digests and leave everything as it is
    """
    kind: Literal["rebuild"]


class ReceiptKeys(Model):
    """JSON Web Key Set (RFC 7517) that verifies receipts."""

    keys: list[dict[str, Any]]


class ReceiptOut(Model):
    """Proof that an application was received: all but `signature` is what was signed."""

    application_id: UUID
    arrived_at: AwareDatetime
    """
    When the request arrived, by the authority clock
    """
    call: str
    clock_bound_ms: int
    """
    How far arrived_at may be off, rounded up
    """
    digest: str
    """
    Hex SHA-256 of the canonical application
    """
    receipt_no: str
    rehearsal: bool
    """
    True: nothing was really received
    """
    revision: int
    signature: str
    """
    JWS compact (Ed25519); its keys are at /v1/receipt-keys
    """
    track: Literal["planning", "demonstration"]


class RedriveIn(Model):
    """Which key: an aggregate has one sequence in each topic."""

    topic: str


class RedriveOut(Model):
    """What was released."""

    aggregate_id: UUID
    released: int
    """
    Parked events that are tried again now; those behind them follow
    """
    topic: str


class RejectionIn(Model):
    """Why the proposal is rejected."""

    reason: str


class ReplayIn(Model):
    """Publish the journal again: all of it, or what the filters leave. Consumers know what they have."""

    aggregate_id: UUID | None = None
    kind: Literal["replay"]
    since_journal_id: int | None = 1
    topic: str | None = None


class ReportIn(Model):
    """The adviser's report."""

    recommendations: list[str]
    text: str


class RequiredDocument(Model):
    """A document an application must (or may) carry."""

    kind: str
    max_bytes: int | None = 20971520
    media_types: list[str] | None = ["application/pdf"]
    name: LocalText
    required: bool | None = True


class ReviewDocumentOut(Model):
    """A submitted document by its digest (hex SHA-256)."""

    document_id: UUID
    file_name: str
    kind: str
    media_type: str
    sha256: str
    size_bytes: int


class ReviewOrganisationOut(Model):
    """Who applies."""

    business_number: str | None
    country_iso2: str
    kind: Literal["central_government", "local_government", "international_organisation", "korean_company"]
    name: LocalText
    organisation_id: UUID


class ReviewPartnerOut(Model):
    """The partner body abroad; its contact stays inside."""

    kind: Literal["central_government", "local_government", "public_institution", "university"]
    name: LocalText


class ReviewProjectOut(Model):
    """What is applied for; the amount in won."""

    city: LocalText
    country_iso2: str
    project_type: str
    requested_amount_krw: int
    summary: LocalText
    title: LocalText


class ReviewerIn(Model):
    """An expert by the subject (``sub``) of their token; no names here."""

    expertise: list[str]
    languages: list[Literal["ko", "en"]]
    organisation_ids: list[UUID] | None = []
    """
    Organisations they belong to: they review none of theirs
    """
    subject: str


class ReviewerOut(Model):
    """A registered reviewer."""

    expertise: list[str]
    id: UUID
    languages: list[str]
    organisation_ids: list[UUID]
    registered_at: AwareDatetime
    subject: str


class RevisedTextIn(Model):
    """Text of a revised proposal in Korean, English or both."""

    en: str | None = None
    ko: str | None = None


Role = TypeAliasType(
    "Role", Literal["applicant", "secretariat_officer", "ministry_officer", "reviewer", "system", "operator"]
)
"""
The roles of the programme (token claim ``roles``). Source: programme, "Who uses the system".
"""


ScanState = TypeAliasType("ScanState", Literal["not_scanned", "pending", "clean", "infected"])
"""
What is known about malware in a document.
"""


class ScoreIn(Model):
    """Whole points on one criterion, 0 to its ``max_points``, and why: applicants read the comment."""

    comment: str
    criterion: str
    points: int


class Secretariat(Model):
    """Who runs the track."""

    code: str
    name: LocalText


class SelectionIn(Model):
    """What to announce, and when."""

    announce_at: AwareDatetime
    """
    Embargo: nothing is visible before this instant
    """
    evaluation_id: UUID


SelectionState = TypeAliasType("SelectionState", Literal["proposed", "approved", "rejected", "announced"])
"""
Where a selection stands.
"""


class SheetIn(Model):
    """The whole sheet; a draft may leave criteria out."""

    scores: list[ScoreIn]


class SheetOut(Model):
    """The reviewer's own sheet; its revision is the ETag (``"0"`` before the first draft)."""

    assignment_id: UUID
    scores: list[ScoreIn]
    submitted_at: AwareDatetime | None


Standing = TypeAliasType("Standing", Literal["selected", "reserve", "not_selected"])
"""
What became of a case. ``reserve``: over the threshold, but not selected.
"""


class StepIn(Model):
    """Where to set the clock."""

    instant: AwareDatetime
    name: str


Template = TypeAliasType(
    "Template",
    Literal[
        "receipt",
        "partner_confirmation_request",
        "decision_eligible",
        "decision_ineligible",
        "selection",
        "non_selection",
        "expo_invitation",
    ],
)
"""
What a message tells.
"""


class TemplateOut(Model):
    """A template that messages are written with."""

    languages: list[Literal["ko", "en"]]
    name: Template
    version: int
    """
    What new messages are written with
    """


class TemplatesOut(Model):
    """All templates."""

    items: list[TemplateOut]


class TextOut(Model):
    """A text by language; one that was not given is null."""

    en: str | None = None
    ko: str | None = None


class TimeOut(Model):
    """The authority's time: what deadlines are measured by."""

    bound_ms: float
    """
    How far `now` may be off, milliseconds
    """
    now: AwareDatetime
    """
    Business time, UTC
    """
    rehearsal: bool
    """
    True: a rehearsal, whose time is stepped by its operator
    """
    time_zone: str | None = "Asia/Seoul"
    """
    Where deadlines are announced
    """


class TotalOut(Model):
    """One measure three times: published by the ministry, counted as completed, counted as selected since."""

    completed: FigureOut
    measure: Literal["projects", "countries", "development_plan", "solution_plan", "plan", "demonstration"]
    published: FigureOut
    selected: FigureOut


class Violation(Model):
    """One thing that is wrong, and where"""

    message: str
    pointer: str
    """
    JSON pointer (RFC 6901) from body, query, path or header
    """
    reason: str
    """
    Stable word for what is wrong there
    """


class WaitingKeysOut(Model):
    """Received events that are not applied yet, and how many keys (topic and aggregate) they belong to."""

    events: int
    keys: int
    oldest_seconds: float
    """
    How long the oldest has been held; 0 when there is none
    """


class Window(Model):
    """Half open ``[opens_at, closes_at)``. Rolling intake has no closing; ``cut_off_at`` ends the year's round."""

    closes_at: AwareDatetime | None = None
    cut_off_at: AwareDatetime | None = None
    """
    rolling intake: later proposals roll over to the next year
    """
    opens_at: AwareDatetime


WindowState = TypeAliasType("WindowState", Literal["not_open", "open", "closed"])
"""
A window at one instant.
"""


class YearOut(Model):
    """The projects selected in one year."""

    completed: CountsOut
    selected: CountsOut
    selection_year: int


class AnnouncedOrganisation(Model):
    """Who is selected."""

    country_iso2: str
    kind: str
    name: LocalText


class AnnouncedProject(Model):
    """What is selected."""

    city: LocalText
    country_iso2: str
    project_type: str
    summary: LocalText
    title: LocalText


class ApplicationPatch(Model):
    """Sections to merge into the draft (RFC 7396): what is absent stays, null removes."""

    answers: dict[str, Any] | None = None
    """
    By the track's form; an unfinished draft may leave some out
    """
    contact: ContactPatch | None = None
    organisation: OrganisationPatch | None = None
    partner: PartnerPatch | None = None
    project: ProjectPatch | None = None


class ApplicationSummary(Model):
    """One line of a list: no personal data."""

    call_code: str
    changed_at: AwareDatetime
    created_at: AwareDatetime
    id: UUID
    organisation_id: UUID
    receipt_no: str | None
    revision: int
    state: IntakeState
    submitted_at: AwareDatetime | None
    title: TextOut | None
    track: Literal["planning", "demonstration"]


class Assumption(Model):
    """A value that no public source gives: shown as assumed wherever it is shown."""

    note: LocalText
    pointer: str


class CallSummary(Model):
    """One line of the list of calls."""

    announced_at: AwareDatetime
    call_id: UUID
    code: str
    name: LocalText
    state: CallState
    version: int
    year: int


class CaseSummary(Model):
    """A case in a list."""

    application_id: UUID
    arrived_at: AwareDatetime
    call_id: UUID
    city: LocalText
    country_iso2: str
    id: UUID
    organisation_name: LocalText
    project_title: LocalText
    receipt_no: str
    rolls_over: bool
    """
    Came after the year's cut-off: waits for the next round
    """
    state: CaseState
    track: Literal["planning", "demonstration"]


class CatalogProjectOut(Model):
    """A project of the catalogue. Every `null` means: not published in any source that we know."""

    call: CatalogCallOut | None
    """
    Call of a selected project; null: not published
    """
    city: BilingualOut | None
    """
    City or region; null: not published
    """
    country: CountryOut | None
    """
    null: not published
    """
    id: UUID
    note: str | None
    """
    A remark on the sources; null: there is none
    """
    number: int | None
    """
    Its number in the list of completed projects; null: it has none (yet)
    """
    organisation: BilingualOut | None
    """
    Who carries it out (completed), or applied for it (selected); null: not published
    """
    partner: BilingualOut | None
    """
    Partner body abroad; null: not published
    """
    published_at: AwareDatetime
    """
    Since when it stands in this catalogue
    """
    selection_id: UUID | None
    """
    The announced selection that is the source of a selected project; null for completed ones
    """
    selection_year: int
    """
    Year of selection, not of completion
    """
    sources: list[str]
    """
    Addresses of the public text that says so
    """
    state: ProjectState
    support_krw: int | None
    """
    Support in won; null: not published
    """
    title: BilingualOut | None
    """
    null: not published
    """
    type: ProjectType
    """
    `plan`: a planning project of which no source says whether it is a development plan or a solution plan
    """


class CompletenessOut(Model):
    """Whether the application could be submitted in its window, and what still keeps it from that."""

    complete: bool
    findings: list[Finding]
    revision: int


class CountryRowOut(Model):
    """The projects in one country."""

    completed: CountsOut
    country: CountryOut | None
    """
    null: not published
    """
    selected: CountsOut


class Criterion(Model):
    """Scored 0 to ``max_points``; the weights of a track's criteria add up to 100."""

    code: str
    max_points: int | None = 100
    name: LocalText
    weight: int


class DeliveryOut(Model):
    """The facts of one service's delivery; what they cost grows with what waits, not with history."""

    clock_bound_ms: float
    """
    How far this process's stamps may be off; 50 are allowed
    """
    cluster_id: str | None
    """
    The Kafka cluster last published to
    """
    cluster_seen_at: AwareDatetime | None
    database: DatabaseOut
    dead_letters: int
    """
    Records that are no events; counted up to 10000
    """
    dependencies: list[DependencyOut]
    held: WaitingKeysOut
    journal_rows_at_most: int
    """
    The highest journal id; rolled back ones leave holes
    """
    last_rebuild: OrderOut | None
    lease: LeaseOut | None
    """
    null: no relay ever ran on this database
    """
    open_orders: int
    outbox: OutboxOut
    parked: WaitingKeysOut
    service: Literal["intake", "review", "notification", "catalog"]


class EligibilityRule(Model):
    """A rule that screening decides on; its code is the reason an applicant is given."""

    code: str
    text: LocalText


class IntakeDocumentOut(Model):
    """What is known of a document; its bytes are at `/v1/documents/{id}/content`."""

    application_id: UUID
    file_name: str
    id: UUID
    kind: str
    media_type: str
    scan_state: ScanState
    """
    What is known about malware in it
    """
    sha256: str
    """
    Hex SHA-256 of the bytes
    """
    size_bytes: int
    uploaded_at: AwareDatetime


class IntakeOrganisationOut(Model):
    """Who applies."""

    business_number: str | None = None
    country_iso2: str | None = None
    kind: (
        Literal["central_government", "local_government", "international_organisation", "korean_company"]
        | None
    ) = None
    name: TextOut | None = None


class IntakePartnerOut(Model):
    """The partner body abroad. `confirmed_at`: when it confirmed by its link."""

    confirmed_at: AwareDatetime | None = None
    contact: ContactOut | None = None
    kind: Literal["central_government", "local_government", "public_institution", "university"] | None = None
    name: TextOut | None = None


class IntakeProjectOut(Model):
    """What is applied for."""

    city: TextOut | None = None
    country_iso2: str | None = None
    project_type: Literal["development_plan", "solution_plan", "demonstration"] | None = None
    requested_amount_krw: int | None = None
    summary: TextOut | None = None
    title: TextOut | None = None


class Me(Model):
    """What the access token says of its bearer. It names nobody: the issuer knows the person."""

    machine: bool
    """
    Whether this is another system, which may do what its scopes say
    """
    operations: list[str]
    """
    Ids of this service's operations that role and scopes open; on which objects, the operation says
    """
    organisation_id: UUID | None
    """
    Whose applications an applicant owns
    """
    roles: list[Role]
    scopes: list[str]
    """
    What the token was granted; people need none
    """
    subject: str
    """
    Stable id of the person or system
    """
    token_expires_at: AwareDatetime | None
    """
    When the token ends, in real time
    """
    tracks: list[Literal["planning", "demonstration"]]
    """
    The tracks that a secretariat officer runs
    """


class MessageOut(Model):
    """One message and where it stands."""

    application_id: UUID
    attempts: int
    cause_event_id: UUID
    """
    The event that this message tells of
    """
    caused_at: AwareDatetime
    """
    When that happened (business time)
    """
    contact_id: UUID
    held_reason: HeldReason | None
    """
    Why it cannot be sent as it is; for `held` only
    """
    id: UUID
    language: Literal["ko", "en"] | None
    """
    null until its contact is known
    """
    last_smtp_code: int | None
    """
    The mail server's last answer
    """
    message_id: str
    """
    Its Message-ID header, the same for every copy
    """
    next_attempt_at: AwareDatetime | None
    """
    Real time; for `queued` and `failed` only
    """
    queued_at: AwareDatetime | None
    """
    Its Date (real time); null while it waits for its contact
    """
    settled_at: AwareDatetime | None
    """
    When it was delivered or bounced (business time)
    """
    state: NotificationState
    template: Template
    template_version: int
    track: Literal["planning", "demonstration"]


class PageApplicationSummary(Model):
    items: list[ApplicationSummary]
    next_cursor: str | None
    """
    Cursor of the next page; null on the last one
    """


class PageCallSummary(Model):
    items: list[CallSummary]
    next_cursor: str | None
    """
    Cursor of the next page; null on the last one
    """


class PageCaseSummary(Model):
    items: list[CaseSummary]
    next_cursor: str | None
    """
    Cursor of the next page; null on the last one
    """


class PageMessageOut(Model):
    items: list[MessageOut]
    next_cursor: str | None
    """
    Cursor of the next page; null on the last one
    """


class PagePanelOut(Model):
    items: list[PanelOut]
    next_cursor: str | None
    """
    Cursor of the next page; null on the last one
    """


class PageProjectOut(Model):
    items: list[CatalogProjectOut]
    next_cursor: str | None
    """
    Cursor of the next page; null on the last one
    """


class PageReviewerOut(Model):
    items: list[ReviewerOut]
    next_cursor: str | None
    """
    Cursor of the next page; null on the last one
    """


class PartnerConfirmationOut(Model):
    """What is confirmed, and whether it was."""

    applicant: TextOut
    call_code: str
    city: TextOut
    confirmed_at: AwareDatetime | None
    country_iso2: str
    partner: TextOut
    project_title: TextOut
    rehearsal: bool
    """
    True: nothing is really confirmed
    """
    state: Literal["open", "confirmed", "withdrawn"]


class PlaceOut(Model):
    """A case in its rank; points as decimal strings of six places, money in won."""

    application_id: UUID
    case_id: UUID
    country_iso2: str
    criteria: dict[str, str]
    """
    Aggregated points by criterion: what decides ties
    """
    rank: int
    reason: Reason
    receipt_no: str
    sheets_counted: int
    state: Standing
    support_krw: int
    total: str


class PreviewOut(Model):
    """A template with made-up values."""

    html: str
    """
    The same as a page
    """
    language: Literal["ko", "en"]
    name: Template
    subject: str
    text: str
    """
    The plain text
    """
    version: int


class Problem(Model):
    """Why a request was refused (RFC 9457). Branch on `type`; other members tell the facts of the case."""

    model_config = ConfigDict(
        extra="allow",
    )
    detail: str | None = None
    errors: list[Violation] | None = None
    request_id: str | None = None
    status: int
    title: str
    type: str
    """
    Stable; ends in the problem's name
    """


class ProposalOut(Model):
    """The proposal as submitted. ``digest``: hex SHA-256 as in the receipt."""

    answers: dict[str, Any]
    digest: str
    documents: list[ReviewDocumentOut]
    organisation: ReviewOrganisationOut
    partner: ReviewPartnerOut | None
    project: ReviewProjectOut


class RankingContent(Model):
    """The result to the letter: its canonical JSON (RFC 8785) has the digest ``ranking_sha256``."""

    bundle_sha256: str
    format: Literal["kcity-ranking/1"]
    places: list[PlaceOut]
    quota_min_reached: bool
    selected_count: int
    support_total_krw: int


class RankingOut(Model):
    """A ranking and its digest."""

    evaluation_id: UUID
    ranking: RankingContent
    ranking_sha256: str


class ResultOut(Model):
    """What the applicant is told: never a single reviewer's scores."""

    announced_at: AwareDatetime
    application_id: UUID
    comments: list[CommentOut]
    outcome: Standing
    receipt_no: str
    reviewers: list[str]
    """
    Pseudonyms
    """
    total_points: str


class RevisedProposalIn(Model):
    """What the applicant makes of the advice; the submitted proposal stays beside it."""

    changes: str
    """
    What was changed, and why
    """
    requested_amount_krw: int
    summary: RevisedTextIn
    title: RevisedTextIn


class SelectedOut(Model):
    """A selected project as the public sees it; support in won."""

    application_id: UUID
    organisation: AnnouncedOrganisation
    partner_name: LocalText | None
    project: AnnouncedProject
    rank: int
    support_krw: int


class SelectionOut(Model):
    """A selection. The public meets announced ones only; ``selected`` is null before the announcement."""

    announce_at: AwareDatetime
    announced_at: AwareDatetime | None
    call_id: UUID
    id: UUID
    selected: list[SelectedOut] | None
    state: SelectionState
    track: Literal["planning", "demonstration"]
    trail: ProposalTrail | None
    """
    Null for everybody but officers of the track
    """


class SelectionRules(Model):
    """From ranking to selection. ``on_misfit``: what happens at a case the budget no longer covers."""

    aggregation: Aggregation
    budget_krw: int
    criteria: list[Criterion]
    max_per_country: int | None = None
    on_misfit: Literal["skip", "stop"] | None = "skip"
    quota: Quota
    threshold_points: str
    tie_break: list[str]
    """
    criterion codes in order of precedence, then 'earlier_submission'
    """


class StatisticsOut(Model):
    """What can be counted, beside what the ministry published: the two differ where values are not published."""

    by_country: list[CountryRowOut]
    """
    Counted from the same lists as `totals`, by country code; the last row may have country null: not published
    """
    by_year: list[YearOut]
    """
    Counted from the same lists as `totals`, oldest year first
    """
    countries_added: FigureOut
    """
    Countries that only selected projects have
    """
    totals: list[TotalOut]


class TrackDefinition(Model):
    """One track of the call."""

    appeal: Appeal
    applicant_kinds: list[
        Literal["central_government", "local_government", "international_organisation", "korean_company"]
    ]
    documents: list[RequiredDocument]
    eligibility: list[EligibilityRule]
    form: dict[str, Any]
    """
    JSON Schema (2020-12) of the answers
    """
    letter: str
    """
    stands in receipt numbers
    """
    money: Money
    name: LocalText
    partner_kinds: (
        list[Literal["central_government", "local_government", "public_institution", "university"]] | None
    ) = []
    partner_required: bool
    pre_consulting: bool
    result_expected: LocalText
    secretariat: Secretariat
    selection: SelectionRules
    track: Literal["planning", "demonstration"]
    window: Window


class WindowOut(Model):
    """A window and its state at the moment of the answer."""

    closes_at: AwareDatetime | None = None
    cut_off_at: AwareDatetime | None = None
    """
    rolling intake: later proposals roll over to the next year
    """
    opens_at: AwareDatetime
    state: WindowState


class ApplicationOut(Model):
    """An application as it stands."""

    answers: dict[str, Any]
    call_code: str
    changed_at: AwareDatetime
    complete: bool
    """
    Whether nothing is missing or wrong; see completeness
    """
    contact: ContactOut | None
    created_at: AwareDatetime
    documents: list[IntakeDocumentOut]
    id: UUID
    organisation: IntakeOrganisationOut
    organisation_id: UUID
    partner: IntakePartnerOut | None
    project: IntakeProjectOut
    revision: int
    """
    Counts the changes of its content
    """
    state: IntakeState
    submitted_at: AwareDatetime | None
    track: Literal["planning", "demonstration"]
    withdrawn_at: AwareDatetime | None


class CallDefinition(Model):
    """A whole call. Nothing of it is visible before ``announced_at``."""

    announced_at: AwareDatetime
    assumptions: Annotated[list[Assumption] | None, Field(validate_default=True)] = []
    code: str
    host: LocalText
    name: LocalText
    occasions: Annotated[list[Occasion] | None, Field(validate_default=True)] = []
    sources: list[str] | None = []
    time_zone: Literal["Asia/Seoul"] = "Asia/Seoul"
    tracks: list[TrackDefinition]
    year: int


class CaseOut(Model):
    """A case. It never carries scores or anything of an outcome before the announcement."""

    application_id: UUID
    arrived_at: AwareDatetime
    call_id: UUID
    eligibility: EligibilityOut | None
    id: UUID
    opened_at: AwareDatetime
    partner_confirmed_at: AwareDatetime | None
    proposal: ProposalOut
    receipt_no: str
    revised_project: ReviewProjectOut | None
    """
    What a completed pre-consulting made of the project: this is what is evaluated
    """
    rolls_over: bool
    state: CaseState
    track: Literal["planning", "demonstration"]
    withdrawn_at: AwareDatetime | None


class Documents(Model):
    """The documents of an application, one of each kind."""

    items: list[IntakeDocumentOut]


class PageSelectionOut(Model):
    items: list[SelectionOut]
    next_cursor: str | None
    """
    Cursor of the next page; null on the last one
    """


class PreConsultingOut(Model):
    """The state of a pre-consulting; its revision is the ETag."""

    adviser_id: UUID
    case_id: UUID
    completed_at: AwareDatetime | None
    report: ReportIn | None
    revised_proposal: RevisedProposalIn | None
    started_at: AwareDatetime


class TrackOut(Model):
    """A track."""

    appeal: Appeal
    applicant_kinds: list[
        Literal["central_government", "local_government", "international_organisation", "korean_company"]
    ]
    documents: list[RequiredDocument]
    eligibility: list[EligibilityRule]
    form: dict[str, Any]
    """
    JSON Schema (2020-12) of the answers
    """
    letter: str
    """
    stands in receipt numbers
    """
    money: Money
    name: LocalText
    partner_kinds: (
        list[Literal["central_government", "local_government", "public_institution", "university"]] | None
    ) = []
    partner_required: bool
    pre_consulting: bool
    result_expected: LocalText
    secretariat: Secretariat
    selection: SelectionRules
    track: Literal["planning", "demonstration"]
    window: WindowOut


class IntakeCallOut(Model):
    """A call: its definition, in which the pointers under `assumptions` show what no public source gives."""

    announced_at: AwareDatetime
    assumptions: Annotated[list[Assumption] | None, Field(validate_default=True)] = []
    call_id: UUID
    code: str
    host: LocalText
    name: LocalText
    occasions: Annotated[list[Occasion] | None, Field(validate_default=True)] = []
    sources: list[str] | None = []
    state: CallState
    time_zone: Literal["Asia/Seoul"] = "Asia/Seoul"
    tracks: list[TrackOut]
    version: int
    """
    Rises with each amendment, such as an extended deadline
    """
    year: int
