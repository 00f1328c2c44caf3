"""The samples against the state machines: a new state without a sample is found here, without a stack."""

from datetime import datetime

import pytest

from deploy.local.rehearsal.samples.answers import answers_to
from deploy.local.rehearsal.timetable import KST
from deploy.sandbox.calls import Round, Which
from deploy.sandbox.samples import SAMPLES, Sample
from deploy.sandbox.states import EVERY_STATE, OF_CALLS, WITHOUT_SAMPLE
from services.intake.call_file import read_definition
from services.intake.domain.call import definition_violations
from services.intake.forms import answer_violations

NOW = datetime(2025, 12, 19, 11, tzinfo=KST)
ONE = Round(1, NOW)


def test_every_state_of_every_machine_has_a_sample_or_a_reason_why_none_can_stay_in_it() -> None:
    shown = OF_CALLS.union(*(sample.reaches for sample in SAMPLES))
    assert shown | WITHOUT_SAMPLE.keys() == set(EVERY_STATE)
    assert shown & WITHOUT_SAMPLE.keys() == set()


@pytest.mark.parametrize("which", Which)
def test_the_calls_are_valid_definitions(which: Which) -> None:
    definition = ONE.definition(which)
    assert list(definition_violations(definition, ONE.written(which))) == []
    assert read_definition(definition.model_dump_json(exclude_none=True).encode(), is_json=True) == definition


def test_the_call_that_is_open_is_the_latest_of_those_announced() -> None:
    announced = {which: ONE.definition(which).announced_at for which in Which}
    assert announced.pop(Which.HUSH) > NOW
    assert max(announced, key=announced.__getitem__) is Which.OPEN
    for track in ONE.definition(Which.OPEN).tracks:
        assert track.window.opens_at < NOW < (track.window.closes_at or track.window.cut_off_at or NOW)


def test_rounds_have_codes_of_their_own() -> None:
    codes = [one.code(which) for one in (ONE, Round(2, NOW)) for which in Which]
    assert len(set(codes)) == 2 * len(Which)
    assert "SBXOPEN-2025-R2" in codes


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: f"{sample.number}-{sample.ending.name}")
def test_what_an_applicant_answers_fits_the_form(sample: Sample) -> None:
    track = ONE.track(sample.which, sample.track)
    applicant = sample.applicant(track)
    assert answer_violations(track.form, answers_to(track.form, applicant)) == ()
    assert applicant.organisation["kind"] in track.applicant_kinds
    assert (applicant.partner is not None) is track.partner_required


def test_each_application_is_known_by_its_title() -> None:
    titles = [
        (one.which, one.track, one.applicant(ONE.track(one.which, one.track)).project["title"]["en"])
        for one in SAMPLES
    ]
    assert len(set(titles)) == len(titles)
