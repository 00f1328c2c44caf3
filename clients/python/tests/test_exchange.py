"""What both clients do between the first attempt and the answer, against a server that says what a test wrote down."""

import asyncio
import hashlib
import io
import ssl
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar
from uuid import UUID

import httpx
import pytest
from kcity_client import (
    AsyncKCity,
    ClientCredentials,
    KCity,
    NoAnswer,
    OutcomeUnknown,
    Problem,
    Retries,
    UnexpectedAnswer,
    Upload,
    problems,
)
from kcity_client.errors import DigestMismatch, NotModified, TokenRefused
from kcity_client.tokens import TokenSource

from clients.python.tests.scripted import LOST, Said, Script, answer, problem, scripted

T = TypeVar("T")
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Nothing here speaks TLS; reading the machine's certificates for each client is what takes long."""
APPLICATION = UUID("01946d2a-8c00-7000-8000-000000000002")
QUICK = Retries(attempts=3, first_pause=0.001, longest_pause=0.002)
TIME = answer(
    200, {"now": "2025-03-11T08:30:00Z", "bound_ms": 1.4, "rehearsal": False, "time_zone": "Asia/Seoul"}
)
RECEIPT = answer(
    201,
    {
        "application_id": str(APPLICATION),
        "receipt_no": "KCN-2025-D-7F3K-9QX2",
        "call": "KCN-2025",
        "track": "demonstration",
        "revision": 7,
        "digest": "9f",
        "arrived_at": "2025-03-11T08:59:59.999Z",
        "clock_bound_ms": 2,
        "rehearsal": False,
        "signature": "e.e.e",
        "a_member_of_a_later_version": 1,
    },
    Location="/v1/applications/01946d2a-8c00-7000-8000-000000000002/receipt",
)
Act = Callable[[Any], Any]


class Either:
    """Runs an act on the blocking or the awaiting client, so that one test holds for both."""

    def __init__(self, awaiting: bool) -> None:
        self.awaiting = awaiting
        self.pauses: list[float] = []

    def do(self, script: Script, act: Act, *, token: TokenSource = None, retries: Retries = QUICK) -> Any:
        """The result of ``act(client)``."""
        if self.awaiting:
            return asyncio.run(self._await(script.origin, act, token, retries))
        with httpx.Client(verify=NO_TLS, trust_env=False) as http:
            kcity = KCity(script.origin, token=token, retries=retries, http=http, sleep=self.pauses.append)
            return act(kcity)

    @staticmethod
    async def _await(
        origin: str, act: Callable[[Any], Awaitable[T]], token: TokenSource, retries: Retries
    ) -> T:
        async with httpx.AsyncClient(verify=NO_TLS, trust_env=False) as http:
            return await act(AsyncKCity(origin, token=token, retries=retries, http=http))


@pytest.fixture(params=[False, True], ids=["sync", "async"])
def either(request: pytest.FixtureRequest) -> Either:
    return Either(request.param)


def submit(kcity: Any) -> Any:
    return kcity.submit_application(APPLICATION)


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


class TestTokens:
    def test_an_expired_token_is_asked_anew_once(self, either: Either) -> None:
        asked: list[bool] = []

        def token(renew: bool) -> str:
            asked.append(renew)
            return "new" if renew else "old"

        with scripted(problem(401, "token-expired"), RECEIPT) as script:
            either.do(script, submit, token=token)
        assert (asked, [one.headers["authorization"] for one in script.asked]) == (
            [False, True],
            ["Bearer old", "Bearer new"],
        )

    def test_a_token_that_stays_refused_is_a_problem(self, either: Either) -> None:
        with scripted(problem(401, "token-expired")) as script, pytest.raises(problems.TokenExpired):
            either.do(script, submit, token=lambda _: "old")
        assert len(script.asked) == 2

    def test_client_credentials_are_asked_once_and_kept(self, either: Either) -> None:
        given = answer(200, {"access_token": "machine", "expires_in": 3600})
        with scripted(given, TIME) as script:
            credentials = ClientCredentials(f"{script.origin}/token", "id", "secret", "cases:read")
            either.do(script, lambda kcity: kcity.get_intake_time(), token=credentials)
            either.do(script, lambda kcity: kcity.get_intake_time(), token=credentials)
        assert [one.path for one in script.asked] == ["/token", "/intake/v1/time", "/intake/v1/time"]
        assert b"scope=cases%3Aread" in script.asked[0].body
        assert "secret" not in repr(credentials)

    def test_a_refusing_issuer_is_told_apart(self, either: Either) -> None:
        with (
            scripted(answer(401, {"error": "invalid_client"})) as script,
            pytest.raises(TokenRefused) as refused,
        ):
            credentials = ClientCredentials(f"{script.origin}/token", "id", "wrong")
            either.do(script, lambda kcity: kcity.get_intake_time(), token=credentials)
        assert refused.value.error == "invalid_client"


def stored(content: bytes) -> Said:
    return answer(
        201,
        {
            "id": str(APPLICATION),
            "application_id": str(APPLICATION),
            "kind": "project_plan",
            "file_name": "plan.pdf",
            "media_type": "application/pdf",
            "size_bytes": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
            "scan_state": "pending",
            "uploaded_at": "2025-03-11T08:59:59Z",
        },
    )


def upload(file: object) -> Act:
    return lambda kcity: kcity.upload_document(APPLICATION, file, kind="project_plan", file_name="plan.pdf")


@pytest.fixture
def content() -> bytes:
    return bytes(range(256)) * 3000


class TestUploads:
    def test_a_file_is_sent_again_from_where_it_stood(self, either: Either, content: bytes) -> None:
        seen: list[tuple[int, int | None]] = []
        file = io.BytesIO(b"head" + content)
        file.seek(4)
        with scripted(problem(503, "unavailable", Retry_After="0"), stored(content)) as script:
            either.do(script, upload(Upload(file, progress=lambda sent, total: seen.append((sent, total)))))
        assert [asked.body == content for asked in script.asked] == [True, True]
        assert script.asked[0].headers["content-type"] == "application/pdf"
        assert seen[-1] == (len(content), len(content))

    def test_other_bytes_than_were_sent_are_noticed(self, either: Either, content: bytes) -> None:
        with scripted(stored(content[:-1])) as script, pytest.raises(DigestMismatch):
            either.do(script, upload(content))

    def test_a_name_without_a_known_ending_needs_a_media_type(self) -> None:
        with scripted(TIME) as script, pytest.raises(ValueError, match="media_type"):
            Either(awaiting=False).do(
                script, lambda kcity: kcity.upload_document(APPLICATION, b"x", kind="a", file_name="x")
            )
        assert script.asked == []


class TestEdits:
    def test_a_change_that_lost_the_race_reads_and_changes_once_more(self) -> None:
        first, second = (
            answer(200, {"scores": [], "assignment_id": str(APPLICATION), "submitted_at": None}, ETag=e)
            for e in ('"1"', '"2"')
        )
        with scripted(
            first, problem(412, "stale-version", {"current_etag": '"2"'}), second, second
        ) as script:
            Either(awaiting=False).do(
                script,
                lambda kcity: kcity.edit(
                    lambda: kcity.get_score_sheet(APPLICATION),
                    lambda _, etag: kcity.put_score_sheet(APPLICATION, {"scores": []}, if_match=etag),
                ),
            )
        assert [(one.method, one.headers.get("if-match")) for one in script.asked] == [
            ("GET", None),
            ("PUT", '"1"'),
            ("GET", None),
            ("PUT", '"2"'),
        ]

    def test_what_is_held_still_may_be_right(self, either: Either) -> None:
        with scripted(Said(304, b"", {"ETag": '"7"'})) as script, pytest.raises(NotModified):
            either.do(script, lambda kcity: kcity.get_application(APPLICATION, if_none_match='"7"'))

    def test_an_absent_section_stays_and_none_removes(self, either: Either) -> None:
        with scripted(problem(409, "not-a-draft")) as script, pytest.raises(problems.NotADraft):
            either.do(
                script, lambda kcity: kcity.change_application(APPLICATION, {"partner": None}, if_match='"7"')
            )
        assert script.asked[0].body == b'{"partner":null}'


class TestPaths:
    @pytest.mark.parametrize("name", ["..", ".", ""])
    def test_an_argument_cannot_leave_its_segment(self, name: str) -> None:
        with scripted(TIME) as script, pytest.raises(ValueError, match="path"):
            Either(awaiting=False).do(script, lambda kcity: kcity.get_call(name))
        assert script.asked == []

    def test_slashes_and_marks_are_written_out(self, either: Either) -> None:
        with scripted(problem(404, "not-found")) as script, pytest.raises(problems.NotFound):
            either.do(script, lambda kcity: kcity.get_call("a/../b?c"))
        assert script.asked[0].path == "/intake/v1/calls/a%2F..%2Fb%3Fc"

    def test_pages_follow_the_cursor_and_lists_repeat_their_name(self) -> None:
        pages = [answer(200, {"items": [], "next_cursor": cursor}) for cursor in ("c1", None)]
        with scripted(*pages) as script:
            found = Either(awaiting=False).do(
                script, lambda kcity: list(kcity.pages(kcity.list_projects, country=["VN", "ID"], limit=1))
            )
        assert len(found) == 2
        assert [one.path.partition("?")[2] for one in script.asked] == [
            "country=VN&country=ID&limit=1",
            "country=VN&country=ID&limit=1&cursor=c1",
        ]
