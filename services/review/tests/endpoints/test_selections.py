import asyncio
import json
from datetime import timedelta

from sqlalchemy import text

from services.review.tests import made
from services.review.tests.house import House, Person, problem
from shared.events.intake import ApplicationWithdrawn
from shared.events.review import InvitationIssued, SelectionAnnounced


async def everything_seen_by(house: House, person: Person, selection_id: str) -> str:
    """The bodies of all that this person may ask about outcomes."""
    paths = ["/v1/selections", f"/v1/selections/{selection_id}", "/v1/cases", "/metrics"]
    for number in house.applications:
        paths += [
            f"/v1/applications/{house.applications[number]}/result",
            f"/v1/cases/{house.case(number)}",
            f"/v1/cases/{house.case(number)}/pre-consulting",
        ]
    return "\n".join([(await person.get(path)).text for path in paths])


class TestFourEyes:
    async def test_the_proposer_does_not_approve(self, house: House) -> None:
        await house.scored_track()
        body = {"evaluation_id": await house.close(), "announce_at": made.EMBARGO.isoformat()}
        selection_id = (await house.ministry.post("/v1/selections", body)).json()["id"]
        path = f"/v1/selections/{selection_id}/approval"
        assert problem(await house.ministry.post(path)) == (403, "four-eyes-required")
        assert problem(await house.kaia.post(path)) == (403, "forbidden")
        assert (await house.second_ministry.post(path)).json()["state"] == "approved"

    async def test_of_two_approvals_at_once_one_counts(self, house: House) -> None:
        path = f"/v1/selections/{await house.proposed()}/approval"
        answers = await asyncio.gather(house.ministry.post(path), house.second_ministry.post(path))
        assert sorted(answer.status_code for answer in answers) == [201, 409]
        assert len(await house.audited("approve_selection")) == 1

    async def test_of_approval_and_rejection_at_once_one_counts(self, house: House) -> None:
        selection_id = await house.proposed()
        answers = await asyncio.gather(
            house.ministry.post(f"/v1/selections/{selection_id}/approval"),
            house.second_ministry.post(f"/v1/selections/{selection_id}/rejection", {"reason": "no"}),
        )
        assert sorted(answer.status_code for answer in answers) == [201, 409]

    async def test_a_rejected_proposal_makes_room_for_another(self, house: House) -> None:
        selection_id = await house.proposed()
        shown = (await house.kaia.get(f"/v1/selections/{selection_id}")).json()
        body = {
            "evaluation_id": shown["trail"]["evaluation_id"],
            "announce_at": made.EMBARGO.isoformat(),
        }
        assert problem(await house.ministry.post("/v1/selections", body)) == (409, "selection-pending")
        rejected = await house.ministry.post(
            f"/v1/selections/{selection_id}/rejection", {"reason": "Too early"}
        )
        assert rejected.json()["trail"]["rejection_reason"] == "Too early"
        assert (await house.ministry.post("/v1/selections", body)).status_code == 201

    async def test_the_announcement_lies_in_the_future_when_proposed_and_approved(self, house: House) -> None:
        await house.scored_track()
        body = {"evaluation_id": await house.close(), "announce_at": made.AFTER_INTAKE.isoformat()}
        answer = await house.kaia.post("/v1/selections", body)
        assert problem(answer) == (422, "embargo-not-in-future")
        body["announce_at"] = made.EMBARGO.isoformat()
        selection_id = (await house.kaia.post("/v1/selections", body)).json()["id"]
        await house.clock(made.EMBARGO)
        late = await house.ministry.post(f"/v1/selections/{selection_id}/approval")
        assert problem(late) == (409, "embargo-passed")
        assert await house.announce() == 0


class TestEmbargo:
    async def test_nothing_is_announced_a_millisecond_before_and_all_at_the_instant(
        self, house: House
    ) -> None:
        selection_id = await house.approved()
        await house.clock(made.EMBARGO - timedelta(milliseconds=1))
        assert await house.announce() == 0
        await house.clock(made.EMBARGO)
        assert await house.announce() == 1
        assert await house.announce() == 0
        shown = (await house.public.get(f"/v1/selections/{selection_id}")).json()
        assert shown["state"] == "announced"
        assert shown["trail"] is None
        assert [one["rank"] for one in shown["selected"]] == [1, 2]
        assert "contact" not in json.dumps(shown)
        assert await house.audited("announce_selection") == ["worker:review"]

    async def test_before_the_instant_nothing_of_the_outcome_is_visible(self, house: House) -> None:
        selection_id = await house.approved()
        await house.clock(made.EMBARGO - timedelta(milliseconds=1))
        people = [
            house.public,
            house.applicant(1),
            house.applicant(3),
            house.reviewer("anna"),
            house.kind,
            house.person("operator", "operator"),
            house.person("system", "system"),
        ]
        for person in people:
            seen = await everything_seen_by(house, person, selection_id)
            for word in ('"selected"', "not_selected", "reserve", "announce_at", 'sha256":"', '"total'):
                assert word not in seen, (person.subject, word)
            assert (await person.get("/v1/selections")).json()["items"] == []
            assert (await person.get(f"/v1/selections/{selection_id}")).status_code == 404
        items = (await house.kaia.get("/v1/selections")).json()["items"]
        assert [(one["state"], one["selected"]) for one in items] == [("approved", None)]

    async def test_before_the_instant_no_event_tells_of_the_outcome(self, house: House) -> None:
        await house.approved()
        async with house.database.transaction() as tx:
            bodies = [json.dumps(row.data) for row in await tx.execute(text("SELECT data FROM journal"))]
        assert bodies
        assert not any("rank" in body or "selected" in body for body in bodies)

    async def test_the_event_carries_what_catalogue_and_mail_need(self, house: House) -> None:
        await house.announced()
        (event,) = await house.events(SelectionAnnounced)
        assert (event["call_code"], event["year"], event["track"]) == ("KCN-2025", 2025, "demonstration")
        assert [one["receipt_no"][-1] for one in event["selected"]] == ["1", "2"]
        assert event["selected"][0]["project"]["city"] == {"en": "Da Nang", "ko": "다낭"}
        assert event["selected"][0]["partner_name"]["en"] == "Da Nang City"
        assert event["selected"][0]["support_krw"] == 400_000_000
        assert [one["receipt_no"][-1] for one in event["not_selected"]] == ["3"]

    async def test_two_workers_at_once_publish_one_event(self, house: House) -> None:
        await house.approved()
        await house.clock(made.EMBARGO)
        assert sorted(await asyncio.gather(house.announce(), house.announce())) == [0, 1]
        assert len(await house.events(SelectionAnnounced)) == 1

    async def test_ineligible_and_withdrawn_are_in_neither_list(self, house: House) -> None:
        await house.apply(4)
        body = {"eligible": False, "unmet_rules": ["abroad"]}
        await house.kaia.post(f"/v1/cases/{house.case(4)}/eligibility", body)
        await house.approved()
        withdrawn = ApplicationWithdrawn(
            application_id=house.applications[1],
            call_id=house.call_id,
            track="demonstration",
            withdrawn_at=made.EMBARGO,
        )
        await house.receive(withdrawn, house.applications[1], 2)
        await house.clock(made.EMBARGO)
        await house.announce()
        (event,) = await house.events(SelectionAnnounced)
        numbers = [one["receipt_no"][-1] for part in ("selected", "not_selected") for one in event[part]]
        assert numbers == ["2", "3"]
        for number in (1, 4):
            path = f"/v1/applications/{house.applications[number]}/result"
            assert (await house.applicant(number).get(path)).status_code == 404


class TestResult:
    async def test_tells_total_comments_and_pseudonyms_and_no_single_score(self, house: House) -> None:
        await house.announced()
        path = f"/v1/applications/{house.applications[1]}/result"
        result = (await house.applicant(1).get(path)).json()
        assert (result["outcome"], result["total_points"]) == ("selected", "94.000000")
        comments = [(one["criterion"], one["comment"]) for one in result["comments"]]
        assert ("readiness", "anna on readiness") in comments
        assert len(comments) == 4
        assert all(name.startswith("R-") for name in result["reviewers"])
        assert len(result["reviewers"]) == 2
        assert "points" not in json.dumps(result["comments"])

    async def test_is_the_organisations_own(self, house: House) -> None:
        await house.announced()
        path = f"/v1/applications/{house.applications[1]}/result"
        assert (await house.applicant(3).get(path)).status_code == 404
        assert (await house.kaia.get(path)).status_code == 403

    async def test_the_case_then_shows_its_outcome(self, house: House) -> None:
        await house.announced()
        states = [
            (await house.applicant(number).get(f"/v1/cases/{house.case(number)}")).json()["state"]
            for number in (1, 3)
        ]
        assert states == ["selected", "not_selected"]


class TestInvitations:
    async def test_each_selected_project_is_invited_once_through_its_partner(self, house: House) -> None:
        path = f"/v1/selections/{await house.announced()}/invitations"
        answers = [await house.ministry.post(path, {"occasion_code": "wsce_2025"}) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [201, 201]
        assert answers[0].json() == answers[1].json()
        events = await house.events(InvitationIssued)
        (announced,) = await house.events(SelectionAnnounced)
        contacts = {one["application_id"]: one["partner_contact_id"] for one in announced["selected"]}
        assert {event["application_id"]: event["contact_id"] for event in events} == contacts
        assert (events[0]["starts_on"], events[0]["place"]["en"]) == ("2025-07-15", "BEXCO, Busan")

    async def test_without_a_partner_the_applicant_is_invited(self, house: House) -> None:
        await house.register("anna", "bora")
        await house.panel("anna", "bora")
        await house.apply(1, partner=False)
        await house.eligible(1)
        await house.score(1, anna=(90, 20), bora=(90, 20))
        body = {"evaluation_id": await house.close(), "announce_at": made.EMBARGO.isoformat()}
        selection_id = (await house.kaia.post("/v1/selections", body)).json()["id"]
        await house.ministry.post(f"/v1/selections/{selection_id}/approval")
        await house.clock(made.EMBARGO)
        await house.announce()
        path = f"/v1/selections/{selection_id}/invitations"
        answer = await house.ministry.post(path, {"occasion_code": "wsce_2025"})
        (announced,) = await house.events(SelectionAnnounced)
        assert [one["contact_id"] for one in answer.json()["items"]] == [
            announced["selected"][0]["contact_id"]
        ]

    async def test_two_requests_at_once_issue_each_invitation_once(self, house: House) -> None:
        path = f"/v1/selections/{await house.announced()}/invitations"
        body = {"occasion_code": "wsce_2025"}
        answers = await asyncio.gather(
            house.ministry.post(path, body), house.second_ministry.post(path, body)
        )
        assert answers[0].json() == answers[1].json()
        assert len(await house.events(InvitationIssued)) == 2

    async def test_come_after_the_announcement(self, house: House) -> None:
        path = f"/v1/selections/{await house.approved()}/invitations"
        answer = await house.ministry.post(path, {"occasion_code": "wsce_2025"})
        assert problem(answer) == (409, "selection-not-in-state")

    async def test_are_for_an_occasion_of_the_call_and_track(self, house: House) -> None:
        path = f"/v1/selections/{await house.announced()}/invitations"
        for code in ("no_such", "kind_day"):
            answer = await house.ministry.post(path, {"occasion_code": code})
            assert problem(answer) == (422, "occasion-unknown")

    async def test_end_with_the_last_day_in_korea(self, house: House) -> None:
        path = f"/v1/selections/{await house.announced()}/invitations"
        end = made.EMBARGO.replace(month=7, day=17, hour=15)
        await house.clock(end)
        answer = await house.ministry.post(path, {"occasion_code": "wsce_2025"})
        assert problem(answer) == (409, "occasion-over")
        await house.clock(end - timedelta(milliseconds=1))
        assert (await house.ministry.post(path, {"occasion_code": "wsce_2025"})).status_code == 201
