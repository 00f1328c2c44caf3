"""The call as data: one definition says everything that the 2025 call, or the next one, is.

It is written as YAML, validated and published by intake, and travels whole in ``CallPublished``.
Points and shares that are not whole are strings ("0.40"), as canonical JSON wants them.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from shared.auth.caller import Track
from shared.events.text import LocalText


def _in_ascii(text: str) -> str:
    """Digits of other scripts look alike and are others: our validator takes them as digits, JSON Schema does not."""
    if not text.isascii():
        raise ValueError("only ASCII characters")
    return text


Ascii = AfterValidator(_in_ascii)
Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
CallCode = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]{1,7}-20\d\d(-R\d{1,3})?$"), Ascii]
Won = Annotated[int, Field(ge=0, le=10**13)]
Points = Annotated[str, StringConstraints(pattern=r"^\d{1,3}(\.\d{1,2})?$"), Ascii]
Share = Annotated[str, StringConstraints(pattern=r"^(0(\.\d{1,4})?|1(\.0{1,4})?)$"), Ascii]

ApplicantKind = Literal[
    "central_government", "local_government", "international_organisation", "korean_company"
]
PartnerKind = Literal["central_government", "local_government", "public_institution", "university"]


class Part(BaseModel):
    """A part of the definition. Readers of events ignore unknown fields; intake refuses them in a new definition."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Window(Part):
    """Half open ``[opens_at, closes_at)``. Rolling intake has no closing; ``cut_off_at`` ends the year's round."""

    opens_at: AwareDatetime
    closes_at: AwareDatetime | None = None
    cut_off_at: AwareDatetime | None = Field(
        default=None, description="rolling intake: later proposals roll over to the next year"
    )

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        for name in ("closes_at", "cut_off_at"):
            end = getattr(self, name)
            if end is not None and end <= self.opens_at:
                raise ValueError(f"{name} must lie after opens_at")
        if self.closes_at is None and self.cut_off_at is None:
            raise ValueError("a window without closes_at is rolling and needs cut_off_at")
        return self


class RequiredDocument(Part):
    """A document an application must (or may) carry."""

    kind: Code
    name: LocalText
    required: bool = True
    media_types: tuple[str, ...] = ("application/pdf",)
    max_bytes: int = Field(default=20 * 1024 * 1024, ge=1, le=200 * 1024 * 1024)


class EligibilityRule(Part):
    """A rule that screening decides on; its code is the reason an applicant is given."""

    code: Code
    text: LocalText


class Money(Part):
    """What can be asked for, in won."""

    max_support_krw: Won
    max_labour_share: Share | None = None
    matching_funds: Literal["none", "optional", "required"] = "none"


class Criterion(Part):
    """Scored 0 to ``max_points``; the weights of a track's criteria add up to 100."""

    code: Code
    name: LocalText
    weight: int = Field(ge=1, le=100)
    max_points: int = Field(default=100, ge=1, le=100)


class Aggregation(Part):
    """How a case's sheets become one total: ``trimmed_mean`` leaves the highest and the lowest sheet out."""

    method: Literal["mean", "trimmed_mean", "median"]
    min_sheets: int = Field(ge=1, le=30)


class Quota(Part):
    """How many are selected."""

    min: int = Field(ge=0, le=100)
    max: int = Field(ge=1, le=100)

    @model_validator(mode="after")
    def _min_below_max(self) -> Self:
        if self.min > self.max:
            raise ValueError("min is above max")
        return self


class SelectionRules(Part):
    """From ranking to selection. ``on_misfit``: what happens at a case the budget no longer covers."""

    criteria: tuple[Criterion, ...] = Field(min_length=1)
    aggregation: Aggregation
    threshold_points: Points
    tie_break: tuple[str, ...] = Field(
        description="criterion codes in order of precedence, then 'earlier_submission'"
    )
    quota: Quota
    budget_krw: Won
    max_per_country: int | None = Field(default=None, ge=1)
    on_misfit: Literal["skip", "stop"] = "skip"

    @model_validator(mode="after")
    def _is_decidable(self) -> Self:
        codes = [criterion.code for criterion in self.criteria]
        if len(set(codes)) != len(codes):
            raise ValueError("two criteria have the same code")
        if sum(criterion.weight for criterion in self.criteria) != 100:  # noqa: PLR2004 - weights are per cent
            raise ValueError("the weights of the criteria must add up to 100")
        if unknown := set(self.tie_break) - {*codes, "earlier_submission"}:
            raise ValueError(f"tie_break names no criterion: {', '.join(sorted(unknown))}")
        if not self.tie_break or self.tie_break[-1] != "earlier_submission":
            raise ValueError("tie_break must end with earlier_submission, so that every tie is decided")
        trims = 2 if self.aggregation.method == "trimmed_mean" else 0
        if self.aggregation.min_sheets <= trims:
            raise ValueError("trimmed_mean needs at least 3 sheets")
        if Decimal(self.threshold_points) > 100:  # noqa: PLR2004 - totals are 0 to 100
            raise ValueError("threshold_points is above 100")
        return self


class Secretariat(Part):
    """Who runs the track."""

    code: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,10}$")]
    name: LocalText


class Appeal(Part):
    """Days from the notice to file an appeal, and from the appeal to its answer."""

    file_within_days: int = Field(ge=1, le=365)
    answer_within_days: int = Field(ge=1, le=365)


class TrackDefinition(Part):
    """One track of the call."""

    track: Track
    letter: Annotated[str, StringConstraints(pattern=r"^[A-Z]$")] = Field(
        description="stands in receipt numbers"
    )
    name: LocalText
    secretariat: Secretariat
    applicant_kinds: tuple[ApplicantKind, ...] = Field(min_length=1)
    partner_required: bool
    partner_kinds: tuple[PartnerKind, ...] = ()
    window: Window
    documents: tuple[RequiredDocument, ...]
    form: dict[str, Any] = Field(description="JSON Schema (2020-12) of the answers")
    eligibility: tuple[EligibilityRule, ...]
    money: Money
    pre_consulting: bool
    selection: SelectionRules
    appeal: Appeal
    result_expected: LocalText


class Occasion(Part):
    """An event that officials of selected cities are invited to."""

    code: Code
    name: LocalText
    starts_on: date
    ends_on: date
    place: LocalText
    tracks: tuple[Track, ...]


class Assumption(Part):
    """A value that no public source gives: shown as assumed wherever it is shown."""

    pointer: Annotated[str, StringConstraints(pattern=r"^(/[^/]+)+$")]
    note: LocalText


class CallDefinition(Part):
    """A whole call. Nothing of it is visible before ``announced_at``."""

    code: CallCode
    year: int = Field(ge=2020, le=2100)
    name: LocalText
    host: LocalText
    time_zone: Literal["Asia/Seoul"] = "Asia/Seoul"
    announced_at: AwareDatetime
    tracks: tuple[TrackDefinition, ...] = Field(min_length=1)
    occasions: tuple[Occasion, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    sources: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _tracks_differ(self) -> Self:
        for field in ("track", "letter"):
            values = [getattr(track, field) for track in self.tracks]
            if len(set(values)) != len(values):
                raise ValueError(f"two tracks have the same {field}")
        for track in self.tracks:
            if track.window.opens_at < self.announced_at:
                raise ValueError(f"track {track.track} opens before the call is announced")
        return self

    def track(self, track: Track) -> TrackDefinition | None:
        """The definition of ``track``, None when the call has none such."""
        return next((one for one in self.tracks if one.track == track), None)
