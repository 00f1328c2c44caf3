import asyncio

import pytest

from services.review.tests.house import House, problem
from shared.events.review import EligibilityDecided


class TestDecideEligibility:
    async def test_records_one_event_and_who_decided(self, house: House) -> None:
        case_id = await house.apply(1)
        answer = await house.kaia.post(f"/v1/cases/{case_id}/eligibility", {"eligible": True, "note": "fine"})
        assert answer.status_code == 201
        assert answer.json()["state"] == "eligible"
        assert answer.json()["eligibility"]["note"] == "fine"
        (event,) = await house.events(EligibilityDecided)
        assert event["case_id"] == str(case_id)
        assert event["reasons"] == []
        assert await house.audited("decide_eligibility") == [house.kaia.subject]

    async def test_tells_the_rules_that_are_not_met_in_one_order(self, house: House) -> None:
        case_id = await house.apply(1)
        body = {"eligible": False, "unmet_rules": ["partner_confirmed", "abroad"]}
        answer = await house.kaia.post(f"/v1/cases/{case_id}/eligibility", body)
        assert answer.json()["state"] == "ineligible"
        (event,) = await house.events(EligibilityDecided)
        assert (event["eligible"], event["reasons"]) == (False, ["abroad", "partner_confirmed"])

    @pytest.mark.parametrize(
        ("body", "pointer", "reason"),
        [
            ({"eligible": False}, "/body/unmet_rules", "missing"),
            ({"eligible": False, "unmet_rules": ["no_such_rule"]}, "/body/unmet_rules/0", "unknown-rule"),
            ({"eligible": True, "unmet_rules": ["abroad"]}, "/body/unmet_rules", "not-empty"),
        ],
    )
    async def test_refuses_rules_that_do_not_fit_the_decision(
        self, house: House, body: dict[str, object], pointer: str, reason: str
    ) -> None:
        case_id = await house.apply(1)
        answer = await house.kaia.post(f"/v1/cases/{case_id}/eligibility", body)
        assert problem(answer) == (422, "invalid")
        assert [(one["pointer"], one["reason"]) for one in answer.json()["errors"]] == [(pointer, reason)]
        assert await house.events(EligibilityDecided) == []

    async def test_a_repeat_with_the_same_key_gives_the_same_answer_once(self, house: House) -> None:
        case_id = await house.apply(1)
        path, body = f"/v1/cases/{case_id}/eligibility", {"eligible": True}
        answers = [await house.kaia.post(path, body, key="the-same") for _ in range(2)]
        assert [answer.status_code for answer in answers] == [201, 201]
        assert answers[0].json() == answers[1].json()
        assert len(await house.events(EligibilityDecided)) == 1

    async def test_is_decided_once(self, house: House) -> None:
        case_id = await house.apply(1)
        await house.eligible(1)
        answer = await house.kaia.post(f"/v1/cases/{case_id}/eligibility", {"eligible": True})
        assert problem(answer) == (409, "eligibility-already-decided")

    async def test_of_two_officers_at_once_one_wins_and_the_other_is_told(self, house: House) -> None:
        case_id = await house.apply(1)
        colleague = house.person("colleague", "secretariat_officer", tracks=("demonstration",))
        path = f"/v1/cases/{case_id}/eligibility"
        answers = await asyncio.gather(
            house.kaia.post(path, {"eligible": True}),
            colleague.post(path, {"eligible": False, "unmet_rules": ["abroad"]}),
        )
        assert sorted(answer.status_code for answer in answers) == [201, 409]
        assert len(await house.events(EligibilityDecided)) == 1

    async def test_the_note_is_for_officers_only(self, house: House) -> None:
        case_id = await house.apply(1)
        await house.kaia.post(f"/v1/cases/{case_id}/eligibility", {"eligible": True, "note": "internal"})
        shown = (await house.applicant(1).get(f"/v1/cases/{case_id}")).json()
        assert shown["eligibility"]["eligible"] is True
        assert shown["eligibility"]["note"] is None


class TestListCases:
    async def test_each_sees_their_own(self, house: House) -> None:
        await house.apply(1)
        await house.apply(2, track="planning")
        await house.apply(3)
        await house.register("anna")
        await house.panel("anna")
        await house.eligible(3)
        await house.assign(3, "anna")
        seen = {
            name: [item["receipt_no"][-1] for item in (await person.get("/v1/cases")).json()["items"]]
            for name, person in {
                "kaia": house.kaia,
                "kind": house.kind,
                "ministry": house.ministry,
                "anna": house.reviewer("anna"),
                "applicant": house.applicant(1),
            }.items()
        }
        assert seen == {
            "kaia": ["1", "3"],
            "kind": ["2"],
            "ministry": ["1", "2", "3"],
            "anna": ["3"],
            "applicant": ["1"],
        }

    async def test_filters_and_pages_in_order_of_arrival(self, house: House) -> None:
        for number in (3, 1, 2):
            await house.apply(number)
        await house.eligible(2)
        first = (await house.kaia.get("/v1/cases", limit=2)).json()
        rest = (await house.kaia.get("/v1/cases", limit=2, cursor=first["next_cursor"])).json()
        numbers = [item["receipt_no"][-1] for item in (*first["items"], *rest["items"])]
        assert numbers == ["1", "2", "3"]
        assert rest["next_cursor"] is None
        eligible = (await house.kaia.get("/v1/cases", state="eligible", track="demonstration")).json()
        assert [item["receipt_no"][-1] for item in eligible["items"]] == ["2"]
        other = await house.kaia.get("/v1/cases", state="eligible", cursor=first["next_cursor"])
        assert problem(other) == (400, "cursor-mismatch")
