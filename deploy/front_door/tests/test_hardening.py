"""What the front door does with what nobody should send, byte by byte: a real Caddy before a real API."""

import json
import re
from pathlib import Path

import httpx
import pytest

from deploy.front_door import CADDYFILE
from deploy.front_door.tests.conftest import Api, ImpatientDoor, in_pieces, raw
from deploy.local.front_door import FrontDoor
from deploy.local.ports import free_port
from shared.http.problems import known_problems

HOST = b"Host: k-city.example\r\n"
JSON = HOST + b"Content-Type: application/json\r\n"
LAST = b"Connection: close\r\n\r\n"
SMUGGLED = b"GET /intake/v1/smuggled HTTP/1.1\r\n" + HOST + b"\r\n"


def statuses(answer: bytes) -> list[int]:
    """The status of each answer on the connection, in order."""
    return [int(found) for found in re.findall(rb"HTTP/1\.[01] (\d{3}) ", answer)]


def problem(answer: bytes) -> dict[str, object]:
    """The problem in the only answer of a connection."""
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"application/problem+json" in head, answer
    told: dict[str, object] = json.loads(body)
    slug = str(told["type"]).removeprefix("https://k-city.example/problems/")
    assert (told["title"], told["status"]) == (known_problems()[slug].title, statuses(answer)[0])
    assert str(told["request_id"]).encode() in head
    return told | {"type": slug}


class TestSmuggling:
    @pytest.mark.parametrize(
        ("request_bytes", "expected"),
        [
            pytest.param(
                b"POST /intake/v1/notes HTTP/1.1\r\n"
                + JSON
                + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                + SMUGGLED,
                [422],
                id="CL.TE",
            ),
            pytest.param(
                b"POST /intake/v1/notes HTTP/1.1\r\n"
                + JSON
                + b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n"
                + SMUGGLED,
                [422],
                id="TE.CL",
            ),
            pytest.param(
                b"POST /intake/v1/notes HTTP/1.1\r\n"
                + JSON
                + b"Transfer-Encoding: xchunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"
                + SMUGGLED,
                [501],
                id="TE that nobody knows",
            ),
            pytest.param(
                b"POST /intake/v1/notes HTTP/1.1\r\n"
                + JSON
                + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n"
                + SMUGGLED,
                [501],
                id="two TE",
            ),
            pytest.param(
                b"POST /intake/v1/notes HTTP/1.1\r\n"
                + JSON
                + b"Transfer-Encoding : chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"
                + SMUGGLED,
                [400],
                id="TE with a space",
            ),
            pytest.param(
                b"POST /intake/v1/notes HTTP/1.1\r\n"
                + JSON
                + b"Content-Length: 0\r\nContent-Length: 60\r\n\r\n"
                + SMUGGLED,
                [400],
                id="two CL",
            ),
            pytest.param(
                b"POST /intake/v1/notes HTTP/1.1\r\n" + JSON + b"Content-Length: +0\r\n\r\n" + SMUGGLED,
                [400],
                id="CL with a sign",
            ),
            pytest.param(
                b"POST /intake/v1/notes HTTP/1.1\r\n" + JSON + b"Content-Length: -1\r\n\r\n" + SMUGGLED,
                [400],
                id="negative CL",
            ),
            pytest.param(
                b"POST /intake/v1/notes HTTP/1.1\r\n" + JSON + b"Content-Length: 0,60\r\n\r\n" + SMUGGLED,
                [400],
                id="CL as a list",
            ),
            pytest.param(
                b"GET /intake/v1/notes HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n" + SMUGGLED,
                [400],
                id="two hosts",
            ),
            pytest.param(b"GET /intake/v1/notes HTTP/1.1\r\n\r\n" + SMUGGLED, [400], id="no host"),
            pytest.param(
                b"GET /intake/v1/notes HTTP/1.1\r\n" + HOST + b"X\x00Y: a\r\n\r\n" + SMUGGLED, [400], id="NUL"
            ),
            pytest.param(
                b"GET /intake/v1/notes HTTP/1.1\r\n" + HOST + b"X-A: a\rb\r\n\r\n" + SMUGGLED,
                [400],
                id="bare CR",
            ),
        ],
    )
    def test_brings_nothing_past_the_door(
        self, door: FrontDoor, api: Api, request_bytes: bytes, expected: list[int]
    ) -> None:
        api.heads.clear()
        assert statuses(raw(door.port, request_bytes)) == expected
        assert "/v1/smuggled" not in {path for _, path in api.heads}

    def test_by_a_folded_header_is_one_header(self, door: FrontDoor, api: Api) -> None:
        request = (
            b"GET /intake/v1/notes HTTP/1.1\r\n" + HOST + b"X-A: b\r\n GET /intake/v1/smuggled\r\n" + LAST
        )
        api.heads.clear()
        assert statuses(raw(door.port, request)) == [200]
        assert api.heads == [("GET", "/v1/notes")]

    @pytest.mark.parametrize("length", [1_100_000, 1_500_000, 1_900_000, 2_500_000, 4_000_000])
    def test_behind_a_body_that_is_too_large_ends_with_the_connection(
        self, door: FrontDoor, api: Api, length: int
    ) -> None:
        head = b"POST /intake/v1/notes HTTP/1.1\r\n" + JSON + b"Content-Length: %d\r\n\r\n" % length
        api.heads.clear()
        answer = raw(door.port, head + SMUGGLED * (length // len(SMUGGLED)) + b" " * (length % len(SMUGGLED)))
        assert statuses(answer) in ([413], [])  # none: it was reset while still sending
        assert {path for _, path in api.heads} <= {"/v1/notes"}


class TestAddresses:
    @pytest.mark.parametrize(
        ("path", "status"),
        [
            *(
                (f"/intake/{trick}/v1/notes", 400)
                for trick in ("..", ".", "%2e%2e", "%2E.", ";a=b", "%2f", "%5c")
            ),
            ("/intake//v1/notes", 400),
            ("//intake/v1/notes", 400),
            ("/intake/v1/notes%00", 400),
            ("/intake/v1/%c0%ae%c0%ae/notes", 400),
            ("/intake/v1/notes;jsessionid=1", 400),
            ("/intake/v1\\notes", 400),
            ("/INTAKE/v1/notes", 404),
            ("/Intake/v1/notes", 404),
            ("/intake./v1/notes", 404),
            ("/intake%20/v1/notes", 404),
            ("/intake/metrics", 404),
            ("/intake/%6detrics", 404),
            ("/intake/ready", 404),
            ("/intake/v1/notes.", 404),
            ("/intake/v1/notes/", 404),
            ("/intake/V1/notes", 404),
            ("/intake/v1/notes%20", 404),
            ("/intake/v1/ｎotes", 404),
            ("/intakex/v1/notes", 404),
            ("/..%2f..%2fetc/passwd", 400),
            ("/.env", 404),
        ],
    )
    def test_that_are_not_the_one_name_of_a_thing_lead_nowhere(
        self, door: FrontDoor, path: str, status: int
    ) -> None:
        answer = raw(door.port, f"GET {path} HTTP/1.1\r\n".encode() + HOST + LAST)
        assert statuses(answer) == [status]
        if path.isascii():
            assert problem(answer)["type"] == {400: "malformed-request", 404: "not-found"}[status]

    def test_in_absolute_form_are_the_same_and_their_host_is_believed_by_nobody(
        self, door: FrontDoor
    ) -> None:
        answer = raw(door.port, b"GET http://evil.example/intake/v1/notes/none HTTP/1.1\r\n" + HOST + LAST)
        assert statuses(answer) == [404]
        assert b"evil.example" not in answer

    def test_that_redirect_name_no_host(self, door: FrontDoor) -> None:
        answer = raw(door.port, b"GET /intake HTTP/1.1\r\nHost: evil.example\r\n" + LAST)
        assert b"Location: /intake/docs\r\n" in answer


class TestMethods:
    @pytest.mark.parametrize(
        "line", [b"CONNECT evil.example:80", b"BREW /intake/v1/notes", b"TRACE /intake/v1/notes"]
    )
    def test_that_are_not_served_are_refused_with_those_that_are(self, door: FrontDoor, line: bytes) -> None:
        answer = raw(door.port, line + b" HTTP/1.1\r\nHost: evil.example:80\r\n" + LAST)
        assert problem(answer)["type"] == "method-not-allowed"
        assert b"Allow: DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT\r\n" in answer

    def test_of_a_page_are_reading_ones(self, door: FrontDoor) -> None:
        answer = raw(door.port, b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 0\r\n" + LAST)
        assert problem(answer)["type"] == "method-not-allowed"

    def test_of_an_operation_are_the_apis_to_tell(self, door: FrontDoor) -> None:
        answer = raw(
            door.port, b"PATCH /intake/v1/notes HTTP/1.1\r\n" + HOST + b"Content-Length: 0\r\n" + LAST
        )
        assert b"Allow: GET, HEAD, OPTIONS, POST\r\n" in answer


class TestOldProtocol:
    def test_is_answered_once(self, door: FrontDoor) -> None:
        answer = raw(door.port, b"GET /intake/v1/notes HTTP/1.0\r\n\r\n" + SMUGGLED)
        assert statuses(answer) == [200]


class TestLimits:
    def test_of_a_body_depend_on_its_route(self, door: FrontDoor) -> None:
        content = b"x" * 2_500_000
        with httpx.Client(base_url=door.url) as http:
            taken = http.post("/intake/v1/applications/1/documents", content=content)
            refused = http.post("/intake/v1/applications/1/documents", content=b"x" * 3_500_000)
        assert (taken.status_code, taken.json()["length"]) == (201, 2_500_000)
        assert (refused.status_code, refused.json()["type"].rpartition("/")[2]) == (413, "content-too-large")

    def test_hold_for_a_body_that_does_not_say_its_length(self, door: FrontDoor) -> None:
        chunks = (b"10000\r\n" + b"x" * 65536 + b"\r\n") * 60 + b"0\r\n\r\n"
        head = b"POST /intake/v1/notes HTTP/1.1\r\n" + JSON + b"Transfer-Encoding: chunked\r\n\r\n"
        assert statuses(raw(door.port, head + chunks)) in ([413], [])

    def test_of_a_head_are_told_with_a_problem_up_to_where_nobody_reads_on(self, door: FrontDoor) -> None:
        large, far_too_large = (
            raw(
                door.port,
                b"GET /intake/v1/notes HTTP/1.1\r\n" + HOST + b"X-A: " + b"x" * size + b"\r\n" + LAST,
            )
            for size in (20_000, 60_000)
        )
        assert problem(large)["type"] == "headers-too-large"
        assert statuses(far_too_large) in ([431], [])

    @pytest.mark.parametrize("length", [b"Content-Length: 100", b"Transfer-Encoding: chunked"])
    def test_of_patience_end_a_slow_body_and_its_connection(
        self, door: FrontDoor, monkeypatch: pytest.MonkeyPatch, length: bytes
    ) -> None:
        monkeypatch.setattr("shared.http.edge.LONGEST_SILENCE_SECONDS", 0.1)
        head = b"POST /intake/v1/notes HTTP/1.1\r\n" + JSON + length + b"\r\n\r\n"
        answer = raw(door.port, head + (b"1\r\n{\r\n" if b"chunked" in length else b"{"))
        assert problem(answer)["type"] == "body-too-slow"
        assert b"Connection: close\r\n" in answer

    def test_of_patience_with_a_slow_head_are_set(self) -> None:
        # that it works is Go's to test, and would take its ten seconds here
        assert re.search(r"read_header 10s", CADDYFILE.read_text())

    def test_of_an_api_that_is_away_are_told_when_to_come_back(self, door: FrontDoor) -> None:
        answer = raw(door.port, b"GET /review/v1/cases HTTP/1.1\r\n" + HOST + LAST)
        assert problem(answer)["type"] == "service-unreachable"
        assert b"Retry-After: 2\r\n" in answer


class TestForwarding:
    def test_tells_the_api_what_it_saw_and_not_what_the_client_said(self, door: FrontDoor) -> None:
        claimed = {
            "X-Forwarded-For": "6.6.6.6",
            "X-Forwarded-Proto": "https",
            "X-Forwarded-Prefix": "/evil",
            "Forwarded": "for=6.6.6.6",
        }
        told = httpx.get(f"{door.url}/intake/v1/notes", headers=claimed).json()
        assert told["client"] in {"127.0.0.1", "::1"}
        assert (told["scheme"], told["prefix"]) == ("http", "/intake")

    def test_believes_a_trusted_proxy_and_of_its_list_the_last_stranger(
        self, api: Api, tmp_path: Path
    ) -> None:
        upstreams = {"intake": f"127.0.0.1:{api.port}"}
        told = {"KCITY_TRUSTED_PROXIES": "127.0.0.1/32 ::1/128 10.0.0.0/8", "KCITY_HSTS_SECONDS": "31536000"}
        claimed = {"X-Forwarded-For": "6.6.6.6, 203.0.113.7, 10.1.2.3", "X-Forwarded-Proto": "https"}
        with ImpatientDoor(tmp_path, free_port(), upstreams, "https://k-city.example", told) as door:
            answer = httpx.get(f"{door.url}/intake/v1/notes", headers=claimed)
        assert (answer.json()["client"], answer.json()["scheme"]) == ("203.0.113.7", "https")
        assert answer.headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"

    @pytest.mark.parametrize("theirs", ["", "short", "<script>alert(1)", "x" * 129, "line%0abreak", "é" * 9])
    def test_replaces_a_request_id_that_nobody_could_search_for(self, door: FrontDoor, theirs: str) -> None:
        answer = httpx.get(f"{door.url}/intake/v1/notes", headers=[(b"X-Request-Id", theirs.encode())])
        assert re.fullmatch(r"[0-9a-f-]{36}", answer.headers["x-request-id"])
        assert answer.json()["request_id"] == answer.headers["x-request-id"]

    def test_keeps_a_sane_request_id_to_the_end_and_gives_it_once(self, door: FrontDoor) -> None:
        for path in ("/intake/v1/notes", "/nowhere", "/health"):
            answer = httpx.get(door.url + path, headers={"X-Request-Id": "ministry.0001"})
            assert answer.headers.get_list("x-request-id") == ["ministry.0001"]

    def test_tells_where_a_result_is_by_an_address_of_its_own(self, door: FrontDoor) -> None:
        with httpx.Client(base_url=door.url) as http:
            made = http.post("/intake/v1/notes", json={"text": "mine"})
            assert made.headers["location"] == "/intake/v1/notes/long"
            assert http.get(made.headers["location"]).is_success
            elsewhere = http.post("/intake/v1/notes", json={"text": "https://elsewhere.example/v1/notes"})
            assert elsewhere.headers["location"] == "https://elsewhere.example/v1/notes"

    @pytest.mark.parametrize("coding", ["zstd", "gzip"])
    def test_compresses_what_is_worth_it(self, door: FrontDoor, coding: str) -> None:
        asked = (
            b"GET /intake/v1/notes/long HTTP/1.1\r\n"
            + HOST
            + b"Accept-Encoding: "
            + coding.encode()
            + b"\r\n"
        )
        answer = raw(door.port, asked + LAST)
        assert f"Content-Encoding: {coding}\r\n".encode() in answer
        assert len(answer) < 2_000


class TestHeaders:
    @pytest.mark.parametrize(
        "path", ["/", "/intake/v1/notes", "/nowhere", "/review/v1/cases", "/intake/docs"]
    )
    def test_keep_browsers_from_guessing_framing_and_telling(self, door: FrontDoor, path: str) -> None:
        headers = httpx.get(door.url + path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "camera=()" in headers["permissions-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "default-src 'none'" in headers["content-security-policy"]
        assert not {"server", "via", "x-powered-by", "strict-transport-security"} & set(headers)

    @pytest.mark.parametrize("path", ["/", "/problems/not-found", "/nowhere"])
    def test_let_our_own_pages_run_nothing_inline(self, door: FrontDoor, path: str) -> None:
        assert "unsafe" not in httpx.get(door.url + path).headers["content-security-policy"]


class TestEarlyRefusals:
    """An API refuses by the head alone; the body that comes after it must not cost the connection."""

    @pytest.mark.parametrize("length", [9, 20_000])
    def test_leave_the_connection_to_the_next_request(self, door: FrontDoor, length: int) -> None:
        head = (
            f"POST /intake/v1/notes HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\n"
            f"Content-Length: {length}\r\n\r\n"
        ).encode()
        following = b"GET /intake/v1/notes HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        answers = in_pieces(door.port, head, b"x" * length, following)
        assert re.findall(rb"HTTP/1.1 (\d+) ", answers) == [b"415", b"200"]

    def test_of_more_than_anybody_waits_for_are_told_all_the_same(self, door: FrontDoor) -> None:
        head = (
            b"POST /intake/v1/notes HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\n"
            b"Content-Length: 1000000\r\n\r\n"
        )
        assert in_pieces(door.port, head, b"x" * 1000).startswith(b"HTTP/1.1 415 ")
