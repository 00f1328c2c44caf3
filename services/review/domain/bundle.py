"""The input of a ranking, frozen: rules, sheets, declarations, arrivals. Pure.

As canonical JSON it has one digest, whatever order its parts were read in. Reviewers stand in it by
pseudonym; comments stay out (they go to applicants, not into the calculation).
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Self
from uuid import UUID

from services.review.domain.rules import Criterion, SelectionRules
from shared.auth.caller import Track
from shared.canonical import canonical_bytes, sha256_hex

FORMAT = "kcity-evaluation-bundle/1"


@dataclass(frozen=True, slots=True)
class BundleSheet:
    """A submitted sheet: whole points by criterion."""

    reviewer: str
    points: Mapping[str, int]
    submitted_at: datetime


@dataclass(frozen=True, slots=True)
class BundleDeclaration:
    """A reviewer's declaration on the case it stands in."""

    reviewer: str
    has_conflict: bool
    kind: str | None
    reason_code: str | None


@dataclass(frozen=True, slots=True)
class BundleCase:
    """An evaluated case. ``digest``: hex SHA-256 of the application as in its receipt."""

    case_id: UUID
    application_id: UUID
    receipt_no: str
    arrived_at: datetime
    digest: str
    country_iso2: str
    requested_amount_krw: int
    sheets: tuple[BundleSheet, ...]
    declarations: tuple[BundleDeclaration, ...]

    def counting(self) -> list[BundleSheet]:
        """The sheets that count: of reviewers who declared that they have no conflict in this case."""
        free = {one.reviewer for one in self.declarations if not one.has_conflict}
        return [sheet for sheet in self.sheets if sheet.reviewer in free]


@dataclass(frozen=True, slots=True)
class Bundle:
    """All that a ranking depends on."""

    evaluation_id: UUID
    call_id: UUID
    call_code: str
    call_version: int
    track: Track
    closed_at: datetime
    rules: SelectionRules
    cases: tuple[BundleCase, ...]

    def as_json(self) -> dict[str, Any]:
        """The bundle as JSON values, in the one order that has no meaning of its own."""
        return {
            "format": FORMAT,
            "evaluation_id": str(self.evaluation_id),
            "call_id": str(self.call_id),
            "call_code": self.call_code,
            "call_version": self.call_version,
            "track": self.track,
            "closed_at": instant_text(self.closed_at),
            "rules": asdict(self.rules),
            "cases": [_case_json(case) for case in sorted(self.cases, key=lambda one: one.application_id)],
        }

    def canonical(self) -> bytes:
        """The bytes that the digest is taken over (RFC 8785)."""
        return canonical_bytes(self.as_json())

    def digest(self) -> str:
        """Hex SHA-256 of ``canonical``."""
        return sha256_hex(self.canonical())

    @classmethod
    def of_json(cls, content: Mapping[str, Any]) -> Self:
        """Read a bundle. Raises ``KeyError``, ``ValueError`` or ``TypeError`` for what is none."""
        if content["format"] != FORMAT:
            raise ValueError(f"not a {FORMAT}")
        return cls(
            evaluation_id=UUID(content["evaluation_id"]),
            call_id=UUID(content["call_id"]),
            call_code=content["call_code"],
            call_version=content["call_version"],
            track=content["track"],
            closed_at=datetime.fromisoformat(content["closed_at"]),
            rules=_rules_of(content["rules"]),
            cases=tuple(_case_of(case) for case in content["cases"]),
        )


def instant_text(at: datetime) -> str:
    """RFC 3339 in UTC with six places: one text for one instant."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _case_json(case: BundleCase) -> dict[str, Any]:
    return {
        "case_id": str(case.case_id),
        "application_id": str(case.application_id),
        "receipt_no": case.receipt_no,
        "arrived_at": instant_text(case.arrived_at),
        "digest": case.digest,
        "country_iso2": case.country_iso2,
        "requested_amount_krw": case.requested_amount_krw,
        "sheets": [
            {
                "reviewer": sheet.reviewer,
                "points": dict(sheet.points),
                "submitted_at": instant_text(sheet.submitted_at),
            }
            for sheet in sorted(case.sheets, key=lambda one: one.reviewer)
        ],
        "declarations": [asdict(one) for one in sorted(case.declarations, key=lambda one: one.reviewer)],
    }


def _rules_of(content: Mapping[str, Any]) -> SelectionRules:
    criteria = tuple(Criterion(**criterion) for criterion in content["criteria"])
    return SelectionRules(**{**content, "criteria": criteria, "tie_break": tuple(content["tie_break"])})


def _case_of(content: Mapping[str, Any]) -> BundleCase:
    return BundleCase(
        case_id=UUID(content["case_id"]),
        application_id=UUID(content["application_id"]),
        receipt_no=content["receipt_no"],
        arrived_at=datetime.fromisoformat(content["arrived_at"]),
        digest=content["digest"],
        country_iso2=content["country_iso2"],
        requested_amount_krw=content["requested_amount_krw"],
        sheets=tuple(
            BundleSheet(sheet["reviewer"], sheet["points"], datetime.fromisoformat(sheet["submitted_at"]))
            for sheet in content["sheets"]
        ),
        declarations=tuple(BundleDeclaration(**one) for one in content["declarations"]),
    )
