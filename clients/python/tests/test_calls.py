"""What both clients make of tokens, uploads, edits and paths."""

import hashlib
import io

import pytest
from kcity_client import (
    ClientCredentials,
    Upload,
    problems,
)
from kcity_client.errors import DigestMismatch, NotModified, TokenRefused

from clients.python.tests.either import APPLICATION, RECEIPT, TIME, Act, Either, submit
from clients.python.tests.scripted import Said, answer, problem, scripted


@pytest.fixture(params=[False, True], ids=["sync", "async"])
def either(request: pytest.FixtureRequest) -> Either:
    return Either(request.param)


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
        pages = [
            answer(200, {"items": [], "next_cursor": cursor, "matched": None}) for cursor in ("c1", None)
        ]
        with scripted(*pages) as script:
            found = Either(awaiting=False).do(
                script, lambda kcity: list(kcity.pages(kcity.list_projects, country=["VN", "ID"], limit=1))
            )
        assert len(found) == 2
        assert [one.path.partition("?")[2] for one in script.asked] == [
            "country=VN&country=ID&limit=1",
            "country=VN&country=ID&limit=1&cursor=c1",
        ]
