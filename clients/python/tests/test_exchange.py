"""What both clients do between the first attempt and the answer: retries, and what refusals become."""

import asyncio

import httpx
import pytest
from kcity_client import (
    AsyncKCity,
    KCity,
    NoAnswer,
    OutcomeUnknown,
    Problem,
    UnexpectedAnswer,
    problems,
)

from clients.python.tests.either import APPLICATION, NO_TLS, QUICK, RECEIPT, TIME, Either, submit
from clients.python.tests.scripted import LOST, Said, answer, problem, scripted


@pytest.fixture(params=[False, True], ids=["sync", "async"])
def either(request: pytest.FixtureRequest) -> Either:
    return Either(request.param)


class TestRetries:
    def test_an_act_whose_answer_is_lost_is_repeated_with_the_same_key(self, either: Either) -> None:
        with scripted(LOST, Said(502, b"<html>", {"Content-Type": "text/html"}), RECEIPT) as script:
            found = either.do(script, submit)
        keys = {asked.headers["idempotency-key"] for asked in script.asked}
        assert (len(script.asked), len(keys), found.data.receipt_no) == (3, 1, "KCN-2025-D-7F3K-9QX2")
        assert found.location == "/intake/v1/applications/01946d2a-8c00-7000-8000-000000000002/receipt"
        assert keys == {found.idempotency_key}

    def test_a_key_of_the_caller_is_sent_as_it_is(self, either: Either) -> None:
        with scripted(RECEIPT) as script:
            either.do(script, lambda kcity: kcity.submit_application(APPLICATION, idempotency_key="mine"))
        assert script.asked[0].headers["idempotency-key"] == "mine"

    def test_an_outcome_in_doubt_carries_the_key_and_can_be_looked_up(self, either: Either) -> None:
        kept = {"route": "POST /v1/x", "status": 201, "reference": "r", "kept_at": "2025-03-11T08:59:59Z"}
        with scripted(LOST, LOST, LOST, answer(200, {"items": [kept]})) as script:
            with pytest.raises(OutcomeUnknown) as doubt:
                either.do(script, submit)
            found = either.do(script, lambda kcity: kcity.look_up(doubt.value))
        assert script.asked[-1].path == f"/intake/v1/idempotency-keys/{doubt.value.idempotency_key}"
        assert (found.status, found.reference) == (201, "r")

    def test_what_was_never_done_is_looked_up_as_none(self, either: Either) -> None:
        with scripted(problem(404, "not-found")) as script:
            assert either.do(script, lambda kcity: kcity.look_up("key", "review")) is None

    def test_a_change_without_a_condition_is_never_sent_twice(self, either: Either) -> None:
        with scripted(LOST, TIME) as script, pytest.raises(OutcomeUnknown):
            either.do(script, lambda kcity: kcity.declare_conflict(APPLICATION, {"has_conflict": False}))
        assert len(script.asked) == 1

    def test_too_many_requests_are_repeated_whatever_they_are(self, either: Either) -> None:
        with scripted(problem(429, "rate-limited", Retry_After="0"), Said(204)) as script:
            assert either.do(script, lambda kcity: kcity.delete_document(APPLICATION)).data is None
        assert [asked.method for asked in script.asked] == ["DELETE", "DELETE"]

    def test_a_twin_in_flight_is_waited_for(self, either: Either) -> None:
        with scripted(problem(409, "twin-in-flight", Retry_After="0"), RECEIPT) as script:
            assert either.do(script, submit).status == 201

    def test_a_conflict_without_retry_after_is_final(self, either: Either) -> None:
        closed = problem(409, "window-closed", {"closed_at": "2025-03-11T09:00:00Z"})
        with scripted(closed) as script, pytest.raises(problems.WindowClosed) as refused:
            either.do(script, submit)
        assert (len(script.asked), refused.value.closed_at) == (1, "2025-03-11T09:00:00Z")

    def test_attempts_are_bounded(self, either: Either) -> None:
        with scripted(problem(503, "unavailable")) as script, pytest.raises(problems.Unavailable):
            either.do(script, lambda kcity: kcity.get_intake_time())
        assert len(script.asked) == QUICK.attempts

    def test_retry_after_is_kept_to_the_second_and_more(self) -> None:
        either = Either(awaiting=False)
        with scripted(problem(503, "unavailable", Retry_After="7"), TIME) as script:
            either.do(script, lambda kcity: kcity.get_intake_time())
        assert len(either.pauses) == 1
        assert 7 <= either.pauses[0] < 8

    def test_a_wait_beyond_the_patience_is_not_begun(self, either: Either) -> None:
        with (
            scripted(problem(503, "unavailable", Retry_After="3600")) as script,
            pytest.raises(Problem) as refused,
        ):
            either.do(script, lambda kcity: kcity.get_intake_time())
        assert (len(script.asked), refused.value.retry_after) == (1, 3600)

    def test_a_service_that_is_not_there_did_nothing(self, either: Either) -> None:
        with scripted(TIME) as script:
            pass
        with pytest.raises(NoAnswer) as failed:
            either.do(script, submit)
        assert not isinstance(failed.value, OutcomeUnknown)

    async def test_cancelling_ends_the_wait_between_attempts(self) -> None:
        with scripted(problem(503, "unavailable", Retry_After="30")) as script:
            async with httpx.AsyncClient(verify=NO_TLS, trust_env=False) as http:
                waiting = asyncio.create_task(AsyncKCity(script.origin, http=http).get_intake_time())
                await asyncio.to_thread(script.first.wait)
                waiting.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await waiting
        assert len(script.asked) == 1

    def test_a_sleep_of_the_caller_can_give_up(self) -> None:
        def give_up(_: float) -> None:
            raise TimeoutError

        with (
            scripted(problem(503, "unavailable", Retry_After="30")) as script,
            httpx.Client(verify=NO_TLS, trust_env=False) as http,
            pytest.raises(TimeoutError),
        ):
            KCity(script.origin, http=http, sleep=give_up).get_intake_time()


class TestProblems:
    def test_a_type_of_a_later_version_is_a_problem_all_the_same(self, either: Either) -> None:
        told = problem(409, "moon-in-the-wrong-phase", {"phase": "new", "request_id": "r-12345678"})
        with scripted(told) as script, pytest.raises(Problem) as refused:
            either.do(script, submit)
        assert type(refused.value) is Problem
        assert (refused.value.type.rsplit("/", 1)[-1], refused.value.facts) == (
            "moon-in-the-wrong-phase",
            {"phase": "new"},
        )
        assert refused.value.request_id == "r-12345678"

    def test_errors_point_at_the_places(self, either: Either) -> None:
        errors = [{"pointer": "/project/title", "reason": "missing", "message": "…"}, "noise"]
        told = problem(422, "incomplete", {"errors": errors})
        with scripted(told) as script, pytest.raises(problems.Incomplete) as refused:
            either.do(script, submit)
        assert [(error.pointer, error.reason) for error in refused.value.errors] == [
            ("/project/title", "missing")
        ]

    @pytest.mark.parametrize(
        "said",
        [
            Said(403, b"<html>go away</html>", {"Content-Type": "text/html"}),
            Said(200, b"<html>log in to this network</html>", {"Content-Type": "text/html"}),
            Said(200, b"{", {"Content-Type": "application/json"}),
            Said(200, b"{}", {"Content-Type": "application/json"}),
            Said(400, b"[]", {"Content-Type": "application/problem+json"}),
            Said(302, b"", {"Location": "https://login.example/"}),
        ],
        ids=["refusing page", "captive portal", "half an answer", "another answer", "no problem", "redirect"],
    )
    def test_an_answer_of_something_else_is_told_apart(self, either: Either, said: Said) -> None:
        with scripted(said) as script, pytest.raises(UnexpectedAnswer) as wrong:
            either.do(script, lambda kcity: kcity.get_intake_time())
        assert wrong.value.status == said.status
        assert wrong.value.request_id == script.asked[0].headers["x-request-id"]

    def test_words_and_members_of_a_later_version_are_kept_or_left(self, either: Either) -> None:
        call = {
            "call_id": str(APPLICATION),
            "code": "KCN-2030",
            "year": 2030,
            "name": {"en": "x"},
            "announced_at": "2030-01-20T02:00:00Z",
            "version": 1,
            "state": "suspended",
            "new": 1,
        }
        with scripted(answer(200, {"items": [call], "next_cursor": None})) as script:
            found = either.do(script, lambda kcity: kcity.list_calls())
        assert found.data.items[0].state == "suspended"
