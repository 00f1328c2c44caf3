import asyncio
from datetime import timedelta

import pytest
import yaml

from services.intake.repository.calls import Calls, CallShelf
from services.intake.tests.house import ANNOUNCED, CALL_FILE, CLOSES, OPENS, House, as_json, pointers, slug
from services.intake.use_cases.announce_calls import announce_due_calls
from shared.clock.arrival import Arrival

MILLISECOND = timedelta(milliseconds=1)
PATH = "/v1/calls/KCN-2025"


class TestPublishCall:
    async def test_shows_the_call_as_its_file_says(self, empty_house: House) -> None:
        answer = await empty_house.publish()
        assert answer.status_code == 201
        assert answer.headers["location"] == PATH
        shown = (await empty_house.public.get(PATH)).json()
        assert shown["state"] == "announced"
        assert shown["tracks"][1]["money"]["max_support_krw"] == 400_000_000
        assert {item["pointer"] for item in shown["assumptions"]} >= {"/tracks/1/window/closes_at"}

    async def test_takes_json_too(self, empty_house: House) -> None:
        content = as_json(yaml.safe_load(CALL_FILE.read_bytes()))
        answer = await empty_house.post_raw(empty_house.ministry, "/v1/calls", content, "application/json")
        assert answer.status_code == 201
        assert (await empty_house.publish()).status_code == 200

    async def test_is_harmless_with_the_same_definition_again(self, empty_house: House) -> None:
        first = await empty_house.publish()
        again = await empty_house.publish()
        assert (again.status_code, again.json()) == (200, first.json())
        assert len(await empty_house.journal("%CallPublished%")) == 1

    async def test_gives_the_first_answer_to_a_repeated_key(self, empty_house: House) -> None:
        first = await empty_house.publish(key="k1")
        again = await empty_house.publish(key="k1")
        assert (again.status_code, again.json()) == (201, first.json())

    async def test_refuses_another_definition_under_a_taken_code(self, house: House) -> None:
        answer = await house.publish(
            CALL_FILE.read_bytes()
            .replace(b"weight: 40", b"weight: 30")
            .replace(b"weight: 30, max", b"weight: 35, max")
        )
        assert answer.status_code == 422
        changed = CALL_FILE.read_bytes().replace(b"budget_krw: 2800000000", b"budget_krw: 2700000000")
        answer = await house.publish(changed)
        assert (answer.status_code, slug(answer)) == (409, "call-exists")

    async def test_two_at_once_publish_one_call(self, empty_house: House) -> None:
        answers = await asyncio.gather(*(empty_house.publish() for _ in range(4)))
        assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 201]
        assert len(await empty_house.journal("%CallPublished%")) == 1

    @pytest.mark.parametrize(
        ("before", "after", "pointer", "place"),
        [
            (b"letter: D", b"letter: DD", "/tracks/1/letter", "line 101, column 13"),
            (b"year: 2025", b"year: '2025'", "/year", "line 5, column 7"),
            (b"year: 2025", b"year: 2025\nbudget: 1", "/budget", "line 6, column 9"),
            (
                b"  - pointer: /tracks/1/form",
                b"  - pointer: /tracks/9/form",
                "/assumptions/26/pointer",
                "line 278, column 14",
            ),
            (b"weight: 40", b"weight: 41", "/tracks/0/selection", "line 87, column 7"),
        ],
    )
    async def test_names_line_column_and_pointer_of_a_wrong_value(
        self, empty_house: House, before: bytes, after: bytes, pointer: str, place: str
    ) -> None:
        answer = await empty_house.publish(CALL_FILE.read_bytes().replace(before, after, 1))
        assert (answer.status_code, slug(answer)) == (422, "call-definition-invalid")
        error = answer.json()["errors"][0]
        assert error["pointer"] == pointer
        assert error["message"].startswith(f"{place}: ")

    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            (b"a: [1, 2\nb: 3\n", "yaml"),
            (b"a: &x [1]\nb: *x\n", "alias"),
            (b"a: 1\na: 2\n", "twice"),
            (b"[" * 100_000, "too-deep"),
            (b"a: !!python/object/apply:os.system [true]\n", "tag"),
            (b"a: 0.4\n", "fraction"),
            (b"\xff\xfea", "encoding"),
            (b"", "yaml"),
            (b"a: \x00", "yaml"),
            (b"? [1]\n: 2", "key"),
        ],
    )
    async def test_refuses_a_file_that_two_readers_could_understand_differently(
        self, empty_house: House, content: bytes, reason: str
    ) -> None:
        answer = await empty_house.publish(content)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["reason"] == reason

    async def test_refuses_more_than_512_kib(self, empty_house: House) -> None:
        answer = await empty_house.publish(b"a: " + b"x" * (512 * 1024))
        assert (answer.status_code, slug(answer)) == (413, "content-too-large")

    async def test_refuses_other_media_types_and_broken_json(self, empty_house: House) -> None:
        answer = await empty_house.post_raw(empty_house.ministry, "/v1/calls", b"a: 1", "text/plain")
        assert (answer.status_code, slug(answer)) == (415, "call-media-type-not-allowed")
        answer = await empty_house.post_raw(empty_house.ministry, "/v1/calls", b'{"a": ', "application/json")
        assert (answer.status_code, slug(answer)) == (422, "call-definition-invalid")

    @pytest.mark.parametrize(
        "form",
        [
            {"type": "objekt"},
            {"$ref": "https://forms.example/other.json"},
            {"$ref": "#/$defs/nothing"},
            {"$ref": "#"},
            {"$id": "https://forms.example/"},
        ],
    )
    async def test_checks_the_schemas_of_forms(self, empty_house: House, form: dict[str, str]) -> None:
        content = yaml.safe_load(CALL_FILE.read_bytes())
        content["tracks"][0]["form"] = form
        content["assumptions"] = []
        answer = await empty_house.post_raw(
            empty_house.ministry, "/v1/calls", as_json(content), "application/json"
        )
        assert answer.status_code == 422
        assert all(pointer.startswith("/tracks/0/form") for pointer in pointers(answer))


class TestAnnouncement:
    async def test_is_hidden_before_its_instant_from_all_but_the_ministry(self, empty_house: House) -> None:
        await empty_house.clock(ANNOUNCED - MILLISECOND)
        assert (await empty_house.publish()).status_code == 201
        assert await empty_house.announce() == 0
        for person in (empty_house.public, empty_house.applicant(), empty_house.kaia, empty_house.kind):
            assert (await person.get(PATH)).status_code == 404
            assert (await person.get("/v1/calls")).json()["items"] == []
        draft = await empty_house.applicant().post(
            "/v1/applications", {"call_code": "KCN-2025", "track": "planning"}
        )
        assert (draft.status_code, slug(draft)) == (404, "not-found")
        assert (await empty_house.ministry.get(PATH)).json()["state"] == "scheduled"
        assert (await empty_house.ministry.get("/v1/calls")).json()["items"][0]["code"] == "KCN-2025"
        assert await empty_house.journal() == []

    async def test_happens_at_its_instant_with_row_audit_and_event(self, empty_house: House) -> None:
        await empty_house.clock(ANNOUNCED - MILLISECOND)
        await empty_house.publish()
        await empty_house.clock(ANNOUNCED)
        assert await empty_house.announce() == 1
        assert await empty_house.announce() == 0
        assert (await empty_house.public.get(PATH)).json()["state"] == "announced"
        (event,) = await empty_house.journal()
        assert event["occurred_at"] == ANNOUNCED
        assert event["data"]["definition"]["code"] == "KCN-2025"
        (entry,) = await empty_house.audit("announce_call")
        assert entry["actor"] == "worker:intake"

    async def test_waits_while_the_clock_leaves_a_doubt(self, empty_house: House) -> None:
        await empty_house.clock(ANNOUNCED - MILLISECOND)
        await empty_house.publish()
        calls = Calls(CallShelf())
        doubtful = Arrival(ANNOUNCED, MILLISECOND)
        assert await announce_due_calls(empty_house.database, calls, doubtful) == 0
        assert (
            await announce_due_calls(
                empty_house.database, calls, Arrival(ANNOUNCED + MILLISECOND, MILLISECOND)
            )
            == 1
        )

    async def test_two_workers_at_once_record_one_event(self, empty_house: House) -> None:
        await empty_house.clock(ANNOUNCED - MILLISECOND)
        await empty_house.publish()
        await empty_house.clock(ANNOUNCED)
        assert sum(await asyncio.gather(*(empty_house.announce() for _ in range(4)))) == 1
        assert len(await empty_house.journal("%CallPublished%")) == 1


class TestReadCall:
    @pytest.mark.parametrize(
        ("instant", "planning", "demonstration"),
        [
            (ANNOUNCED, "not_open", "not_open"),
            (OPENS - MILLISECOND, "open", "not_open"),
            (OPENS, "open", "open"),
            (CLOSES - MILLISECOND, "open", "open"),
            (CLOSES, "open", "closed"),
        ],
    )
    async def test_says_what_each_window_is_at_this_moment(
        self, house: House, instant: object, planning: str, demonstration: str
    ) -> None:
        await house.clock(instant)  # type: ignore[arg-type] # parametrised as object
        tracks = (await house.public.get(PATH)).json()["tracks"]
        assert [track["window"]["state"] for track in tracks] == [planning, demonstration]

    async def test_has_an_etag_that_changes_when_a_window_does(self, house: House) -> None:
        etag = (await house.public.get(PATH)).headers["etag"]
        assert (await house.public.get(PATH, {"If-None-Match": etag})).status_code == 304
        await house.clock(CLOSES)
        assert (await house.public.get(PATH, {"If-None-Match": etag})).status_code == 200

    async def test_refuses_a_bad_token_though_none_is_needed(self, house: House) -> None:
        answer = await house.api.get("/v1/calls", headers={"Authorization": "Bearer no.such.token"})
        assert answer.status_code == 401

    async def test_lists_in_pages(self, house: House) -> None:
        for number in (26, 27):
            content = CALL_FILE.read_bytes().replace(b"code: KCN-2025", b"code: KCN-20%d" % number)
            assert (await house.publish(content)).status_code == 201
        first = (await house.public.get("/v1/calls", limit=2)).json()
        rest = (await house.public.get("/v1/calls", limit=2, cursor=first["next_cursor"])).json()
        codes = [item["code"] for item in (*first["items"], *rest["items"])]
        assert sorted(codes) == ["KCN-2025", "KCN-2026", "KCN-2027"]
        assert rest["next_cursor"] is None
        other = await house.ministry.get("/v1/calls", limit=2, cursor=first["next_cursor"])
        assert slug(other) == "cursor-mismatch"
