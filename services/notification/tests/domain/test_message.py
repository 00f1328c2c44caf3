from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notification.domain.message import (
    BACK_OFF,
    NO_ANSWER_CODE,
    TRANSITIONS,
    Accepted,
    Cause,
    HeldReason,
    Rejected,
    State,
    Template,
    Unsendable,
    settle,
    wait_after,
)
from shared.ids import ApplicationId, ContactId, EventId

EVENT = EventId(UUID(int=1))
CONTACT = ContactId(UUID(int=2))
APPLICATION = ApplicationId(UUID(int=3))
CAUSE = Cause(EVENT, CONTACT, Template.RECEIPT, APPLICATION)


class TestMessageId:
    def test_is_the_same_for_the_same_cause(self) -> None:
        again = Cause(EVENT, CONTACT, Template.RECEIPT, APPLICATION)
        assert CAUSE.message_id("kcity.example") == again.message_id("kcity.example")

    @pytest.mark.parametrize(
        "other",
        [
            Cause(EventId(UUID(int=9)), CONTACT, Template.RECEIPT, APPLICATION),
            Cause(EVENT, ContactId(UUID(int=9)), Template.RECEIPT, APPLICATION),
            Cause(EVENT, CONTACT, Template.SELECTION, APPLICATION),
            Cause(EVENT, CONTACT, Template.RECEIPT, ApplicationId(UUID(int=9))),
        ],
    )
    def test_differs_when_anything_of_the_cause_differs(self, other: Cause) -> None:
        assert CAUSE.message_id("kcity.example") != other.message_id("kcity.example")

    def test_ends_in_the_mail_domain(self) -> None:
        assert CAUSE.message_id("kcity.example").endswith("@kcity.example>")


class TestSettle:
    def test_an_accepted_message_is_delivered(self) -> None:
        assert settle(Accepted(), attempts=1, given_up=False).state is State.DELIVERED

    @given(code=st.integers(500, 599), attempts=st.integers(1, 100))
    def test_a_5xx_about_the_addressee_bounces_at_once(self, code: int, attempts: int) -> None:
        settlement = settle(Rejected(code), attempts=attempts, given_up=False)
        assert (settlement.state, settlement.smtp_code) == (State.BOUNCED, code)

    def test_a_5xx_about_the_sender_is_tried_again(self) -> None:
        assert settle(Rejected(550, about_us=True), attempts=1, given_up=False).state is State.FAILED

    @given(code=st.one_of(st.none(), st.integers(400, 499)), attempts=st.integers(1, 100))
    def test_anything_else_is_tried_again_after_a_wait(self, code: int | None, attempts: int) -> None:
        settlement = settle(Rejected(code), attempts=attempts, given_up=False)
        assert (settlement.state, settlement.wait) == (State.FAILED, wait_after(attempts))

    def test_after_its_days_a_message_bounces_with_the_last_answer(self) -> None:
        assert settle(Rejected(451), attempts=40, given_up=True).smtp_code == 451
        assert settle(Rejected(None), attempts=40, given_up=True).smtp_code == NO_ANSWER_CODE

    def test_what_cannot_be_offered_is_held_with_its_reason(self) -> None:
        settlement = settle(Unsendable(HeldReason.ADDRESS_UNUSABLE), attempts=1, given_up=True)
        assert (settlement.state, settlement.held_reason) == (State.HELD, HeldReason.ADDRESS_UNUSABLE)

    @given(
        outcome=st.one_of(
            st.just(Accepted()),
            st.builds(Rejected, st.one_of(st.none(), st.integers(400, 599)), about_us=st.booleans()),
            st.builds(Unsendable, st.sampled_from(HeldReason)),
        ),
        given_up=st.booleans(),
    )
    def test_only_ends_where_the_table_of_states_allows(
        self, outcome: Accepted | Rejected | Unsendable, *, given_up: bool
    ) -> None:
        assert settle(outcome, attempts=1, given_up=given_up).state in TRANSITIONS[State.SENDING]


class TestWaitAfter:
    def test_begins_with_one_five_and_thirty_seconds(self) -> None:
        assert [wait_after(attempts).total_seconds() for attempts in (1, 2, 3)] == [1, 5, 30]

    @given(attempts=st.integers(1, 10_000))
    def test_never_becomes_shorter_nor_longer_than_the_last(self, attempts: int) -> None:
        assert wait_after(attempts) <= wait_after(attempts + 1) <= BACK_OFF[-1] < timedelta(days=1)


class TestTransitions:
    def test_name_every_state_and_nothing_follows_delivery(self) -> None:
        assert set(TRANSITIONS) == set(State)
        assert not TRANSITIONS[State.DELIVERED]
