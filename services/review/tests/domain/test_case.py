from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from services.review.domain import selection as selections
from services.review.domain.case import NEXT, Case, CaseState, case_id_of, move
from services.review.domain.evaluation import must_be_closable
from services.review.domain.refusals import CaseNotInState, EmbargoNotInFuture, IntakeStillOpen
from services.review.domain.rules import TrackRules
from services.review.tests.domain.test_ranking import RULES
from shared.clock.arrival import Arrival

NOON = datetime(2025, 3, 11, 9, 0, tzinfo=UTC)
CASE = Case(
    id=UUID(int=1),
    application_id=UUID(int=2),
    call_id=UUID(int=3),
    track="demonstration",
    state=CaseState.OPEN,
    organisation_id=UUID(int=4),
    contact_id=UUID(int=5),
    receipt_no="KCN-2025-D-0001",
    arrived_at=NOON,
    rolls_over=False,
    evaluation_id=None,
)
TRACK = TrackRules(
    call_id=UUID(int=3),
    call_code="KCN-2025",
    call_version=1,
    year=2025,
    track="demonstration",
    eligibility_codes=frozenset(),
    pre_consulting=False,
    intake_ends_at=NOON,
    selection=RULES,
)


class TestStates:
    def test_every_state_is_in_the_table_and_can_be_reached(self) -> None:
        reached = {CaseState.OPEN}.union(*NEXT.values())
        assert set(NEXT) == set(CaseState) == reached

    @pytest.mark.parametrize("state", CaseState)
    def test_only_the_steps_of_the_table_are_possible(self, state: CaseState) -> None:
        for to in CaseState:
            if to in NEXT[state]:
                assert move(replace(CASE, state=state), to) is to
            else:
                with pytest.raises(CaseNotInState):
                    move(replace(CASE, state=state), to)

    def test_nothing_follows_a_withdrawal_and_all_else_can_be_withdrawn(self) -> None:
        assert not NEXT[CaseState.WITHDRAWN]
        assert all(
            CaseState.WITHDRAWN in NEXT[state] for state in CaseState if state is not CaseState.WITHDRAWN
        )

    def test_an_application_has_one_case_id_for_ever(self) -> None:
        assert case_id_of(UUID(int=2)) == UUID("ee6090a4-50cb-5db2-9b4d-b8da8c36d0b1")


class TestClosing:
    def test_doubt_about_the_clock_keeps_the_intake_open(self) -> None:
        with pytest.raises(IntakeStillOpen):
            must_be_closable(TRACK, Arrival(NOON, timedelta(milliseconds=1)), None)
        must_be_closable(TRACK, Arrival(NOON, timedelta()), None)


class TestEmbargo:
    def test_lies_strictly_in_the_future(self) -> None:
        arrival = Arrival(NOON, timedelta())
        selections.check_embargo(NOON + timedelta(microseconds=1), arrival)
        with pytest.raises(EmbargoNotInFuture):
            selections.check_embargo(NOON, arrival)
