import itertools
from datetime import UTC, datetime
from typing import Any

import pytest

from services.intake.domain.application import (
    TRANSITIONS,
    AlreadyWithdrawn,
    Application,
    Contact,
    NotADraft,
    State,
    Step,
)
from services.intake.domain.business_number import is_business_number
from services.intake.domain.change import change_draft, merged
from services.intake.domain.documents import SIGNATURES, begins_like, file_name
from services.intake.domain.sealing import canonical_application, contact_commitment, digest_of
from shared.errors import Invalid
from shared.ids import ApplicationId, CallId, ContactId, OrganisationId, new_uuid
from shared.signing import commitment

NOON = datetime(2025, 2, 20, 3, 0, tzinfo=UTC)
SALTS = (b"a" * 32, b"b" * 32)
PERSON = {"name": "Anna", "email": "anna@city.example", "language": "en"}


def draft(**values: Any) -> Application:
    usual: dict[str, Any] = {"track": "planning", "state": State.DRAFT, "revision": 1, "version": 1}
    return Application(
        id=ApplicationId(new_uuid()),
        call_id=CallId(new_uuid()),
        call_code="KCN-2025",
        organisation_id=OrganisationId(new_uuid()),
        created_at=NOON,
        changed_at=NOON,
        **(usual | values),
    )


class TestStates:
    @pytest.mark.parametrize(("state", "step"), list(itertools.product(State, Step)))
    def test_only_what_the_table_allows_happens(self, state: State, step: Step) -> None:
        application = draft(state=state)
        if (state, step) in TRANSITIONS:
            assert application.after(step) is TRANSITIONS[state, step]
        else:
            with pytest.raises((NotADraft, AlreadyWithdrawn)):
                application.after(step)


class TestMerged:
    @pytest.mark.parametrize(
        ("target", "patch", "result"),
        [
            ({"a": 1}, {"b": 2}, {"a": 1, "b": 2}),
            ({"a": 1}, {"a": None}, {}),
            ({"a": {"b": 1, "c": 2}}, {"a": {"c": 3}}, {"a": {"b": 1, "c": 3}}),
            ({"a": {"b": 1}}, {"a": {"b": None}}, {}),
            ({"a": [1]}, {"a": [2, 3]}, {"a": [2, 3]}),
            (None, {"a": {"b": 1}}, {"a": {"b": 1}}),
        ],
    )
    def test_is_json_merge_patch(self, target: Any, patch: Any, result: Any) -> None:
        assert merged(target, patch) == result


class TestChangeDraft:
    def test_raises_the_revision_and_leaves_other_sections_alone(self) -> None:
        before = draft(answers={"a": 1})
        after = change_draft(before, {"project": {"city": {"en": "Izmir"}}}, SALTS).application
        assert (after.revision, after.answers) == (2, {"a": 1})
        assert after.project == {"city": {"en": "Izmir"}}

    def test_a_contact_keeps_its_id_and_gets_a_fresh_salt_when_it_changes(self) -> None:
        first = change_draft(draft(), {"contact": PERSON}, SALTS)
        (contact,) = first.stored
        second = change_draft(first.application, {"contact": {"name": "Bora"}}, (b"c" * 32, b"d" * 32))
        (changed,) = second.stored
        assert (changed.id, changed.email) == (contact.id, contact.email)
        assert changed.salt != contact.salt

    def test_a_contact_that_says_the_same_is_not_stored_again(self) -> None:
        first = change_draft(draft(), {"contact": PERSON}, SALTS).application
        assert change_draft(first, {"contact": PERSON}, SALTS).stored == ()

    def test_a_removed_partner_takes_its_contact_along(self) -> None:
        patch = {"partner": {"kind": "university", "contact": PERSON}}
        first = change_draft(draft(), patch, SALTS)
        (contact,) = first.stored
        second = change_draft(first.application, {"partner": None}, SALTS)
        assert second.erased == (contact.id,)
        assert (second.application.partner, second.application.partner_contact) == (None, None)

    def test_the_confirmation_id_stays_when_the_partner_contact_changes(self) -> None:
        first = change_draft(draft(), {"partner": {"contact": PERSON}}, SALTS).application
        second = change_draft(first, {"partner": {"contact": {"name": "Bora"}}}, SALTS).application
        assert first.confirmation_id is not None
        assert second.confirmation_id == first.confirmation_id

    def test_refuses_half_a_contact(self) -> None:
        with pytest.raises(Invalid) as refusal:
            change_draft(draft(), {"partner": {"contact": {"name": "Anna"}}}, SALTS)
        assert [item.pointer for item in refusal.value.violations] == [
            "/body/partner/contact/email",
            "/body/partner/contact/language",
        ]

    @pytest.mark.parametrize(
        ("answers", "reason"),
        [
            ({"a": 0.5}, "fraction"),
            ({"a": 2**53}, "too-large"),
            ({"a": "x" * 20_001}, "too-long"),
            ({"a" * 201: 1}, "too-long"),
        ],
    )
    def test_refuses_answers_that_cannot_be_signed(self, answers: dict[str, Any], reason: str) -> None:
        with pytest.raises(Invalid) as refusal:
            change_draft(draft(), {"answers": answers}, SALTS)
        assert refusal.value.violations[0].reason == reason

    def test_takes_answers_of_twenty_levels_and_no_more(self) -> None:
        def nested(levels: int) -> Any:
            return {"a": nested(levels - 1)} if levels > 1 else {"a": 1}

        assert change_draft(draft(), {"answers": nested(19)}, SALTS).application.answers == nested(19)
        with pytest.raises(Invalid, match="cannot be stored"):
            change_draft(draft(), {"answers": nested(20)}, SALTS)


class TestBusinessNumber:
    @pytest.mark.parametrize("digits", ["1234567891", "1248100998", "2208162517"])
    def test_takes_the_right_check_digit(self, digits: str) -> None:
        assert is_business_number(digits)

    @pytest.mark.parametrize("digits", ["1234567890", "124810099", "12481009988", "124-81-009", ""])
    def test_refuses_others(self, digits: str) -> None:
        assert not is_business_number(digits)

    def test_exactly_one_of_ten_last_digits_is_right(self) -> None:
        assert sum(is_business_number(f"110813456{last}") for last in range(10)) == 1


class TestSealing:
    def test_no_personal_value_stands_in_the_canonical_form(self) -> None:
        application = change_draft(draft(), {"contact": PERSON}, SALTS).application
        assert "anna" not in str(canonical_application(application)).lower()

    def test_the_digest_follows_the_content(self) -> None:
        before = change_draft(draft(), {"contact": PERSON}, SALTS).application
        after = change_draft(before, {"contact": {"email": "other@city.example"}}, SALTS).application
        assert digest_of(before) == digest_of(before)
        assert digest_of(before) != digest_of(after)

    def test_a_commitment_is_over_salt_and_canonical_person(self) -> None:
        contact = Contact(ContactId(new_uuid()), "Anna", "anna@city.example", "en", SALTS[0])
        canonical = b'{"email":"anna@city.example","language":"en","name":"Anna"}'
        assert contact_commitment(contact) == commitment(SALTS[0], canonical)


class TestDocuments:
    @pytest.mark.parametrize("media_type", sorted(SIGNATURES))
    def test_a_file_begins_as_its_type_does(self, media_type: str) -> None:
        assert begins_like(media_type, SIGNATURES[media_type][0] + b"rest")
        assert not begins_like(media_type, b"MZ\x90\x00 no document")

    @pytest.mark.parametrize("name", ["계획서 1.pdf", "plan (final).pdf", "a"])
    def test_keeps_plain_names(self, name: str) -> None:
        assert file_name(name) == name

    @pytest.mark.parametrize(
        "name", ["../x.pdf", "a/b", "a\\b", "a\nb", "..", "x\u202efdp.exe", "a:b", "x" * 201]
    )
    def test_refuses_names_that_are_more_than_names(self, name: str) -> None:
        with pytest.raises(Invalid):
            file_name(name)
