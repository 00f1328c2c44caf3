from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from services.intake.call_file import read_definition
from services.intake.domain.application import Document, ScanState
from services.intake.domain.change import change_draft, merged
from services.intake.domain.completeness import violations_of
from services.intake.forms import answer_violations
from services.intake.tests.domain.test_application import NOON, SALTS, draft
from services.intake.tests.house import CALL_FILE, DEMONSTRATION, DOCUMENTS, PLANNING
from shared.auth.caller import Track
from shared.ids import ApplicationId, DocumentId, new_uuid

CALL = read_definition(CALL_FILE.read_bytes(), is_json=False)


def findings(
    track: Track, sections: Mapping[str, Any], kinds: tuple[str, ...] | None = None
) -> set[tuple[str, str]]:
    definition = CALL.track(track)
    assert definition is not None
    application = change_draft(draft(track=track), sections, SALTS).application
    documents = tuple(document(kind) for kind in (DOCUMENTS[track] if kinds is None else kinds))
    application = replace(application, documents=documents)
    wrong = answer_violations(definition.form, application.answers)
    return {(item.pointer, item.reason) for item in violations_of(application, definition, wrong)}


def document(kind: str, media_type: str = "application/pdf") -> Document:
    return Document(
        id=DocumentId(new_uuid()),
        application_id=ApplicationId(new_uuid()),
        kind=kind,
        file_name="x.pdf",
        media_type=media_type,
        size_bytes=10,
        sha256="0",
        commitment="0",
        scan_state=ScanState.NOT_SCANNED,
        uploaded_at=NOON,
    )


def demonstration(patch: dict[str, Any]) -> dict[str, Any]:
    changed: dict[str, Any] = merged(DEMONSTRATION, patch)
    return changed


class TestViolations:
    @pytest.mark.parametrize(
        ("track", "sections"), [("demonstration", DEMONSTRATION), ("planning", PLANNING)]
    )
    def test_finds_nothing_in_a_complete_application(self, track: Track, sections: dict[str, Any]) -> None:
        assert findings(track, sections) == set()

    def test_finds_all_that_an_empty_draft_lacks(self) -> None:
        missing = {pointer for pointer, reason in findings("demonstration", {}, ()) if reason == "missing"}
        assert missing >= {
            "/organisation/name",
            "/organisation/kind",
            "/project/title",
            "/project/requested_amount_krw",
            "/answers/solution",
            "/contact",
            "/partner",
            "/documents/project_plan",
            "/documents/business_registration",
        }

    @pytest.mark.parametrize(
        ("patch", "pointer", "reason"),
        [
            (
                {"organisation": {"kind": "local_government", "business_number": None}},
                "/organisation/kind",
                "not-eligible",
            ),
            ({"organisation": {"business_number": None}}, "/organisation/business_number", "missing"),
            ({"organisation": {"country_iso2": "VN"}}, "/organisation/country_iso2", "not-eligible"),
            ({"project": {"country_iso2": "KR"}}, "/project/country_iso2", "not-abroad"),
            ({"project": {"project_type": "solution_plan"}}, "/project/project_type", "not-eligible"),
            (
                {"project": {"requested_amount_krw": 400_000_001}},
                "/project/requested_amount_krw",
                "above-maximum",
            ),
            ({"answers": {"labour_share": "0.41"}}, "/answers/labour_share", "pattern"),
            ({"answers": {"colour": "red"}}, "/answers", "additionalProperties"),
            (
                {"answers": {"participants": [{"name": "x"}]}},
                "/answers/participants/0/country_iso2",
                "missing",
            ),
            ({"partner": None}, "/partner", "missing"),
            ({"partner": {"kind": None}}, "/partner/kind", "missing"),
            ({"partner": {"contact": None}}, "/partner/contact", "missing"),
            ({"contact": None}, "/contact", "missing"),
        ],
    )
    def test_points_at_the_one_thing_that_is_wrong(
        self, patch: dict[str, Any], pointer: str, reason: str
    ) -> None:
        sections = demonstration(patch)
        assert findings("demonstration", sections) == {(pointer, reason)}

    def test_the_most_that_can_be_asked_for_is_allowed(self) -> None:
        assert (
            findings("demonstration", demonstration({"project": {"requested_amount_krw": 400_000_000}}))
            == set()
        )

    @pytest.mark.parametrize("share", ["0", "0.4", "0.40", "0.399", "0.3999"])
    def test_labour_up_to_forty_per_cent_is_allowed(self, share: str) -> None:
        assert findings("demonstration", demonstration({"answers": {"labour_share": share}})) == set()

    def test_the_planning_track_knows_no_partner(self) -> None:
        sections = {**PLANNING, "partner": DEMONSTRATION["partner"]}
        assert findings("planning", sections) == {("/partner", "not-asked")}

    def test_answers_are_not_quoted(self) -> None:
        definition = CALL.track("demonstration")
        assert definition is not None
        found = answer_violations(definition.form, {"labour_share": "my secret"})
        assert "secret" not in str(found)
