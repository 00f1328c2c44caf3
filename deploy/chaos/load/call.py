"""The call of one load: open since long ago and for long, at whatever instant a rehearsal's clock stands."""

import secrets
from typing import Any

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
SINCE, UNTIL = "2020-01-02T00:00:00+09:00", "2099-12-31T18:00:00+09:00"
EDITS = "edits"
"""The answer in which every edit leaves its mark, so that a lost one is seen."""
FORM: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["story"],
    "properties": {
        "story": {"type": "string", "minLength": 1, "maxLength": 2000},
        EDITS: {"type": "object", "additionalProperties": {"type": "integer"}},
    },
}
CRITERIA = ("merit", "means")
RULE = "fits"
DOCUMENT = "plan"


def fresh_code() -> str:
    """A code that no other load has: they may share a stack, and a seed."""
    return f"L{''.join(secrets.choice(ALPHABET) for _ in range(7))}-2026"


def definition(code: str) -> dict[str, Any]:
    """The definition to publish. Source: ``shared.events.call_definition``."""
    return {
        "code": code,
        "year": 2026,
        "name": _text("Load"),
        "host": _text("Load generator"),
        "time_zone": "Asia/Seoul",
        "announced_at": "2020-01-01T00:00:00+09:00",
        "tracks": [
            _track("planning", "P", kinds=["local_government"], window={"cut_off_at": UNTIL}),
            _track(
                "demonstration",
                "D",
                kinds=["korean_company"],
                window={"closes_at": UNTIL},
                partner_kinds=["local_government"],
            ),
        ],
    }


def _track(
    track: str,
    letter: str,
    *,
    kinds: list[str],
    window: dict[str, str],
    partner_kinds: list[str] | None = None,
) -> dict[str, Any]:
    return {
        "track": track,
        "letter": letter,
        "name": _text(track),
        "secretariat": {"code": "LOAD", "name": _text("Load secretariat")},
        "applicant_kinds": kinds,
        "partner_required": bool(partner_kinds),
        "partner_kinds": partner_kinds or [],
        "window": {"opens_at": SINCE, **window},
        "documents": [
            {
                "kind": DOCUMENT,
                "name": _text("Plan"),
                "media_types": ["application/pdf"],
                "max_bytes": 100_000,
            }
        ],
        "form": FORM,
        "eligibility": [{"code": RULE, "text": _text("It fits.")}],
        "money": {"max_support_krw": 400_000_000},
        "pre_consulting": False,
        "selection": {
            "criteria": [
                {"code": CRITERIA[0], "name": _text("Merit"), "weight": 60},
                {"code": CRITERIA[1], "name": _text("Means"), "weight": 40},
            ],
            "aggregation": {"method": "mean", "min_sheets": 1},
            "threshold_points": "60",
            "tie_break": [*CRITERIA, "earlier_submission"],
            "quota": {"min": 0, "max": 5},
            "budget_krw": 2_000_000_000,
        },
        "appeal": {"file_within_days": 10, "answer_within_days": 30},
        "result_expected": _text("never"),
    }


def _text(english: str) -> dict[str, str]:
    return {"en": english}
