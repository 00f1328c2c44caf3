"""What a body says is not guessed at: no number is a truth, no text a number, no number an instant."""

from typing import Any

import pytest
from pydantic import ValidationError

from services.catalog.schemas.corrections import CorrectionIn
from services.review.schemas.cases import EligibilityIn
from services.review.schemas.experts import DeclarationIn
from services.review.schemas.implementation import DayIn
from services.review.schemas.selections import SelectionIn
from shared.clock.endpoints import StepIn
from shared.delivery.operations.schemas import RebuildIn, ReplayIn
from shared.http.schema import Schema
from shared.ids import new_uuid

GOOD: dict[type[Schema], dict[str, Any]] = {
    EligibilityIn: {"eligible": True},
    DeclarationIn: {"has_conflict": False},
    SelectionIn: {"evaluation_id": str(new_uuid()), "announce_at": "2025-04-10T11:00:00+09:00"},
    StepIn: {"name": "closing", "instant": "2025-03-11T09:00:00Z"},
    RebuildIn: {"kind": "rebuild", "check_only": True},
    ReplayIn: {"kind": "replay", "since_journal_id": 7},
    DayIn: {"day": "2025-06-02"},
    CorrectionIn: {
        "reason": "x",
        "source": "https://news.example/1",
        "support_krw": 1,
        "selection_year": 2021,
        "position": {"latitude": 20, "longitude": 106.5},
    },
}
GUESSED = [
    *((EligibilityIn, "eligible", value) for value in ("yes", "true", 1, 0.0)),
    *((DeclarationIn, "has_conflict", value) for value in ("no", 0)),
    *((SelectionIn, "announce_at", value) for value in (1744250400, "1744250400", "2025-04-10")),
    *((StepIn, "instant", value) for value in (0, 1.5, "0", True)),
    *((RebuildIn, "check_only", value) for value in ("off", 0)),
    *((ReplayIn, "since_journal_id", value) for value in ("7", True)),
    *((DayIn, "day", value) for value in (0, 1748822400, "1748822400", "2025-06-02T00:00:00", True)),
    *((CorrectionIn, "support_krw", value) for value in ("1", 1.0, True)),
    *((CorrectionIn, "selection_year", value) for value in ("2021", True)),
    (CorrectionIn, "position", {"latitude": "20", "longitude": True}),
    (ReplayIn, "since_journal_id", 2**53),  # no reader of JSON is sure of it, and no audit entry can hold it
]


class TestStrictBodies:
    @pytest.mark.parametrize("model", GOOD)
    def test_take_what_the_contract_says(self, model: type[Schema]) -> None:
        model.model_validate(GOOD[model])

    @pytest.mark.parametrize(("model", "name", "value"), GUESSED)
    def test_guess_nothing(self, model: type[Schema], name: str, value: object) -> None:
        with pytest.raises(ValidationError) as refused:
            model.model_validate({**GOOD[model], name: value})
        assert refused.value.errors()[0]["loc"][0] == name
