import asyncio

from services.review.tests.house import House, problem
from shared.events.review import ReviewersAssigned
from shared.ids import new_uuid


class TestReviewersAndPanels:
    async def test_a_person_is_registered_once(self, house: House) -> None:
        await house.register("anna")
        body = {"subject": house.reviewer("anna").subject, "expertise": ["energy"], "languages": ["en"]}
        answer = await house.kaia.post("/v1/reviewers", body)
        assert problem(answer) == (409, "reviewer-already-registered")
        assert answer.json()["reviewer_id"] == str(house.reviewers["anna"])
        assert len((await house.kaia.get("/v1/reviewers")).json()["items"]) == 1

    async def test_two_registrations_of_a_person_at_once_make_one_reviewer(self, house: House) -> None:
        body = {"subject": "somebody", "expertise": ["energy"], "languages": ["en"]}
        answers = await asyncio.gather(*(house.kaia.post("/v1/reviewers", body) for _ in range(2)))
        assert sorted(answer.status_code for answer in answers) == [201, 409]

    async def test_a_panel_has_registered_members_of_a_known_call(self, house: House) -> None:
        await house.register("anna")
        member, stranger = str(house.reviewers["anna"]), str(new_uuid())
        body = {"call_id": str(house.call_id), "track": "demonstration", "reviewer_ids": [member, stranger]}
        answer = await house.kaia.post("/v1/panels", body)
        assert [one["pointer"] for one in answer.json()["errors"]] == ["/body/reviewer_ids/1"]
        foreign = {**body, "call_id": str(new_uuid()), "reviewer_ids": [member]}
        assert problem(await house.kaia.post("/v1/panels", foreign)) == (404, "not-found")
        twice = {**body, "reviewer_ids": [member, member]}
        assert problem(await house.kaia.post("/v1/panels", twice)) == (422, "invalid-input")

    async def test_a_panel_is_answered_the_same_again_in_whatever_order_it_was_asked_for(
        self, house: House
    ) -> None:
        members = sorted(map(str, await house.register("anna", "bora")), reverse=True)
        body = {"call_id": str(house.call_id), "track": "demonstration", "reviewer_ids": members}
        first, again = [await house.kaia.post("/v1/panels", body, key="a-panel") for _ in range(2)]
        assert first.status_code == again.status_code == 201
        assert first.json() == again.json()

    async def test_panels_are_shown_to_officers_of_their_track(self, house: House) -> None:
        await house.register("anna")
        await house.panel("anna")
        assert len((await house.kaia.get("/v1/panels")).json()["items"]) == 1
        assert (await house.kind.get("/v1/panels")).json()["items"] == []


class TestAssignReviewers:
    async def test_tells_by_pseudonymous_ids_who_reviews(self, house: House) -> None:
        await house.register("anna", "bora")
        await house.panel("anna", "bora")
        case_id = await house.apply(1)
        await house.eligible(1)
        await house.assign(1, "anna")
        await house.assign(1, "anna", "bora")
        await house.assign(1, "anna", "bora")
        events = await house.events(ReviewersAssigned)
        assert [len(event["reviewer_ids"]) for event in events] == [1, 2]
        assert {event["case_id"] for event in events} == {str(case_id)}

    async def test_refuses_each_unfit_reviewer_by_name_of_the_reason(self, house: House) -> None:
        case_id = await house.apply(1)
        await house.eligible(1)
        await house.register("outsider")
        await house.register("insider", organisation_ids=(house.organisations[1],))
        await house.register("anna")
        await house.panel("insider", "anna")
        await house.assign(1, "anna")
        await house.declare("anna", 1, conflict=True)
        ids = [str(house.reviewers[name]) for name in ("outsider", "insider", "anna")]
        answer = await house.kaia.post(f"/v1/cases/{case_id}/assignments", {"reviewer_ids": ids})
        assert problem(answer) == (422, "invalid")
        reasons = [one["reason"] for one in answer.json()["errors"]]
        assert reasons == ["not-in-panel", "own-organisation", "conflict-declared"]

    async def test_needs_an_eligible_case_of_this_round(self, house: House) -> None:
        await house.register("anna")
        await house.panel("anna")
        await house.apply(1)
        await house.apply(2, rolls_over=True)
        await house.eligible(2)
        ids = {"reviewer_ids": [str(house.reviewers["anna"])]}
        undecided = await house.kaia.post(f"/v1/cases/{house.case(1)}/assignments", ids)
        assert problem(undecided) == (409, "case-not-in-state")
        later = await house.kaia.post(f"/v1/cases/{house.case(2)}/assignments", ids)
        assert problem(later) == (409, "not-in-this-round")

    async def test_is_frozen_once_somebody_began_to_score(self, house: House) -> None:
        await house.register("anna", "bora")
        await house.panel("anna", "bora")
        await house.apply(1)
        await house.eligible(1)
        assigned = await house.assign(1, "anna")
        await house.declare("anna", 1)
        await house.draft("anna", assigned["anna"], (80, 10))
        ids = {"reviewer_ids": [str(house.reviewers["bora"])]}
        answer = await house.kaia.post(f"/v1/cases/{house.case(1)}/assignments", ids)
        assert problem(answer) == (409, "assignment-frozen")


class TestDeclareConflict:
    async def test_a_conflict_ends_the_assignment_and_hides_the_case(self, house: House) -> None:
        await house.register("anna", "bora")
        await house.panel("anna", "bora")
        case_id = await house.apply(1)
        await house.eligible(1)
        await house.assign(1, "anna", "bora")
        anna = house.reviewer("anna")
        assert (await anna.get(f"/v1/cases/{case_id}")).status_code == 200
        assert (await house.declare("anna", 1, conflict=True)).status_code == 200
        assert (await anna.get(f"/v1/cases/{case_id}")).status_code == 404
        assert (await anna.get("/v1/cases")).json()["items"] == []
        assert (await anna.get("/v1/assignments")).json()["items"] == []
        assert (await house.declare("anna", 1)).status_code == 404
        events = await house.events(ReviewersAssigned)
        assert events[-1]["reviewer_ids"] == [str(house.reviewers["bora"])]

    async def test_is_repeatable_without_a_conflict(self, house: House) -> None:
        await house.register("anna")
        await house.panel("anna")
        await house.apply(1)
        await house.eligible(1)
        await house.assign(1, "anna")
        answers = [await house.declare("anna", 1) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [200, 200]

    async def test_kind_and_reason_belong_to_a_conflict(self, house: House) -> None:
        await house.register("anna")
        await house.panel("anna")
        await house.apply(1)
        await house.eligible(1)
        await house.assign(1, "anna")
        path = f"/v1/cases/{house.case(1)}/conflict-declaration"
        bare = await house.reviewer("anna").put(path, {"has_conflict": True})
        assert [one["pointer"] for one in bare.json()["errors"]] == ["/body/kind", "/body/reason_code"]
        odd = await house.reviewer("anna").put(path, {"has_conflict": False, "kind": "recusal"})
        assert [one["pointer"] for one in odd.json()["errors"]] == ["/body/kind"]
