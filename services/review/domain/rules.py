"""What the call says about one track, as review needs it. Pure. Source: call definition."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from shared.auth.caller import Track

Method = Literal["mean", "trimmed_mean", "median"]
OnMisfit = Literal["skip", "stop"]
EARLIER_SUBMISSION = "earlier_submission"


@dataclass(frozen=True, slots=True)
class Criterion:
    """Scored 0 to ``max_points``; ``weight`` in per cent."""

    code: str
    weight: int
    max_points: int


@dataclass(frozen=True, slots=True)
class SelectionRules:
    """From sheets to selection. ``threshold_points``: a decimal string, 0–100; amounts in won."""

    criteria: tuple[Criterion, ...]
    method: Method
    min_sheets: int
    threshold_points: str
    tie_break: tuple[str, ...]
    quota_min: int
    quota_max: int
    budget_krw: int
    max_support_krw: int
    max_per_country: int | None
    on_misfit: OnMisfit


@dataclass(frozen=True, slots=True)
class TrackRules:
    """One track of one version of a call. ``intake_ends_at``: closing, or the year's cut-off of rolling intake."""

    call_id: UUID
    call_code: str
    call_version: int
    year: int
    track: Track
    eligibility_codes: frozenset[str]
    pre_consulting: bool
    intake_ends_at: datetime
    selection: SelectionRules
