"""What is sent and answered, version 1.1.0 of the contract. Generated: `make clients`."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, ConfigDict, Field
from typing_extensions import TypeAliasType

from kcity_client._model import Model


class AppealTerms(Model):
    """Days from the notice to file an appeal, and from the appeal to its answer."""

    answer_within_days: int
    """
    Days from the appeal in which it is answered (이의신청 답변 기간)
    """
    file_within_days: int
    """
    Days from the notice in which an appeal can be filed (이의신청 기간)
    """


class ApplicationIn(Model):
    """Which call and track to begin a draft in."""

    call_code: str
    """
    Code of the call (공모)
    """
    track: Literal["planning", "demonstration"]
    """
    Track (유형): `planning` (계획수립형) or `demonstration` (해외실증형)
    """


class AssignedReviewer(Model):
    """A reviewer of a case; nothing of their scores."""

    assigned_at: AwareDatetime
    """
    When the reviewer was assigned
    """
    assignment_id: UUID
    """
    The reviewer's assignment (배정)
    """
    reviewer_id: UUID
    """
    The reviewer (평가위원)
    """


class AssignmentOut(Model):
    """A reviewer's own task."""

    assigned_at: AwareDatetime
    """
    When the reviewer was assigned
    """
    call_id: UUID
    """
    The call (공모)
    """
    case_id: UUID
    """
    The case (심의 건): one application under review
    """
    declared: bool
    """
    Whether the reviewer declared to have no conflict of interest
    """
    id: UUID
    """
    Its id
    """
    sheet: Literal["none", "draft", "submitted"]
    """
    How far the score sheet is
    """
    track: Literal["planning", "demonstration"]
    """
    Track (유형): `planning` (계획수립형) or `demonstration` (해외실증형)
    """


class AssignmentOutPage(Model):
    """One page of a list"""

    items: list[AssignmentOut]
    """
    What the list holds, in its stable order
    """
    next_cursor: str | None
    """
    Cursor of the next page; null on the last one
    """


class AssignmentsIn(Model):
    """Whom to assign: members of a panel of the case's call and track."""

    reviewer_ids: list[UUID]
    """
    The reviewers (평가위원)
    """


class AssignmentsOut(Model):
    """Who reviews the case now."""

    case_id: UUID
    """
    The case (심의 건): one application under review
    """
    items: list[AssignedReviewer]
    """
    What the list holds, in its stable order
    """


class BilingualPatch(Model):
    """One language or both; null takes back what was published."""

    en: str | None = None
    """
    English (영어); null: not given
    """
    ko: str | None = None
    """
    Korean (한국어); null: not given
    """


class BilingualText(Model):
    """The same text in Korean and English."""

    en: str | None
    """
    English; null: not published
    """
    ko: str | None
    """
    Korean; null: not published
    """


CallState = TypeAliasType("CallState", Literal["scheduled", "announced"])
"""
Whether a call is known: ``scheduled`` waits for its announcement instant.
"""


class CallWindow(Model):
    """Half open ``[opens_at, closes_at)``. Rolling intake has no closing; ``cut_off_at`` ends the year's round."""

    closes_at: AwareDatetime | None = None
    """
    The window is open until just before this instant (접수 마감); null: rolling intake (상시접수)
    """
    cut_off_at: AwareDatetime | None = None
    """
    rolling intake: later proposals roll over to the next year
    """
    opens_at: AwareDatetime
    """
    First instant of the window (접수 시작)
    """


CaseStanding = TypeAliasType("CaseStanding", Literal["selected", "reserve", "not_selected"])
"""
What became of a case. ``reserve``: over the threshold, but not selected.
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
    """
    Code of the call (공모)
    """
    id: UUID
    """
    Its id
    """
    name: BilingualText | None
    year: int
    """
    Year of the call
    """


Cause = TypeAliasType(
    "Cause",
    Literal[
        "list",
        "announcement",
        "agreement",
        "start",
        "completion",
        "withdrawal",
        "import",
        "correction",
        "unknown",
    ],
)
"""
Why an entry changed.
"""


class CellChangeOut(Model):
    """One cell that changes."""

    after: str
    """
    What it comes to say; "": not published
    """
    before: str
    """
    What the catalogue says; "": not published
    """
    cell: str | None
    """
    As spreadsheets name it; null: the source given with the import fills it
    """
    column: str
    """
    The column of the table
    """


class ClockOut(Model):
    """Where the clock stands and which processes of this service stand there with it."""

    acknowledged_by: list[str]
    """
    Processes that stand at the step
    """
    instant: AwareDatetime | None
    """
    Business time that the clock stands at
    """
    name: str | None
    """
    What the present step is called; null before the first
    """
    step: int
    """
    0 before the first step: the clock runs in real time
    """
    waiting_for: list[str]
    """
    Processes that do not yet
    """


class CommentOut(Model):
    """A reviewer's words on one criterion, without who said it."""

    comment: str
    """
    What the reviewer says to it; applicants read it, without a name
    """
    criterion: str
    """
    Code of the criterion (평가지표)
    """


class CompletenessFinding(Model):
    """One thing that is missing or wrong. `pointer`: JSON pointer into the application."""

    message: str
    """
    What is wrong there, in a sentence for people
    """
    pointer: str
    """
    Where: a JSON pointer (RFC 6901)
    """
    reason: str
    """
    Why
    """


class CompletenessOut(Model):
    """Whether the application could be submitted in its window, and what still keeps it from that."""

    complete: bool
    """
    Whether nothing is missing or wrong
    """
    findings: list[CompletenessFinding]
    """
    Everything that is missing or wrong
    """
    revision: int
    """
    Counts the changes of its content
    """


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
    """
    The contact person's e-mail address (personal data)
    """
    id: UUID
    """
    Its id
    """
    language: Literal["ko", "en"]
    """
    The language to write in
    """
    name: str
    """
    The contact person's name (personal data)
    """


class ContactPatch(Model):
    """Whom to write to: personal data, kept apart and erasable."""

    email: str | None = None
    """
    The contact person's e-mail address (personal data)
    """
    language: Literal["ko", "en"] | None = None
    """
    The language to write in
    """
    name: str | None = None
    """
    The contact person's name (personal data)
    """


class CountryOut(Model):
    """A country."""

    iso2: str
    """
    ISO 3166-1 alpha-2
    """
    name: BilingualText | None


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
    """
    Version of PostgreSQL
    """


class DayIn(Model):
    """The day of a step."""

    day: date
    """
    By Korean calendar: not to come, and not before the day of what comes before
    """


class DeadLetterOut(Model):
    """A record that is no event of ours; neither key nor content is shown."""

    consumer: str
    """
    The service that consumes
    """
    id: int
    """
    Its id
    """
    offset: int
    """
    Offset in the partition
    """
    partition: int
    """
    Partition of the topic
    """
    reason: str
    """
    Why it is no event of ours
    """
    received_at: AwareDatetime
    """
    When it was read from the topic
    """
    size_bytes: int
    """
    Bytes of it
    """
    topic: str
    """
    The topic
    """


class DeadLetterOutPage(Model):
    """One page of a list"""

    items: list[DeadLetterOut]
    """
    What the list holds, in its stable order
    """
    next_cursor: str | None
    """
    Cursor of the next page; null on the last one
    """


class DeclarationIn(Model):
    """Whether there is a conflict of interest; kind and reason with a conflict only."""

    has_conflict: bool
    """
    Whether there is a conflict of interest (이해충돌 여부)
    """
    kind: ConflictKind | None = None
    """
    exclusion: by rule; recusal: steps back
    """
    reason_code: ConflictReason | None = None


class DeclarationOut(Model):
    """Whether there is a conflict of interest; kind and reason with a conflict only."""

    has_conflict: bool
    """
    Whether there is a conflict of interest (이해충돌 여부)
    """
    kind: ConflictKind | None = None
    """
    exclusion: by rule; recusal: steps back
    """
    reason_code: ConflictReason | None = None


class DependencyOut(Model):
    """Something this process needs and asked just now."""

    answers: bool
    """
    Whether it answered just now
    """
    detail: str | None
    """
    Why not
    """
    name: str
    """
    What is needed, such as `documents`
    """


class EligibilityIn(Model):
    """The decision of the secretariat."""

    eligible: bool
    """
    Whether the case is eligible (적격 여부)
    """
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
    """
    When it was decided; null before
    """
    eligible: bool
    """
    Whether the case is eligible (적격 여부)
    """
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
    """
    The call (공모)
    """
    track: Literal["planning", "demonstration"]
    """
    Track (유형): `planning` (계획수립형) or `demonstration` (해외실증형)
    """


class EvaluationOut(Model):
    """A closed evaluation with the digests (hex SHA-256) of its input and result; no outcome."""

    bundle_sha256: str
    """
    Hex SHA-256 of the canonical input of the ranking
    """
    call_id: UUID
    """
    The call (공모)
    """
    closed_at: AwareDatetime
    """
    When it was closed
    """
    id: UUID
    """
    Its id
    """
    ranking_sha256: str
    """
    Hex SHA-256 of the canonical ranking
    """
    track: Literal["planning", "demonstration"]
    """
    Track (유형): `planning` (계획수립형) or `demonstration` (해외실증형)
    """


class ExplainedFigure(Model):
    """A number with what it counts and where that can be checked."""

    basis: BilingualText
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


Fact = TypeAliasType(
    "Fact",
    Literal[
        "number",
        "stage",
        "type",
        "selection_year",
        "country",
        "city",
        "place_kind",
        "position",
        "title",
        "sectors",
        "organisation",
        "partner",
        "support_krw",
        "agreed_on",
        "started_on",
        "completed_on",
        "sources",
        "fact_sources",
        "note",
    ],
)
"""
What the catalogue says of a project, piece by piece: each has its sources and its history.
"""


class FactSources(Model):
    """Where one fact was taken from, when it is another text than that of the rest."""

    fact: Fact
    sources: list[str]
    """
    The public texts that it was taken from
    """


class FaultOut(Model):
    """One thing that is wrong with the file."""

    cell: str | None
    """
    As spreadsheets name it; null: it is about more than one
    """
    column: str
    """
    Its name in the file; in parentheses where it is not about one
    """
    reason: str
    """
    Says what the cell must be or why it does not do
    """
    row: int
    """
    Row of the file; its header is row 1
    """


class Health(Model):
    """The process is alive."""

    rehearsal: bool
    """
    Whether this is a rehearsal, whose clock can be stepped
    """
    service: Literal["intake", "review", "notification", "catalog"]
    """
    Which service this is
    """
    status: str
    """
    `ok` while the process runs
    """


class HeldEventOut(Model):
    """A received event that is not applied yet; its body is not shown."""

    aggregate_id: UUID
    """
    The thing that the event is about, such as an application or a selection
    """
    consumer: str
    """
    The service that consumes
    """
    event_id: UUID
    """
    The event (CloudEvents `id`)
    """
    held_at: AwareDatetime
    """
    When it was first held back
    """
    not_before: AwareDatetime
    """
    When it is tried again, unless parked
    """
    parked_at: AwareDatetime | None
    """
    Since when it waits for an operator
    """
    reason: str
    """
    Why it was not applied
    """
    sequence: int
    """
    Its place in the dense sequence of its aggregate
    """
    topic: str
    """
    The topic
    """
    tries: int
    """
    How often it was tried to apply
    """
    type: str
    """
    Type of the event, such as `kcity.intake.ApplicationSubmitted.v1`
    """


class HeldEventOutPage(Model):
    """One page of a list"""

    items: list[HeldEventOut]
    """
    What the list holds, in its stable order
    """
    next_cursor: str | None
    """
    Cursor of the next page; null on the last one
    """


HeldReason = TypeAliasType("HeldReason", Literal["contact_erased", "address_unusable", "cannot_be_written"])
"""
Why a message cannot be sent as it is.
"""


class ImplementationOut(Model):
    """How far a selected project is."""

    agreed_on: date | None
    """
    Day of the agreement (협약일); null: not yet
    """
    agreement_due_on: date | None
    """
    One month after the announcement, two where the applicant is abroad; a late agreement is recorded all the same (rule by analogy)
    """
    announced_at: AwareDatetime | None
    """
    When its selection was announced; null: it is not selected, or not announced
    """
    application_id: UUID
    """
    The application (신청서)
    """
    case_id: UUID
    """
    The case (심의 건): one application under review
    """
    completed_on: date | None
    """
    Day of completion (완료일); null: not yet
    """
    started_on: date | None
    """
    Day on which the work began (착수일); null: not yet
    """


ImportState = TypeAliasType("ImportState", Literal["faulty", "previewed", "applied"])
"""
How far an import is: its faults must be put right in the file, or it can be applied, or it was.
"""


class ImportSummary(Model):
    """A file that was given to be imported; the file itself is not kept."""

    applied_at: AwareDatetime | None
    """
    When it was applied (적용 일시); null: it was not
    """
    applied_by: str | None
    """
    The account that applied it
    """
    changed_projects: int
    """
    How many projects it changes
    """
    created_at: AwareDatetime
    """
    When it was begun
    """
    created_by: str
    """
    The account that gave it
    """
    fault_count: int
    """
    At most 1,000 are noted
    """
    file_name: str
    """
    What the file is called
    """
    id: UUID
    """
    Its id
    """
    media_type: str
    """
    Type of the file, as its content was found to be
    """
    rows: int
    """
    Rows with something in them, without the header
    """
    sha256: str
    """
    Of the file's bytes, in hexadecimal digits
    """
    size_bytes: int
    """
    Bytes of it
    """
    source: str | None
    """
    For every new value whose row names no source
    """
    state: ImportState
    """
    `faulty`: nothing can be applied; `previewed`: it can be; `applied`: it was, all of it
    """


class ImportSummaryPage(Model):
    """One page of a list"""

    items: list[ImportSummary]
    """
    What the list holds, in its stable order
    """
    next_cursor: str | None
    """
    Cursor of the next page; null on the last one
    """


IntakeState = TypeAliasType("IntakeState", Literal["draft", "submitted", "withdrawn"])
"""
Where an application stands.
"""


class InvitationOut(Model):
    """An issued invitation; the contact by id."""

    application_id: UUID
    """
    The application (신청서)
    """
    contact_id: UUID
    """
    The contact person, by id only
    """
    id: UUID
    """
    Its id
    """
    issued_at: AwareDatetime
    """
    When it was issued
    """
    occasion_code: str
    """
    Code of the occasion in the call
    """


class InvitationsIn(Model):
    """The occasion of the call."""

    occasion_code: str
    """
    Code of the occasion in the call
    """


class InvitationsOut(Model):
    """All invitations of a selection to one occasion."""

    items: list[InvitationOut]
    """
    What the list holds, in its stable order
    """
    selection_id: UUID
    """
    The selection (선정)
    """


class KeptAnswer(Model):
    """What a request with the key came to."""

    kept_at: AwareDatetime
    """
    When the request was done
    """
    reference: str
    """
    What came out: the id of the resource, in that route's terms
    """
    route: str
    """
    Method and path template of the request
    """
    status: int
    """
    HTTP status of the answer
    """


class KeptAnswers(Model):
    """One entry for each route the caller used the key on; usually one."""

    items: list[KeptAnswer]
    """
    What the list holds, in its stable order
    """


class LineText(Model):
    """A line in Korean (ko), English (en) or both; null removes one of them."""

    en: str | None = None
    """
    English (영어); null: not given
    """
    ko: str | None = None
    """
    Korean (한국어); null: not given
    """


class LocalText(Model):
    """The same text by language; at least one is there, a missing one is not published."""

    en: str | None = None
    """
    English (영어); null: not given
    """
    ko: str | None = None
    """
    Korean (한국어); null: not given
    """


Match = TypeAliasType("Match", Literal["all", "some"])
"""
How much of a question the projects found answer: all of its words, or at least half of those that are known.
"""


MessageTemplate = TypeAliasType(
    "MessageTemplate",
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


class MoneyRules(Model):
    """What can be asked for, in won."""

    matching_funds: Literal["none", "optional", "required"] | None = "none"
    """
    Whether the applicant adds funds of its own (대응자금)
    """
    max_labour_share: str | None = None
    """
    Most share of labour in the support, as a decimal string (인건비 비율 상한); null: no limit
    """
    max_support_krw: int
    """
    Most support for one project, in won (최대 지원금, 원)
    """


NotificationState = TypeAliasType(
    "NotificationState",
    Literal["waiting_for_contact", "queued", "sending", "delivered", "bounced", "failed", "held"],
)
"""
Where a message stands.
"""


class OrderOut(Model):
    """What an operator ordered of this service's delivery, and what came of it."""

    ended_at: AwareDatetime | None
    """
    When it ended; null before
    """
    failure: str | None
    """
    Why it did nothing, where it failed
    """
    id: UUID
    """
    Its id
    """
    kind: Literal["replay", "rebuild"]
    """
    What is ordered
    """
    ordered_at: AwareDatetime
    """
    When it was ordered
    """
    ordered_by: str
    """
    Subject of the operator
    """
    outcome: dict[str, Any] | None
    """
    What it did, once done
    """
    parameters: dict[str, Any]
    """
    What the order was given with
    """
    started_at: AwareDatetime | None
    """
    When it began; null before
    """
    state: Literal["waiting", "running", "done", "failed"]
    """
    Where it stands
    """


class OrderOutPage(Model):
    """One page of a list"""

    items: list[OrderOut]
    """
    What the list holds, in its stable order
    """
    next_cursor: str | None
    """
    Cursor of the next page; null on the last one
    """


class OrganisationPatch(Model):
    """Who applies."""

    business_number: str | None = None
    country_iso2: str | None = None
    kind: (
        Literal["central_government", "local_government", "international_organisation", "korean_company"]
        | None
    ) = None
    """
    What kind it is
    """
    name: LineText | None = None


class OutboxOut(Model):
    """Events committed and not yet on the bus."""

    oldest_seconds: float
    """
    How long the oldest has waited; 0 when none waits
    """
    waiting: int
    """
    Events that wait to be published
    """


class PanelIn(Model):
    """Who may review a track of a call."""

    call_id: UUID
    """
    The call (공모)
    """
    reviewer_ids: list[UUID]
    """
    The reviewers (평가위원)
    """
    track: Literal["planning", "demonstration"]
    """
    Track (유형): `planning` (계획수립형) or `demonstration` (해외실증형)
    """


class PanelOut(Model):
    """A panel."""

    call_id: UUID
    """
    The call (공모)
    """
    created_at: AwareDatetime
    """
    When it was begun
    """
    id: UUID
    """
    Its id
    """
    reviewer_ids: list[UUID]
    """
    The reviewers (평가위원)
    """
    track: Literal["planning", "demonstration"]
    """
    Track (유형): `planning` (계획수립형) or `demonstration` (해외실증형)
    """


class PanelOutPage(Model):
    """One page of a list"""

    items: list[PanelOut]
    """
    What the list holds, in its stable order
    """
    next_cursor: str | None
    """
    Cursor of the next page; null on the last one
    """


class ParagraphText(Model):
    """A text in Korean (ko), English (en) or both; null removes one of them."""

    en: str | None = None
    """
    English (영어); null: not given
    """
    ko: str | None = None
    """
    Korean (한국어); null: not given
    """


class PartnerPatch(Model):
    """The partner body abroad, and whom to ask for its confirmation."""

    contact: ContactPatch | None = None
    kind: Literal["central_government", "local_government", "public_institution", "university"] | None = None
    """
    What kind it is
    """
    name: LineText | None = None


PlaceKind = TypeAliasType("PlaceKind", Literal["city", "region"])
"""
What the published name of the place names. A region has no single point on a map.
"""


class PositionFacet(Model):
    """Projects with and without a position on the map; what is asked of place does not count here."""

    known: int
    """
    Projects with a position
    """
    unknown: int
    """
    Projects without one
    """


class PositionOut(Model):
    """A point on the map, in degrees (WGS 84)."""

    latitude: float
    """
    Degrees north
    """
    longitude: float
    """
    Degrees east
    """
    source: str
    """
    Who says that the place is there
    """


class PositionPatch(Model):
    """Degrees (WGS 84) with at most six digits behind the point."""

    latitude: float
    """
    Degrees north
    """
    longitude: float
    """
    Degrees east
    """


class PreConsultingIn(Model):
    """Who advises: a registered reviewer, who will not review this case."""

    adviser_id: UUID
    """
    The adviser of the pre-consulting (사전컨설팅 자문위원), a registered reviewer
    """


class PreviewOut(Model):
    """A template with made-up values."""

    html: str
    """
    The same as a page
    """
    language: Literal["ko", "en"]
    """
    The language to write in
    """
    name: MessageTemplate
    subject: str
    """
    The subject line
    """
    text: str
    """
    The plain text
    """
    version: int
    """
    Which version it is
    """


class ProjectCounts(Model):
    """Counted projects; `plan` are plans of unknown kind, `countries` those that are published."""

    countries: int
    """
    Different countries, among those that are published
    """
    demonstration: int
    """
    Overseas demonstrations (해외실증)
    """
    development_plan: int
    """
    Smart-city development plans
    """
    plan: int
    """
    Plans of which no source says which of the two kinds they are
    """
    projects: int
    """
    Projects
    """
    solution_plan: int
    """
    Solution plans
    """


ProjectOrder = TypeAliasType(
    "ProjectOrder", Literal["number", "-number", "year", "-year", "relevance", "distance"]
)
"""
How a list is sorted; projects without a number stand behind all numbers.
"""


class ProjectPatch(Model):
    """What is applied for. `requested_amount_krw`: whole won."""

    city: LineText | None = None
    country_iso2: str | None = None
    project_type: Literal["development_plan", "solution_plan", "demonstration"] | None = None
    """
    What is asked for: a development plan, a solution plan or a demonstration
    """
    requested_amount_krw: int | None = None
    """
    Support asked for, in whole won (신청 금액, 원)
    """
    summary: ParagraphText | None = None
    title: LineText | None = None


ProjectState = TypeAliasType("ProjectState", Literal["selected", "completed"])
"""
Whether a project is completed, or was announced as selected and is not completed (yet, or given up).
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
    """
    When it was decided; null before
    """
    decided_by: str | None
    """
    Subject of the officer who approved or rejected it; null before
    """
    evaluation_id: UUID
    """
    The closed evaluation (평가)
    """
    proposed_at: AwareDatetime
    """
    When it was proposed
    """
    proposed_by: str
    """
    Subject of the officer who proposed it
    """
    ranking_sha256: str
    """
    Hex SHA-256 of the canonical ranking
    """
    rejection_reason: str | None
    """
    Why it was rejected; null otherwise
    """


class RankingBundle(Model):
    """The frozen input. Canonical JSON (RFC 8785) of ``bundle`` has the digest ``bundle_sha256``."""

    bundle: dict[str, Any]
    """
    format kcity-evaluation-bundle/1; reviewers by pseudonym
    """
    bundle_sha256: str
    """
    Hex SHA-256 of the canonical input of the ranking
    """
    evaluation_id: UUID
    """
    The closed evaluation (평가)
    """


class RebuildIn(Model):
    """Empty this service's copies and fill them again from the topics; or only check that it would agree."""

    check_only: bool | None = True
    """
    Compare the digests and leave everything as it is
    """
    kind: Literal["rebuild"]
    """
    Empty the copies and fill them again
    """


class ReceiptKeys(Model):
    """JSON Web Key Set (RFC 7517) that verifies receipts."""

    keys: list[dict[str, Any]]
    """
    The keys
    """


class ReceiptOut(Model):
    """Proof that an application was received: all but `signature` is what was signed."""

    application_id: UUID
    """
    The application (신청서)
    """
    arrived_at: AwareDatetime
    """
    When the request arrived, by the authority clock
    """
    call: str
    """
    Code of the call (공모)
    """
    clock_bound_ms: int
    """
    How far arrived_at may be off, rounded up
    """
    digest: str
    """
    Hex SHA-256 of the canonical application
    """
    receipt_no: str
    """
    Receipt number (접수번호), with a check character; tells nobody how many applied
    """
    rehearsal: bool
    """
    True: nothing was really received
    """
    revision: int
    """
    Counts the changes of its content
    """
    signature: str
    """
    JWS compact (Ed25519); its keys are at /v1/receipt-keys
    """
    track: Literal["planning", "demonstration"]
    """
    Track (유형): `planning` (계획수립형) or `demonstration` (해외실증형)
    """


class RedriveIn(Model):
    """Which key: an aggregate has one sequence in each topic."""

    topic: str
    """
    The topic
    """


class RedriveOut(Model):
    """What was released."""

    aggregate_id: UUID
    """
    The thing that the event is about, such as an application or a selection
    """
    released: int
    """
    Parked events that are tried again now; those behind them follow
    """
    topic: str
    """
    The topic
    """


class RejectionIn(Model):
    """Why the proposal is rejected."""

    reason: str
    """
    Why the proposal is rejected; officers read it
    """


class RelayLease(Model):
    """Who relays. The token has risen by one with each change of holder."""

    expires_at: AwareDatetime
    """
    Until when it holds
    """
    held: bool
    """
    Whether it was in force when it was looked at
    """
    holder: UUID
    """
    The process that relays
    """
    token: int
    """
    Rises by one with each change of holder
    """


class ReplayIn(Model):
    """Publish the journal again: all of it, or what the filters leave. Consumers know what they have."""

    aggregate_id: UUID | None = None
    """
    Only events about this; about all without it
    """
    kind: Literal["replay"]
    """
    Publish the journal again
    """
    since_journal_id: int | None = 1
    """
    Only events from this journal id on
    """
    topic: str | None = None
    """
    Only events of this topic; all of them without it
    """


class ReportIn(Model):
    """The adviser's report."""

    recommendations: list[str]
    """
    What the adviser recommends, one by one
    """
    text: str
    """
    The report in full
    """


class ReportOut(Model):
    """The adviser's report."""

    recommendations: list[str]
    """
    What the adviser recommends, one by one
    """
    text: str
    """
    The report in full
    """


class RequiredDocument(Model):
    """A document an application must (or may) carry."""

    kind: str
    """
    Kind of document, such as `project_plan` (문서 종류)
    """
    max_bytes: int | None = 20971520
    """
    Most bytes of one file
    """
    media_types: list[str] | None = ["application/pdf"]
    """
    The types of file that are taken
    """
    name: LocalText
    required: bool | None = True
    """
    Whether an application is incomplete without it
    """


class ReviewDocumentOut(Model):
    """A submitted document by its digest (hex SHA-256)."""

    document_id: UUID
    """
    The document
    """
    file_name: str
    """
    What the file is called
    """
    kind: str
    """
    Kind of document, such as `project_plan` (문서 종류)
    """
    media_type: str
    """
    Type of the file, as its content was found to be
    """
    sha256: str
    """
    Hex SHA-256 of the bytes
    """
    size_bytes: int
    """
    Bytes of it
    """


class ReviewOrganisationOut(Model):
    """Who applies."""

    business_number: str | None
    """
    Korean business registration number, ten digits (사업자등록번호); null abroad
    """
    country_iso2: str
    """
    Country by ISO 3166-1 alpha-2 (국가)
    """
    kind: Literal["central_government", "local_government", "international_organisation", "korean_company"]
    """
    What kind it is
    """
    name: LocalText
    organisation_id: UUID
    """
    The applicant's organisation (신청기관)
    """


class ReviewPartnerOut(Model):
    """The partner body abroad; its contact stays inside."""

    kind: Literal["central_government", "local_government", "public_institution", "university"]
    """
    What kind it is
    """
    name: LocalText


class ReviewProjectOut(Model):
    """What is applied for; the amount in won."""

    city: LocalText
    country_iso2: str
    """
    Country by ISO 3166-1 alpha-2 (국가)
    """
    project_type: str
    """
    What is asked for: a development plan, a solution plan or a demonstration
    """
    requested_amount_krw: int
    """
    Support asked for, in whole won (신청 금액, 원)
    """
    summary: LocalText
    title: LocalText


class ReviewerIn(Model):
    """An expert by the subject (``sub``) of their token; no names here."""

    expertise: list[str]
    """
    What they know about, as keywords
    """
    languages: list[Literal["ko", "en"]]
    """
    Languages, Korean (`ko`) or English (`en`)
    """
    organisation_ids: list[UUID] | None = []
    """
    Organisations they belong to: they review none of theirs
    """
    subject: str
    """
    Stable id of the person or system (token claim `sub`)
    """


class ReviewerOut(Model):
    """A registered reviewer."""

    expertise: list[str]
    """
    What they know about, as keywords
    """
    id: UUID
    """
    Its id
    """
    languages: list[str]
    """
    Languages, Korean (`ko`) or English (`en`)
    """
    organisation_ids: list[UUID]
    """
    Organisations that they belong to
    """
    registered_at: AwareDatetime
    """
    When the person was registered
    """
    subject: str
    """
    Stable id of the person or system (token claim `sub`)
    """


class ReviewerOutPage(Model):
    """One page of a list"""

    items: list[ReviewerOut]
    """
    What the list holds, in its stable order
    """
    next_cursor: str | None
    """
    Cursor of the next page; null on the last one
    """


class RevisedTextIn(Model):
    """Text of a revised proposal in Korean, English or both."""

    en: str | None = None
    """
    English (영어); null: not given
    """
    ko: str | None = None
    """
    Korean (한국어); null: not given
    """


class RevisedTextOut(Model):
    """Text of a revised proposal in Korean, English or both."""

    en: str | None = None
    """
    English (영어); null: not given
    """
    ko: str | None = None
    """
    Korean (한국어); null: not given
    """


Role = TypeAliasType(
    "Role", Literal["applicant", "secretariat_officer", "ministry_officer", "reviewer", "system", "operator"]
)
"""
The roles of the programme (token claim ``roles``). Source: programme, "Who uses the system".
"""


class RowChangeOut(Model):
    """What changes of one project."""

    cells: list[CellChangeOut]
    """
    The cells that change
    """
    number: int | None
    """
    Its number in the list of completed projects
    """
    project_id: UUID
    """
    The project of the catalogue
    """
    revision: int
    """
    Revision of the entry that the preview was made of
    """
    row: int
    """
    Row of the file; its header is row 1
    """


ScanState = TypeAliasType("ScanState", Literal["not_scanned", "pending", "clean", "infected"])
"""
What is known about malware in a document.
"""


class ScoreAggregation(Model):
    """How a case's sheets become one total: ``trimmed_mean`` leaves the highest and the lowest sheet out."""

    method: Literal["mean", "trimmed_mean", "median"]
    """
    How sheets become one total: mean, trimmed mean (without the highest and the lowest) or median
    """
    min_sheets: int
    """
    Fewest submitted sheets that a total is made of
    """


class ScoreIn(Model):
    """Whole points on one criterion, 0 to its ``max_points``, and why: applicants read the comment."""

    comment: str
    """
    What the reviewer says to it; applicants read it, without a name
    """
    criterion: str
    """
    Code of the criterion (평가지표)
    """
    points: int
    """
    Whole points (평점)
    """


class ScoreOut(Model):
    """Whole points on one criterion, 0 to its ``max_points``, and why: applicants read the comment."""

    comment: str
    """
    What the reviewer says to it; applicants read it, without a name
    """
    criterion: str
    """
    Code of the criterion (평가지표)
    """
    points: int
    """
    Whole points (평점)
    """


class ScoringCriterion(Model):
    """Scored 0 to ``max_points``; the weights of a track's criteria add up to 100."""

    code: str
    """
    Its code; stable, for programs
    """
    max_points: int | None = 100
    """
    Most points that a reviewer can give
    """
    name: LocalText
    weight: int
    """
    Weight in per cent (배점); those of a track add up to 100
    """


class Secretariat(Model):
    """Who runs the track."""

    code: str
    """
    Short name of the secretariat (전담기관)
    """
    name: LocalText


Sector = TypeAliasType(
    "Sector",
    Literal[
        "urban_development",
        "mobility",
        "safety",
        "data",
        "networks",
        "water",
        "energy",
        "waste",
        "utilities",
        "land",
    ],
)
"""
A field of work of a smart city.
"""


SectorBasis = TypeAliasType("SectorBasis", Literal["title", "stated"])
"""
Why a project is said to belong to its sectors: a rule read them from its title, or somebody stated them.
"""


class SectorFacet(Model):
    """Projects of one sector; a project can have several."""

    projects: int
    """
    Projects
    """
    value: Sector | None
    """
    null: no published title says what it is about
    """


class SectorRowOut(Model):
    """The projects of one sector. A project can have several, so the rows add up to more than there are."""

    completed: ProjectCounts
    sector: Sector | None
    """
    null: no published title says what it is about
    """
    selected: ProjectCounts


class SelectionIn(Model):
    """What to announce, and when."""

    announce_at: AwareDatetime
    """
    Embargo: nothing is visible before this instant
    """
    evaluation_id: UUID
    """
    The closed evaluation (평가)
    """


class SelectionQuota(Model):
    """How many are selected."""

    max: int
    """
    Most that are selected
    """
    min: int
    """
    Fewest that are selected
    """


class SelectionRules(Model):
    """From ranking to selection. ``on_misfit``: what happens at a case the budget no longer covers."""

    aggregation: ScoreAggregation
    budget_krw: int
    """
    What can be spent on the track, in won (예산, 원)
    """
    criteria: list[ScoringCriterion]
    """
    The criteria (평가지표)
    """
    max_per_country: int | None = None
    """
    Most selections in one country; null: no limit
    """
    on_misfit: Literal["skip", "stop"] | None = "skip"
    """
    What happens at a case that the budget no longer covers: skip it, or stop there
    """
    quota: SelectionQuota
    threshold_points: str
    """
    Fewest points for a selection, as a decimal string (최저 점수)
    """
    tie_break: list[str]
    """
    criterion codes in order of precedence, then 'earlier_submission'
    """


SelectionState = TypeAliasType("SelectionState", Literal["proposed", "approved", "rejected", "announced"])
"""
Where a selection stands.
"""


class SheetIn(Model):
    """The whole sheet; a draft may leave criteria out."""

    scores: list[ScoreIn]
    """
    Points and comment by criterion
    """


class SheetOut(Model):
    """The reviewer's own sheet; its revision is the ETag (``"0"`` before the first draft)."""

    assignment_id: UUID
    """
    The reviewer's assignment (배정)
    """
    scores: list[ScoreOut]
    """
    Points and comment by criterion
    """
    submitted_at: AwareDatetime | None
    """
    When it was submitted; null before (제출 시각)
    """


Stage = TypeAliasType("Stage", Literal["selected", "agreed", "under_way", "completed", "withdrawn"])
"""
How far a project is, in this order: announced, under an agreement, being carried out, completed.

``withdrawn`` is an end of its own: its applicant gave it up before it was completed.
"""


class StageFacet(Model):
    """Projects that are this far."""

    projects: int
    """
    Projects
    """
    value: Stage


class StageOut(Model):
    """A stage that the project reached."""

    day: date | None
    """
    The day on which it did; null: not published
    """
    since: AwareDatetime
    """
    Since when the catalogue says so
    """
    stage: Stage


class StageRowOut(Model):
    """How many projects have come this far and no further."""

    projects: int
    """
    Projects
    """
    stage: Stage


StandingReason = TypeAliasType(
    "StandingReason",
    Literal["selected", "below_threshold", "quota_full", "country_cap", "budget_exhausted", "after_misfit"],
)
"""
Why. ``after_misfit``: an earlier case did not fit the budget, and the call says stop.
"""


class StateFacet(Model):
    """Projects in one state."""

    projects: int
    """
    Projects
    """
    value: ProjectState


class StatisticsTotal(Model):
    """One measure three times: published by the ministry, counted as completed, counted as selected since."""

    completed: ExplainedFigure
    measure: Literal["projects", "countries", "development_plan", "solution_plan", "plan", "demonstration"]
    """
    What is counted
    """
    published: ExplainedFigure
    selected: ExplainedFigure


class StepIn(Model):
    """Where to set the clock."""

    instant: AwareDatetime
    """
    Business time that the clock stands at
    """
    name: str
    """
    What the step is called
    """


class TemplateOut(Model):
    """A template that messages are written with."""

    languages: list[Literal["ko", "en"]]
    """
    The languages it is written in
    """
    name: MessageTemplate
    version: int
    """
    What new messages are written with
    """


class TemplatesOut(Model):
    """All templates."""

    items: list[TemplateOut]
    """
    What the list holds, in its stable order
    """


class TextByLanguage(Model):
    """A text by language; one that was not given is null."""

    en: str | None = None
    """
    English (영어); null: not given
    """
    ko: str | None = None
    """
    Korean (한국어); null: not given
    """


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


class TypeFacet(Model):
    """Projects of one type."""

    projects: int
    """
    Projects
    """
    value: ProjectType


class Violation(Model):
    """One thing that is wrong, and where"""

    message: str
    """
    What is wrong there, in a sentence for people
    """
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
    """
    How many
    """
    keys: int
    """
    How many keys (topic and aggregate) they belong to
    """
    oldest_seconds: float
    """
    How long the oldest has been held; 0 when there is none
    """


WindowState = TypeAliasType("WindowState", Literal["not_open", "open", "closed"])
"""
A window at one instant.
"""


class YearCounts(Model):
    """The projects selected in one year."""

    completed: ProjectCounts
    selected: ProjectCounts
    selection_year: int
    """
    Year of selection
    """


class YearFacet(Model):
    """Projects selected in one year."""

    projects: int
    """
    Projects
    """
    value: int
    """
    Year of selection
    """


class AnnouncedOrganisation(Model):
    """Who is selected."""

    country_iso2: str
    """
    Country by ISO 3166-1 alpha-2 (국가)
    """
    kind: str
    """
    What kind it is
    """
    name: LocalText


class AnnouncedProject(Model):
    """What is selected."""

    city: LocalText
    country_iso2: str
    """
    Country by ISO 3166-1 alpha-2 (국가)
    """
    project_type: str
    """
    What is asked for: a development plan, a solution plan or a demonstration
    """
    summary: LocalText
    title: LocalText


class ApplicantResult(Model):
    """What the applicant is told: never a single reviewer's scores."""

    announced_at: AwareDatetime
    """
    When it is, or was, announced; nothing of it is visible before (엠바고)
    """
    application_id: UUID
    """
    The application (신청서)
    """
    comments: list[CommentOut]
    """
    What reviewers said, without who said it (평가 의견)
    """
    outcome: CaseStanding
    receipt_no: str
    """
    Receipt number (접수번호), with a check character; tells nobody how many applied
    """
    reviewers: list[str]
    """
    Pseudonyms
    """
    total_points: str
    """
    Total points, a decimal string with six places (총점)
    """


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
    """
    Code of the call (공모)
    """
    changed_at: AwareDatetime
    """
    When it was last changed
    """
    created_at: AwareDatetime
    """
    When it was begun
    """
    id: UUID
    """
    Its id
    """
    organisation_id: UUID
    """
    The applicant's organisation (신청기관)
    """
    receipt_no: str | None
    """
    Receipt number (접수번호), with a check character; tells nobody how many applied
    """
    revision: int
    """
    Counts the changes of its content
    """
    state: IntakeState
    submitted_at: AwareDatetime | None
    """
    When it was submitted; null before (제출 시각)
    """
    title: TextByLanguage | None
    track: Literal["planning", "demonstration"]
    """
    Track (유형): `planning` (계획수립형) or `demonstration` (해외실증형)
    """


class ApplicationSummaryPage(Model):
    """One page of a list"""

    items: list[ApplicationSummary]
    """
    What the list holds, in its stable order
    """
    next_cursor: str | None
    """
    Cursor of the next page; null on the last one
    """


class CallAssumption(Model):
    """A value that no public source gives: shown as assumed wherever it is shown."""

    note: LocalText
    pointer: str
    """
    Where: a JSON pointer (RFC 6901)
    """


class CallOccasion(Model):
    """An event that officials of selected cities are invited to."""

    code: str
    """
    Its code; stable, for programs
    """
    ends_on: date
    """
    Last day
    """
    name: LocalText
    place: LocalText
    starts_on: date
    """
    First day
    """
    tracks: list[Literal["planning", "demonstration"]]
    """
    Tracks (유형)
    """


class CallSummary(Model):
    """One line of the list of calls."""

    announced_at: AwareDatetime
    """
    When it is, or was, announced; nothing of it is visible before (엠바고)
    """
    call_id: UUID
    """
    The call (공모)
    """
    code: str
    """
    Code of the call (공모)
    """
    name: LocalText
    state: CallState
    version: int
    """
    Rises with each amendment, such as an extended deadline
    """
    year: int
    """
    Year of the call
    """


class CallSummaryPage(Model):
    """One page of a list"""

    items: list[CallSummary]
    """
    What the list holds, in its stable order
    """
    next_cursor: str | None
    """
    Cursor of the next page; null on the last one
    """


class CaseSummary(Model):
    """A case in a list."""

    application_id: UUID
    """
    The application (신청서)
    """
    arrived_at: AwareDatetime
    """
    When the submission arrived, by the authority clock (접수 시각)
    """
    call_id: UUID
    """
    The call (공모)
    """
    city: LocalText
    country_iso2: str
    """
    Country by ISO 3166-1 alpha-2 (국가)
    """
    id: UUID
    """
    Its id
    """
    organisation_name: LocalText
    project_title: LocalText
    receipt_no: str
    """
    Receipt number (접수번호), with a check character; tells nobody how many applied
    """
    rolls_over: bool
    """
    Came after the year's cut-off: waits for the next round
    """
    state: CaseState
    track: Literal["planning", "demonstration"]
    """
    Track (유형): `planning` (계획수립형) or `demonstration` (해외실증형)
    """


class CaseSummaryPage(Model):
    """One page of a list"""

    items: list[CaseSummary]
    """
    What the list holds, in its stable order
    """
    next_cursor: str | None
    """
    Cursor of the next page; null on the last one
    """


class CatalogProjectOut(Model):
    """A project of the catalogue. Every `null` means: not published in any source that we know."""

    agreed_on: date | None
    """
    Day of the agreement; null: not published
    """
    call: CatalogCallOut | None
    """
    Call of a selected project; null: not published
    """
    city: BilingualText | None
    """
    City or region; null: not published
    """
    completed_on: date | None
    """
    Day of its completion; null: not published
    """
    country: CountryOut | None
    """
    null: not published
    """
    distance_km: float | None
    """
    From the point in `near`, along the earth taken for a sphere; null: none was given
    """
    fact_sources: list[FactSources]
    """
    Facts that were taken from other texts than `sources` names
    """
    id: UUID
    """
    Its id
    """
    note: str | None
    """
    A remark on the sources; null: there is none
    """
    number: int | None
    """
    Its number in the list of completed projects; null: it has none (yet)
    """
    organisation: BilingualText | None
    """
    Who carries it out (completed), or applied for it (selected); null: not published
    """
    partner: BilingualText | None
    """
    Partner body abroad; null: not published
    """
    place_kind: PlaceKind | None
    """
    What `city` names; a region has no single point; null: no place is published
    """
    position: PositionOut | None
    """
    null: a region, or no source knows where it is
    """
    published_at: AwareDatetime
    """
    Since when it stands in this catalogue
    """
    revision: int
    """
    How often what it says was written; a correction names it in If-Match
    """
    sectors: list[Sector]
    """
    What it is about; none: no published title says so
    """
    sectors_basis: SectorBasis | None
    """
    `title`: derived from the published title by our words, not published by anybody; `stated`: somebody answers for them; null: there are none
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
    stage: Stage
    """
    How far it is; `selected`, `agreed` and `under_way` are `selected` in `state`, and so is `withdrawn`: announced, then given up by its applicant
    """
    started_on: date | None
    """
    Day on which the work began; null: not published
    """
    state: ProjectState
    support_krw: int | None
    """
    Support in won; null: not published
    """
    title: BilingualText | None
    """
    null: not published
    """
    type: ProjectType
    """
    `plan`: a planning project of which no source says whether it is a development plan or a solution plan
    """


class ChangeOut(Model):
    """One fact; null: not published."""

    after: Any
    """
    As it is said from this revision on
    """
    before: Any
    """
    As it was said
    """
    fact: Fact


class CorrectionIn(Model):
    """The facts to change: what is absent stays, null takes back what was published.

    Every fact that is given is said to be taken from `source`. Sectors that are taken back are derived from the title.
    """

    agreed_on: date | None = None
    """
    Day of the agreement (협약일); null takes it back
    """
    city: BilingualPatch | None = None
    completed_on: date | None = None
    """
    Day of completion (완료일); null takes it back
    """
    country_iso2: str | None = None
    note: str | None = None
    """
    A remark on the sources; null: there is none
    """
    organisation: BilingualPatch | None = None
    partner: BilingualPatch | None = None
    place_kind: PlaceKind | None = None
    position: PositionPatch | None = None
    reason: str
    """
    Why, for everybody to read: name no person
    """
    sectors: list[Sector] | None = None
    """
    What it is about (분야); null takes it back
    """
    selection_year: int | None = None
    """
    Year of selection
    """
    source: str
    """
    The public text that says so
    """
    sources: list[str] | None = None
    """
    The public texts that it was taken from
    """
    started_on: date | None = None
    """
    Day on which the work began (착수일); null takes it back
    """
    support_krw: int | None = None
    """
    Support granted, in won (지원금, 원)
    """
    title: BilingualPatch | None = None
    type: ProjectType | None = None


class CountryFacet(Model):
    """Projects in one country."""

    projects: int
    """
    Projects
    """
    value: CountryOut | None
    """
    null: not published
    """


class CountryRowOut(Model):
    """The projects in one country."""

    completed: ProjectCounts
    country: CountryOut | None
    """
    null: not published
    """
    selected: ProjectCounts


class CurrentCaller(Model):
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
    """
    What people may do follows from these
    """
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


class EligibilityRule(Model):
    """A rule that screening decides on; its code is the reason an applicant is given."""

    code: str
    """
    Its code; stable, for programs
    """
    text: LocalText


class EventDelivery(Model):
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
    """
    When that cluster was first published to
    """
    database: DatabaseOut
    dead_letters: int
    """
    Records that are no events; counted up to 10000
    """
    dependencies: list[DependencyOut]
    """
    What the process needs, asked just now
    """
    held: WaitingKeysOut
    journal_rows_at_most: int
    """
    The highest journal id; rolled back ones leave holes
    """
    last_rebuild: OrderOut | None
    lease: RelayLease | None
    """
    null: no relay ever ran on this database
    """
    open_orders: int
    """
    Orders that have not ended
    """
    outbox: OutboxOut
    parked: WaitingKeysOut
    service: Literal["intake", "review", "notification", "catalog"]
    """
    Which service this is
    """


class FacetsOut(Model):
    """How many projects fit, and for each value how many would if it replaced what is asked for of its facet."""

    country: list[CountryFacet]
    """
    The most projects first
    """
    matched: Match | None
    """
    How much of `q` these projects answer, as in the list; null: nothing was asked in words, or nothing answers it
    """
    position: PositionFacet
    sector: list[SectorFacet]
    """
    The most projects first
    """
    stage: list[StageFacet]
    """
    In their order
    """
    state: list[StateFacet]
    """
    Where it stands
    """
    total: int
    """
    Projects that fit all conditions
    """
    type: list[TypeFacet]
    """
    Type of the event, such as `kcity.intake.ApplicationSubmitted.v1`
    """
    year: list[YearFacet]
    """
    Years that somebody has, the earliest first
    """


class ImportOut(Model):
    """An import with its preview: all that it changes, or all that is wrong with it."""

    applied_at: AwareDatetime | None
    """
    When it was applied (적용 일시); null: it was not
    """
    applied_by: str | None
    """
    The account that applied it
    """
    changed_projects: int
    """
    How many projects it changes
    """
    changes: list[RowChangeOut]
    """
    None while there is a fault
    """
    created_at: AwareDatetime
    """
    When it was begun
    """
    created_by: str
    """
    The account that gave it
    """
    fault_count: int
    """
    At most 1,000 are noted
    """
    faults: list[FaultOut]
    """
    All that is wrong with the file (오류)
    """
    file_name: str
    """
    What the file is called
    """
    id: UUID
    """
    Its id
    """
    media_type: str
    """
    Type of the file, as its content was found to be
    """
    rows: int
    """
    Rows with something in them, without the header
    """
    sha256: str
    """
    Of the file's bytes, in hexadecimal digits
    """
    size_bytes: int
    """
    Bytes of it
    """
    source: str | None
    """
    For every new value whose row names no source
    """
    state: ImportState
    """
    `faulty`: nothing can be applied; `previewed`: it can be; `applied`: it was, all of it
    """


class IntakeDocumentOut(Model):
    """What is known of a document; its bytes are at `/v1/documents/{id}/content`."""

    application_id: UUID
    """
    The application (신청서)
    """
    file_name: str
    """
    What the file is called
    """
    id: UUID
    """
    Its id
    """
    kind: str
    """
    Kind of document, such as `project_plan` (문서 종류)
    """
    media_type: str
    """
    Type of the file, as its content was found to be
    """
    scan_state: ScanState
    """
    What is known about malware in it
    """
    sha256: str
    """
    Hex SHA-256 of the bytes
    """
    size_bytes: int
    """
    Bytes of it
    """
    uploaded_at: AwareDatetime
    """
    When it was uploaded
    """


class IntakeOrganisationOut(Model):
    """Who applies."""

    business_number: str | None = None
    """
    Korean business registration number, ten digits (사업자등록번호); null abroad
    """
    country_iso2: str | None = None
    """
    Country by ISO 3166-1 alpha-2 (국가)
    """
    kind: (
        Literal["central_government", "local_government", "international_organisation", "korean_company"]
        | None
    ) = None
    """
    What kind it is
    """
    name: TextByLanguage | None = None


class IntakePartnerOut(Model):
    """The partner body abroad. `confirmed_at`: when it confirmed by its link."""

    confirmed_at: AwareDatetime | None = None
    """
    When the partner body confirmed by its link; null before (협력기관 확인 시각)
    """
    contact: ContactOut | None = None
    kind: Literal["central_government", "local_government", "public_institution", "university"] | None = None
    """
    What kind it is
    """
    name: TextByLanguage | None = None


class IntakeProjectOut(Model):
    """What is applied for."""

    city: TextByLanguage | None = None
    country_iso2: str | None = None
    """
    Country by ISO 3166-1 alpha-2 (국가)
    """
    project_type: Literal["development_plan", "solution_plan", "demonstration"] | None = None
    """
    What is asked for: a development plan, a solution plan or a demonstration
    """
    requested_amount_krw: int | None = None
    """
    Support asked for, in whole won (신청 금액, 원)
    """
    summary: TextByLanguage | None = None
    title: TextByLanguage | None = None


class MessageOut(Model):
    """One message and where it stands."""

    application_id: UUID
    """
    The application (신청서)
    """
    attempts: int
    """
    How often it was tried to send
    """
    cause_event_id: UUID
    """
    The event that this message tells of
    """
    caused_at: AwareDatetime
    """
    When that happened (business time)
    """
    contact_id: UUID
    """
    The contact person, by id only
    """
    held_reason: HeldReason | None
    """
    Why it cannot be sent as it is; for `held` only
    """
    id: UUID
    """
    Its id
    """
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
    template: MessageTemplate
    template_version: int
    """
    Version of the template it is written with
    """
    track: Literal["planning", "demonstration"]
    """
    Track (유형): `planning` (계획수립형) or `demonstration` (해외실증형)
    """


class MessageOutPage(Model):
    """One page of a list"""

    items: list[MessageOut]
    """
    What the list holds, in its stable order
    """
    next_cursor: str | None
    """
    Cursor of the next page; null on the last one
    """


class PartnerConfirmationOut(Model):
    """What is confirmed, and whether it was."""

    applicant: TextByLanguage
    call_code: str
    """
    Code of the call (공모)
    """
    city: TextByLanguage
    confirmed_at: AwareDatetime | None
    """
    When the partner body confirmed by its link; null before (협력기관 확인 시각)
    """
    country_iso2: str
    """
    Country by ISO 3166-1 alpha-2 (국가)
    """
    partner: TextByLanguage
    project_title: TextByLanguage
    rehearsal: bool
    """
    True: nothing is really confirmed
    """
    state: Literal["open", "confirmed", "withdrawn"]
    """
    Where it stands
    """


class Problem(Model):
    """Why a request was refused (RFC 9457). Branch on `type`; other members tell the facts of the case."""

    model_config = ConfigDict(
        extra="allow",
    )
    detail: str | None = None
    """
    What happened, in a sentence for people
    """
    errors: list[Violation] | None = None
    """
    Everything that is wrong, each with its place
    """
    request_id: str | None = None
    """
    The id under which the request is logged: name it when you ask for help
    """
    status: int
    """
    HTTP status
    """
    title: str
    """
    What kind of problem it is, in a few words for people
    """
    type: str
    """
    Stable; ends in the problem's name
    """


class ProjectOutPage(Model):
    """One page of a list, in the list's stable order."""

    items: list[CatalogProjectOut]
    """
    What the list holds, in its stable order
    """
    matched: Match | None
    """
    How much of `q` these projects answer: all of its words, or, as none has all, at least half of those that the catalogue knows; null: nothing was asked in words, or nothing answers it
    """
    next_cursor: str | None
    """
    Cursor of the next page; null on the last one
    """


class ProposalOut(Model):
    """The proposal as submitted. ``digest``: hex SHA-256 as in the receipt."""

    answers: dict[str, Any]
    """
    Answers to the track's form (신청서 항목)
    """
    digest: str
    """
    Hex SHA-256 of the canonical application, as in the receipt
    """
    documents: list[ReviewDocumentOut]
    """
    The documents (제출 서류)
    """
    organisation: ReviewOrganisationOut
    partner: ReviewPartnerOut | None
    project: ReviewProjectOut


class RankedCase(Model):
    """A case in its rank; points as decimal strings of six places, money in won."""

    application_id: UUID
    """
    The application (신청서)
    """
    case_id: UUID
    """
    The case (심의 건): one application under review
    """
    country_iso2: str
    """
    Country by ISO 3166-1 alpha-2 (국가)
    """
    criteria: dict[str, str]
    """
    Aggregated points by criterion: what decides ties
    """
    rank: int
    """
    Place in the ranking (순위), from 1
    """
    reason: StandingReason
    receipt_no: str
    """
    Receipt number (접수번호), with a check character; tells nobody how many applied
    """
    sheets_counted: int
    """
    How many sheets the total is made of
    """
    state: CaseStanding
    support_krw: int
    """
    Support granted, in won (지원금, 원)
    """
    total: str
    """
    Total points, a decimal string with six places
    """


class RankingContent(Model):
    """The result to the letter: its canonical JSON (RFC 8785) has the digest ``ranking_sha256``."""

    bundle_sha256: str
    """
    Hex SHA-256 of the canonical input of the ranking
    """
    format: Literal["kcity-ranking/1"]
    """
    Which form this document has
    """
    places: list[RankedCase]
    """
    Every ranked case, the first one first
    """
    quota_min_reached: bool
    """
    Whether the fewest that the call wants are reached
    """
    selected_count: int
    """
    How many are selected
    """
    support_total_krw: int
    """
    Support of all selected together, in won
    """


class RankingOut(Model):
    """A ranking and its digest."""

    evaluation_id: UUID
    """
    The closed evaluation (평가)
    """
    ranking: RankingContent
    ranking_sha256: str
    """
    Hex SHA-256 of the canonical ranking
    """


class RevisedProposalIn(Model):
    """What the applicant makes of the advice; the submitted proposal stays beside it."""

    changes: str
    """
    What was changed, and why
    """
    requested_amount_krw: int
    """
    Support asked for, in whole won (신청 금액, 원)
    """
    summary: RevisedTextIn
    title: RevisedTextIn


class RevisedProposalOut(Model):
    """What the applicant makes of the advice; the submitted proposal stays beside it."""

    changes: str
    """
    What was changed, and why
    """
    requested_amount_krw: int
    """
    Support asked for, in whole won (신청 금액, 원)
    """
    summary: RevisedTextOut
    title: RevisedTextOut


class RevisionOut(Model):
    """One version of the entry. Who made it is not told."""

    at: AwareDatetime
    """
    When it was made
    """
    cause: Cause
    """
    `list`: the list of completed projects; `announcement`, `agreement`, `start`, `completion`, `withdrawal`: what happened to the project; `import`, `correction`: an officer; `unknown`: from before causes were kept
    """
    changes: list[ChangeOut]
    """
    The facts that it changed
    """
    import_id: UUID | None
    """
    The import that the change is a part of
    """
    reason: str | None
    """
    Of a correction, in its editor's words
    """
    revision: int
    """
    Counts the changes of its content
    """
    source: str | None
    """
    What the change as a whole was taken from, where it was said
    """


class SelectedOut(Model):
    """A selected project as the public sees it; support in won."""

    application_id: UUID
    """
    The application (신청서)
    """
    organisation: AnnouncedOrganisation
    partner_name: LocalText | None
    project: AnnouncedProject
    rank: int
    """
    Place in the ranking (순위), from 1
    """
    support_krw: int
    """
    Support granted, in won (지원금, 원)
    """


class SelectionOut(Model):
    """A selection. The public meets announced ones only; ``selected`` is null before the announcement."""

    announce_at: AwareDatetime
    """
    The embargo (엠바고): nothing is visible before this instant
    """
    announced_at: AwareDatetime | None
    """
    When it is, or was, announced; nothing of it is visible before (엠바고)
    """
    call_id: UUID
    """
    The call (공모)
    """
    id: UUID
    """
    Its id
    """
    selected: list[SelectedOut] | None
    """
    The selected projects (선정 사업); null before the announcement
    """
    state: SelectionState
    track: Literal["planning", "demonstration"]
    """
    Track (유형): `planning` (계획수립형) or `demonstration` (해외실증형)
    """
    trail: ProposalTrail | None
    """
    Null for everybody but officers of the track
    """


class SelectionOutPage(Model):
    """One page of a list"""

    items: list[SelectionOut]
    """
    What the list holds, in its stable order
    """
    next_cursor: str | None
    """
    Cursor of the next page; null on the last one
    """


class StatisticsOut(Model):
    """What can be counted, beside what the ministry published: the two differ where values are not published."""

    by_country: list[CountryRowOut]
    """
    Counted from the same lists as `totals`, by country code; the last row may have country null: not published
    """
    by_sector: list[SectorRowOut]
    """
    Counted from the same lists as `totals`; sectors are derived from the published titles (or stated by somebody): nobody published them
    """
    by_stage: list[StageRowOut]
    """
    Every stage, the first one first
    """
    by_year: list[YearCounts]
    """
    Counted from the same lists as `totals`, oldest year first
    """
    countries_added: ExplainedFigure
    """
    Countries that only selected projects have
    """
    totals: list[StatisticsTotal]
    """
    Each measure: as published, and as counted
    """


class TrackDefinition(Model):
    """One track of the call."""

    appeal: AppealTerms
    applicant_kinds: list[
        Literal["central_government", "local_government", "international_organisation", "korean_company"]
    ]
    """
    Who may apply (신청 자격)
    """
    documents: list[RequiredDocument]
    """
    The documents that must, or may, be handed in (제출 서류)
    """
    eligibility: list[EligibilityRule]
    """
    The rules that screening decides on (적격성 검토)
    """
    form: dict[str, Any]
    """
    JSON Schema (2020-12) of the answers
    """
    letter: str
    """
    stands in receipt numbers
    """
    money: MoneyRules
    name: LocalText
    partner_kinds: (
        list[Literal["central_government", "local_government", "public_institution", "university"]] | None
    ) = []
    """
    What kinds of body abroad may be partner (협력기관)
    """
    partner_required: bool
    """
    Whether a partner body abroad is needed (협력기관 필요 여부)
    """
    pre_consulting: bool
    """
    Whether eligible proposals get pre-consulting (사전컨설팅)
    """
    result_expected: LocalText
    secretariat: Secretariat
    selection: SelectionRules
    track: Literal["planning", "demonstration"]
    """
    Track (유형): `planning` (계획수립형) or `demonstration` (해외실증형)
    """
    window: CallWindow


class WindowOut(Model):
    """A window and its state at the moment of the answer."""

    closes_at: AwareDatetime | None = None
    """
    The window is open until just before this instant (접수 마감); null: rolling intake (상시접수)
    """
    cut_off_at: AwareDatetime | None = None
    """
    rolling intake: later proposals roll over to the next year
    """
    opens_at: AwareDatetime
    """
    First instant of the window (접수 시작)
    """
    state: WindowState


class ApplicationOut(Model):
    """An application as it stands."""

    answers: dict[str, Any]
    """
    Answers to the track's form (신청서 항목)
    """
    call_code: str
    """
    Code of the call (공모)
    """
    changed_at: AwareDatetime
    """
    When it was last changed
    """
    complete: bool
    """
    Whether nothing is missing or wrong; see completeness
    """
    contact: ContactOut | None
    created_at: AwareDatetime
    """
    When it was begun
    """
    documents: list[IntakeDocumentOut]
    """
    The documents (제출 서류)
    """
    id: UUID
    """
    Its id
    """
    organisation: IntakeOrganisationOut
    organisation_id: UUID
    """
    The applicant's organisation (신청기관)
    """
    partner: IntakePartnerOut | None
    project: IntakeProjectOut
    revision: int
    """
    Counts the changes of its content
    """
    state: IntakeState
    submitted_at: AwareDatetime | None
    """
    When it was submitted; null before (제출 시각)
    """
    track: Literal["planning", "demonstration"]
    """
    Track (유형): `planning` (계획수립형) or `demonstration` (해외실증형)
    """
    withdrawn_at: AwareDatetime | None
    """
    When it was withdrawn; null while it was not (철회 시각)
    """


class CallDefinition(Model):
    """A whole call. Nothing of it is visible before ``announced_at``."""

    announced_at: AwareDatetime
    """
    When it is, or was, announced; nothing of it is visible before (엠바고)
    """
    assumptions: Annotated[list[CallAssumption] | None, Field(validate_default=True)] = []
    """
    Values that no public source gives, by pointer: show them as assumed
    """
    code: str
    """
    Code of the call (공모); the year stands in it
    """
    host: LocalText
    name: LocalText
    occasions: Annotated[list[CallOccasion] | None, Field(validate_default=True)] = []
    """
    Events that officials of selected cities are invited to (초청 행사)
    """
    sources: list[str] | None = []
    """
    The public texts that it was taken from
    """
    time_zone: Literal["Asia/Seoul"] = "Asia/Seoul"
    """
    Where deadlines are announced
    """
    tracks: list[TrackDefinition]
    """
    Tracks (유형)
    """
    year: int
    """
    Year of the call
    """


class CaseOut(Model):
    """A case. It never carries scores or anything of an outcome before the announcement."""

    application_id: UUID
    """
    The application (신청서)
    """
    arrived_at: AwareDatetime
    """
    When the submission arrived, by the authority clock (접수 시각)
    """
    call_id: UUID
    """
    The call (공모)
    """
    eligibility: EligibilityOut | None
    id: UUID
    """
    Its id
    """
    opened_at: AwareDatetime
    """
    When the case was opened
    """
    partner_confirmed_at: AwareDatetime | None
    """
    When the partner body confirmed; null before
    """
    proposal: ProposalOut
    receipt_no: str
    """
    Receipt number (접수번호), with a check character; tells nobody how many applied
    """
    revised_project: ReviewProjectOut | None
    """
    What a completed pre-consulting made of the project: this is what is evaluated
    """
    rolls_over: bool
    """
    Came after the year's cut-off: waits for the next round (이월)
    """
    state: CaseState
    track: Literal["planning", "demonstration"]
    """
    Track (유형): `planning` (계획수립형) or `demonstration` (해외실증형)
    """
    withdrawn_at: AwareDatetime | None
    """
    When it was withdrawn; null while it was not (철회 시각)
    """


class DocumentList(Model):
    """The documents of an application, one of each kind."""

    items: list[IntakeDocumentOut]
    """
    What the list holds, in its stable order
    """


class HistoryOut(Model):
    """How an entry became what it is, the oldest revision first."""

    project_id: UUID
    """
    The project of the catalogue
    """
    revisions: list[RevisionOut]
    """
    Every version, the oldest first
    """
    stages: list[StageOut]
    """
    The stages that it reached, in order
    """


class PreConsultingOut(Model):
    """The state of a pre-consulting; its revision is the ETag."""

    adviser_id: UUID
    """
    The adviser of the pre-consulting (사전컨설팅 자문위원), a registered reviewer
    """
    case_id: UUID
    """
    The case (심의 건): one application under review
    """
    completed_at: AwareDatetime | None
    """
    When it was completed; null before
    """
    report: ReportOut | None
    revised_proposal: RevisedProposalOut | None
    started_at: AwareDatetime
    """
    When it began; null before
    """


class TrackOut(Model):
    """A track."""

    appeal: AppealTerms
    applicant_kinds: list[
        Literal["central_government", "local_government", "international_organisation", "korean_company"]
    ]
    """
    Who may apply (신청 자격)
    """
    documents: list[RequiredDocument]
    """
    The documents that must, or may, be handed in (제출 서류)
    """
    eligibility: list[EligibilityRule]
    """
    The rules that screening decides on (적격성 검토)
    """
    form: dict[str, Any]
    """
    JSON Schema (2020-12) of the answers
    """
    letter: str
    """
    stands in receipt numbers
    """
    money: MoneyRules
    name: LocalText
    partner_kinds: (
        list[Literal["central_government", "local_government", "public_institution", "university"]] | None
    ) = []
    """
    What kinds of body abroad may be partner (협력기관)
    """
    partner_required: bool
    """
    Whether a partner body abroad is needed (협력기관 필요 여부)
    """
    pre_consulting: bool
    """
    Whether eligible proposals get pre-consulting (사전컨설팅)
    """
    result_expected: LocalText
    secretariat: Secretariat
    selection: SelectionRules
    track: Literal["planning", "demonstration"]
    """
    Track (유형): `planning` (계획수립형) or `demonstration` (해외실증형)
    """
    window: WindowOut


class IntakeCallOut(Model):
    """A call: its definition, in which the pointers under `assumptions` show what no public source gives."""

    announced_at: AwareDatetime
    """
    When it is, or was, announced; nothing of it is visible before (엠바고)
    """
    assumptions: Annotated[list[CallAssumption] | None, Field(validate_default=True)] = []
    """
    Values that no public source gives, by pointer: show them as assumed
    """
    call_id: UUID
    """
    The call (공모)
    """
    code: str
    """
    Code of the call (공모)
    """
    host: LocalText
    name: LocalText
    occasions: Annotated[list[CallOccasion] | None, Field(validate_default=True)] = []
    """
    Events that officials of selected cities are invited to (초청 행사)
    """
    sources: list[str] | None = []
    """
    The public texts that it was taken from
    """
    state: CallState
    time_zone: Literal["Asia/Seoul"] = "Asia/Seoul"
    """
    Where deadlines are announced
    """
    tracks: list[TrackOut]
    """
    Tracks (유형)
    """
    version: int
    """
    Rises with each amendment, such as an extended deadline
    """
    year: int
    """
    Year of the call
    """
