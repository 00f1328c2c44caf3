import asyncio
from datetime import timedelta
from typing import Any

import pytest

from services.intake.repository.contacts import present_contacts
from services.intake.tests.house import ANNOUNCED, CLOSES, DEMONSTRATION, House, pointers, slug
from shared.ids import new_uuid

MILLISECOND = timedelta(milliseconds=1)


class TestCreateApplication:
    async def test_begins_an_empty_draft_of_the_callers_organisation(self, house: House) -> None:
        anna = house.applicant()
        body = {"call_code": "KCN-2025", "track": "demonstration"}
        answer = await anna.post("/v1/applications", body)
        assert answer.status_code == 201
        assert answer.json()["organisation_id"] == str(house.organisations["anna"])
        assert (answer.json()["state"], answer.json()["revision"]) == ("draft", 1)
        assert answer.headers["location"] == f"/v1/applications/{answer.json()['id']}"

    async def test_the_same_key_begins_one_draft(self, house: House) -> None:
        anna = house.applicant()
        first, again = await house.draft(anna, key="k"), await house.draft(anna, key="k")
        assert first == again
        assert len((await anna.get("/v1/applications")).json()["items"]) == 1

    async def test_the_same_key_for_another_track_is_refused(self, house: House) -> None:
        anna = house.applicant()
        await house.draft(anna, key="k")
        answer = await anna.post("/v1/applications", {"call_code": "KCN-2025", "track": "planning"}, key="k")
        assert (answer.status_code, slug(answer)) == (422, "key-reused")

    async def test_is_possible_from_the_announcement_until_the_closing(self, house: House) -> None:
        anna = house.applicant()
        for instant in (ANNOUNCED, CLOSES - MILLISECOND):
            await house.clock(instant)
            await house.draft(anna)
        await house.clock(CLOSES)
        answer = await anna.post("/v1/applications", {"call_code": "KCN-2025", "track": "demonstration"})
        assert (answer.status_code, slug(answer)) == (409, "window-closed")
        await house.draft(anna, "planning")

    async def test_needs_an_organisation(self, house: House) -> None:
        nobody = house.person("nobody", "applicant")
        answer = await nobody.post("/v1/applications", {"call_code": "KCN-2025", "track": "planning"})
        assert (answer.status_code, slug(answer)) == (403, "forbidden")

    @pytest.mark.parametrize(
        "body",
        [
            {},
            {"call_code": "KCN-2025"},
            {"call_code": "KCN-2025", "track": "planning", "state": "submitted"},
            {"call_code": "KCN-2025", "track": "both"},
            {"call_code": 2025, "track": "planning"},
            {"call_code": "KCN-2025'; --", "track": "planning"},
            [],
            None,
        ],
    )
    async def test_refuses_other_bodies(self, house: House, body: Any) -> None:
        answer = await house.applicant().post("/v1/applications", body)
        assert (answer.status_code, slug(answer)) == (422, "invalid-input")

    async def test_needs_a_key(self, house: House) -> None:
        answer = await house.api.post(
            "/v1/applications",
            json={"call_code": "KCN-2025", "track": "planning"},
            headers=house.applicant().headers,
        )
        assert (answer.status_code, slug(answer)) == (400, "idempotency-key-missing")


class TestListApplications:
    async def test_pages_through_the_organisations_own(self, house: House) -> None:
        anna, colleague, other = house.applicant(), house.applicant("adam", "anna"), house.applicant("bora")
        mine = [await house.draft(person) for person in (anna, colleague, anna)]
        await house.draft(other)
        first = (await anna.get("/v1/applications", limit=2)).json()
        rest = (await anna.get("/v1/applications", limit=2, cursor=first["next_cursor"])).json()
        assert [item["id"] for item in (*first["items"], *rest["items"])] == mine[::-1]

    async def test_filters_by_call_track_and_state(self, house: House) -> None:
        anna = house.applicant()
        planning, demonstration = await house.draft(anna, "planning"), await house.draft(anna)
        await anna.post(f"/v1/applications/{planning}/withdrawal")

        async def found(**filters: Any) -> list[str]:
            return [item["id"] for item in (await anna.get("/v1/applications", **filters)).json()["items"]]

        assert await found(track="demonstration") == [demonstration]
        assert await found(state="withdrawn") == [planning]
        assert await found(call="KCN-2026") == []
        assert await found(call="KCN-2025", state="draft") == [demonstration]

    async def test_officers_see_what_was_received_in_their_tracks(self, house: House) -> None:
        anna = house.applicant()
        received = await house.submitted(anna)
        await house.complete(anna)
        for officer, expected in ((house.kaia, [received]), (house.kind, []), (house.ministry, [received])):
            items = (await officer.get("/v1/applications")).json()["items"]
            assert [item["id"] for item in items] == expected

    async def test_shows_no_personal_data(self, house: House) -> None:
        anna = house.applicant()
        await house.submitted(anna)
        answer = await house.ministry.get("/v1/applications")
        assert "@" not in answer.text
        assert answer.json()["items"][0]["receipt_no"].startswith("KCN-2025-D-")

    @pytest.mark.parametrize("role", ["reviewer", "operator", "system"])
    async def test_is_refused_to_other_roles(self, house: House, role: str) -> None:
        assert (await house.person(role, role).get("/v1/applications")).status_code == 403


class TestChangeApplication:
    async def test_merges_sections_and_raises_the_revision(self, house: House) -> None:
        anna = house.applicant()
        path = f"/v1/applications/{await house.draft(anna)}"
        await anna.patch(path, {"project": {"title": {"en": "A"}, "country_iso2": "VN"}})
        answer = await anna.patch(path, {"project": {"title": {"ko": "가"}, "country_iso2": None}})
        assert answer.json()["project"]["title"] == {"en": "A", "ko": "가"}
        assert answer.json()["project"]["country_iso2"] is None
        assert answer.json()["revision"] == 3
        assert (await anna.get(path)).json() == answer.json()

    async def test_keeps_a_business_number_as_ten_digits(self, house: House) -> None:
        anna = house.applicant()
        answer = await anna.patch(
            f"/v1/applications/{await house.draft(anna)}",
            {"organisation": {"business_number": "123-45-67891"}},
        )
        assert answer.json()["organisation"]["business_number"] == "1234567891"

    async def test_needs_the_present_etag(self, house: House) -> None:
        anna = house.applicant()
        path = f"/v1/applications/{await house.draft(anna)}"
        etag = (await anna.get(path)).headers["etag"]
        changed = await anna.patch(path, {"answers": {"a": 1}}, etag)
        stale = await anna.patch(path, {"answers": {"a": 2}}, etag)
        assert (stale.status_code, slug(stale)) == (412, "stale-version")
        assert stale.json()["current_etag"] == changed.headers["etag"]
        missing = await house.api.patch(path, json={}, headers=anna.headers)
        assert (missing.status_code, slug(missing)) == (428, "precondition-required")

    async def test_of_two_changes_at_once_one_is_stale(self, house: House) -> None:
        anna = house.applicant()
        path = f"/v1/applications/{await house.draft(anna)}"
        etag = (await anna.get(path)).headers["etag"]
        answers = await asyncio.gather(*(anna.patch(path, {"answers": {"a": n}}, etag) for n in range(4)))
        assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412]
        assert (await anna.get(path)).json()["revision"] == 2

    async def test_is_refused_once_submitted(self, house: House) -> None:
        anna = house.applicant()
        path = f"/v1/applications/{await house.submitted(anna)}"
        answer = await anna.patch(path, {"answers": {}})
        assert (answer.status_code, slug(answer)) == (409, "not-a-draft")

    @pytest.mark.parametrize(
        ("patch", "pointer"),
        [
            ({"colour": "red"}, "/body/colour"),
            ({"project": {"colour": "red"}}, "/body/project/colour"),
            ({"project": {"title": "A"}}, "/body/project/title"),
            ({"project": {"title": {}}}, "/body/project/title"),
            ({"project": {"title": {"en": ""}}}, "/body/project/title/en"),
            ({"project": {"title": {"en": "a\nb"}}}, "/body/project/title/en"),
            ({"project": {"title": {"en": "x" * 301}}}, "/body/project/title/en"),
            ({"project": {"title": {"fr": "A"}}}, "/body/project/title/fr"),
            ({"project": {"country_iso2": "XX"}}, "/body/project/country_iso2"),
            ({"project": {"country_iso2": "vn"}}, "/body/project/country_iso2"),
            ({"project": {"requested_amount_krw": "1"}}, "/body/project/requested_amount_krw"),
            ({"project": {"requested_amount_krw": 1.5}}, "/body/project/requested_amount_krw"),
            ({"project": {"requested_amount_krw": 0}}, "/body/project/requested_amount_krw"),
            ({"organisation": {"business_number": "1234567890"}}, "/body/organisation/business_number"),
            ({"contact": {"email": "no address"}}, "/body/contact/email"),
            ({"contact": {"email": "a@b"}}, "/body/contact/email"),
            ({"contact": {"email": "a@city.example\r\nBcc: b@city.example"}}, "/body/contact/email"),
            ({"contact": {"name": "A\nB"}}, "/body/contact/name"),
            ({"contact": {"name": "Anna"}}, "/body/contact/email"),
            ({"contact": {"language": "fr"}}, "/body/contact/language"),
            ({"partner": {"kind": "company"}}, "/body/partner/kind"),
            ({"answers": {"a": 0.5}}, "/body/answers/a"),
            ({"answers": [1]}, "/body/answers"),
        ],
    )
    async def test_points_at_what_is_wrong(self, house: House, patch: Any, pointer: str) -> None:
        anna = house.applicant()
        answer = await anna.patch(f"/v1/applications/{await house.draft(anna)}", patch)
        assert answer.status_code == 422
        assert pointer in pointers(answer)

    @pytest.mark.parametrize(
        "content",
        [
            b'{"answers": {"a": NaN}}',
            b'{"answers": {"a": 1, "a": 2}}',
            b'{"answers": {"a": "\\u0000"}}',
            b'{"answers": {"a": "\\ud800"}}',
            b'{"answers": ' + b'{"a":' * 5000 + b"1" + b"}" * 5001,
            b'{"answers": {"a": ' + b"9" * 5000 + b"}}",
            "{}".encode("utf-16"),
            b"\xff",
            b"{",
            b"",
        ],
    )
    async def test_refuses_bodies_that_are_no_plain_json(self, house: House, content: bytes) -> None:
        anna = house.applicant()
        path = f"/v1/applications/{await house.draft(anna)}"
        headers = {**anna.headers, "If-Match": '"1"', "Content-Type": "application/json"}
        answer = await house.api.patch(path, content=content, headers=headers)
        assert (answer.status_code, slug(answer)) == (422, "invalid-input")
        assert (await anna.get(path)).json()["revision"] == 1

    async def test_refuses_more_than_a_mebibyte(self, house: House) -> None:
        anna = house.applicant()
        path = f"/v1/applications/{await house.draft(anna)}"
        answer = await anna.patch(path, {"answers": {"a": "x" * 1024 * 1024}})
        assert (answer.status_code, slug(answer)) == (413, "content-too-large")


class TestReadApplication:
    async def test_gives_304_for_what_the_caller_has(self, house: House) -> None:
        anna = house.applicant()
        path = f"/v1/applications/{await house.draft(anna)}"
        etag = (await anna.get(path)).headers["etag"]
        assert (await anna.get(path, {"If-None-Match": etag})).status_code == 304
        await anna.patch(path, {"answers": {"a": 1}})
        assert (await anna.get(path, {"If-None-Match": etag})).status_code == 200

    async def test_the_etag_changes_with_every_change_of_state(self, house: House) -> None:
        anna = house.applicant()
        application_id = await house.complete(anna)
        path = f"/v1/applications/{application_id}"
        tags = [(await anna.get(path)).headers["etag"]]
        await anna.submit(application_id)
        tags.append((await anna.get(path)).headers["etag"])
        await house.public.post(await house.confirmation_path(application_id))
        tags.append((await anna.get(path)).headers["etag"])
        await anna.post(f"{path}/withdrawal")
        tags.append((await anna.get(path)).headers["etag"])
        assert len(set(tags)) == 4

    async def test_writes_down_who_read_the_contacts(self, house: House) -> None:
        anna = house.applicant()
        application_id = await house.submitted(anna)
        before = len(await house.audit("read_contacts"))
        assert (await house.kaia.get(f"/v1/applications/{application_id}")).json()["contact"][
            "name"
        ] == "이하나"
        entry = (await house.audit("read_contacts"))[before]
        assert (entry["actor"], str(entry["object_id"])) == (house.kaia.subject, application_id)
        assert "이하나" not in str(entry)

    async def test_what_is_no_uuid_is_no_input(self, house: House) -> None:
        answer = await house.applicant().get("/v1/applications/1%20OR%201=1")
        assert (answer.status_code, pointers(answer)) == (422, {"/path/application_id"})


class TestCompleteness:
    async def test_lists_what_is_missing_and_then_nothing(self, house: House) -> None:
        anna = house.applicant()
        path = f"/v1/applications/{await house.draft(anna)}/completeness"
        empty = (await anna.get(path)).json()
        assert not empty["complete"]
        assert {"/contact", "/partner", "/documents/project_plan", "/answers/solution"} <= pointers(
            await anna.get(path)
        )
        complete = await anna.get(f"/v1/applications/{await house.complete(anna)}/completeness")
        assert complete.json() == {"complete": True, "revision": 7, "findings": []}


class TestContacts:
    async def test_are_recorded_as_snapshots_without_their_content(self, house: House) -> None:
        anna = house.applicant()
        path = f"/v1/applications/{await house.draft(anna)}"
        await anna.patch(path, {"contact": DEMONSTRATION["contact"], "partner": DEMONSTRATION["partner"]})
        await anna.patch(path, {"contact": {"email": "new@company.example"}})
        events = await house.journal("%ContactChanged%")
        contact_id = (await anna.get(path)).json()["contact"]["id"]
        assert sorted((str(event["aggregate_id"]) == contact_id, event["sequence"]) for event in events) == [
            (False, 1),
            (True, 1),
            (True, 2),
        ]
        assert [event["data"] for event in events] == [None, None, None]
        assert await house.scalar("SELECT count(*) FROM journal WHERE data::text LIKE '%example%'") == 0

    async def test_the_relay_publishes_them_as_they_are_now(self, house: House) -> None:
        anna = house.applicant()
        path = f"/v1/applications/{await house.draft(anna)}"
        await anna.patch(path, {"contact": DEMONSTRATION["contact"]})
        await anna.patch(path, {"contact": {"email": "new@company.example"}})
        (contact_id,) = {event["aggregate_id"] for event in await house.journal("%ContactChanged%")}
        async with house.database.pool.acquire() as connection:
            present = await present_contacts(connection, [contact_id, new_uuid()])  # type: ignore[arg-type] # a pooled connection is one
        assert list(present) == [contact_id]
        assert b"new@company.example" in present[contact_id]

    async def test_a_removed_contact_is_erased_and_its_removal_recorded(self, house: House) -> None:
        anna = house.applicant()
        path = f"/v1/applications/{await house.draft(anna)}"
        await anna.patch(path, {"contact": DEMONSTRATION["contact"]})
        await anna.patch(path, {"contact": None})
        assert await house.scalar("SELECT count(*) FROM contact") == 0
        assert [event["sequence"] for event in await house.journal("%ContactChanged%")] == [1, 2]


class TestWithdrawal:
    async def test_takes_a_submission_back_as_an_event(self, house: House) -> None:
        anna = house.applicant()
        application_id = await house.submitted(anna)
        answer = await anna.post(f"/v1/applications/{application_id}/withdrawal")
        assert (answer.status_code, answer.json()["state"]) == (201, "withdrawn")
        events = [event for event in await house.journal() if str(event["aggregate_id"]) == application_id]
        assert [(event["sequence"], event["type"].split(".")[2]) for event in events] == [
            (1, "ApplicationSubmitted"),
            (2, "ApplicationWithdrawn"),
        ]
        assert (await anna.get(f"/v1/applications/{application_id}/receipt")).status_code == 200

    async def test_of_a_draft_concerns_nobody_outside(self, house: House) -> None:
        anna = house.applicant()
        application_id = await house.draft(anna)
        assert (await anna.post(f"/v1/applications/{application_id}/withdrawal")).status_code == 201
        assert await house.journal("%Application%") == []
        assert (await house.ministry.get(f"/v1/applications/{application_id}")).status_code == 404

    async def test_happens_once(self, house: House) -> None:
        anna = house.applicant()
        path = f"/v1/applications/{await house.submitted(anna)}/withdrawal"
        answers = await asyncio.gather(*(anna.post(path) for _ in range(3)))
        assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
        assert len(await house.journal("%Withdrawn%")) == 1

    async def test_a_repeated_key_gets_the_first_answer(self, house: House) -> None:
        anna = house.applicant()
        path = f"/v1/applications/{await house.submitted(anna)}/withdrawal"
        first, again = await anna.post(path, key="w"), await anna.post(path, key="w")
        assert (again.status_code, again.json()) == (201, first.json())

    async def test_a_withdrawn_application_cannot_be_submitted(self, house: House) -> None:
        anna = house.applicant()
        application_id = await house.complete(anna)
        await anna.post(f"/v1/applications/{application_id}/withdrawal")
        answer = await anna.submit(application_id)
        assert (answer.status_code, slug(answer)) == (409, "not-a-draft")
