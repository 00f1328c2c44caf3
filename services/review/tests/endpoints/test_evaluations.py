import asyncio
import json
from datetime import timedelta

from services.review.domain.ranking import verify
from services.review.tests import made
from services.review.tests.house import House, problem, sheet
from shared.canonical import canonical_bytes, sha256_hex
from shared.events.review import EvaluationClosed


def closing(house: House) -> dict[str, str]:
    return {"call_id": str(house.call_id), "track": "demonstration"}


class TestCloseEvaluation:
    async def test_freezes_a_bundle_that_anybody_can_rank_to_the_byte(self, house: House) -> None:
        await house.scored_track()
        evaluation_id = await house.close()
        ranking = (await house.kaia.get(f"/v1/evaluations/{evaluation_id}/ranking")).json()
        bundle = (await house.kaia.get(f"/v1/evaluations/{evaluation_id}/bundle")).json()
        frozen, result = canonical_bytes(bundle["bundle"]), canonical_bytes(ranking["ranking"])
        assert sha256_hex(frozen) == bundle["bundle_sha256"] == ranking["ranking"]["bundle_sha256"]
        assert sha256_hex(result) == ranking["ranking_sha256"]
        assert verify(frozen, result)
        states = [(place["receipt_no"][-1], place["state"]) for place in ranking["ranking"]["places"]]
        assert states == [("1", "selected"), ("2", "selected"), ("3", "not_selected")]

    async def test_the_bundle_knows_reviewers_by_pseudonym_only(self, house: House) -> None:
        await house.scored_track()
        evaluation_id = await house.close()
        content = json.dumps((await house.ministry.get(f"/v1/evaluations/{evaluation_id}/bundle")).json())
        for name in ("anna", "bora"):
            assert str(house.reviewers[name]) not in content
            assert house.reviewer(name).subject not in content

    async def test_tells_that_it_closed_and_nothing_of_the_outcome(self, house: House) -> None:
        await house.scored_track()
        await house.close()
        (event,) = await house.events(EvaluationClosed)
        assert sorted(event) == ["call_id", "closed_at", "evaluation_id", "track"]
        items = (await house.applicant(1).get("/v1/cases")).json()["items"]
        assert [item["state"] for item in items] == ["evaluated"]

    async def test_is_refused_while_applications_may_still_come(self, house: House) -> None:
        await house.scored_track()
        await house.clock(made.INTAKE_ENDS - timedelta(milliseconds=1))
        answer = await house.kaia.post("/v1/evaluations", closing(house))
        assert problem(answer) == (409, "intake-still-open")
        await house.clock(made.INTAKE_ENDS)
        assert (await house.kaia.post("/v1/evaluations", closing(house))).status_code == 201

    async def test_names_every_case_that_lacks_something(self, house: House) -> None:
        await house.register("anna", "bora")
        await house.panel("anna", "bora")
        undecided = await house.apply(1)
        answer = await house.kaia.post("/v1/evaluations", closing(house))
        assert problem(answer) == (409, "evaluation-incomplete")
        assert [(one["pointer"], one["reason"]) for one in answer.json()["errors"]] == [
            (f"/cases/{undecided}", "eligibility-undecided")
        ]
        await house.eligible(1)
        await house.score(1, anna=(80, 10))
        answer = await house.kaia.post("/v1/evaluations", closing(house))
        assert [(one["reason"], one["message"]) for one in answer.json()["errors"]] == [
            ("too-few-sheets", "1 submitted sheets, 2 needed.")
        ]

    async def test_is_refused_without_any_eligible_case(self, house: House) -> None:
        answer = await house.kaia.post("/v1/evaluations", closing(house))
        assert [one["reason"] for one in answer.json()["errors"]] == ["nothing-to-evaluate"]

    async def test_a_sheet_of_a_reviewer_with_a_conflict_does_not_count(self, house: House) -> None:
        await house.scored_track()
        await house.declare("anna", 1, conflict=True)
        answer = await house.kaia.post("/v1/evaluations", closing(house))
        assert [one["pointer"] for one in answer.json()["errors"]] == [f"/cases/{house.case(1)}"]

    async def test_leaves_out_ineligible_and_next_rounds_cases(self, house: House) -> None:
        await house.scored_track()
        await house.apply(4)
        body = {"eligible": False, "unmet_rules": ["abroad"]}
        await house.kaia.post(f"/v1/cases/{house.case(4)}/eligibility", body)
        await house.apply(5, rolls_over=True)
        evaluation_id = await house.close()
        ranking = (await house.kaia.get(f"/v1/evaluations/{evaluation_id}/ranking")).json()["ranking"]
        assert sorted(place["receipt_no"][-1] for place in ranking["places"]) == ["1", "2", "3"]

    async def test_freezes_declarations_and_assignments(self, house: House) -> None:
        await house.scored_track()
        evaluation_id = await house.close()
        assert problem(await house.declare("anna", 1, conflict=True)) == (409, "evaluation-is-closed")
        ids = {"reviewer_ids": [str(house.reviewers["anna"])]}
        answer = await house.kaia.post(f"/v1/cases/{house.case(1)}/assignments", ids)
        assert problem(answer) == (409, "evaluation-is-closed")
        assert answer.json()["evaluation_id"] == evaluation_id

    async def test_two_closings_at_once_make_one_evaluation(self, house: House) -> None:
        await house.scored_track()
        answers = await asyncio.gather(
            house.kaia.post("/v1/evaluations", closing(house)),
            house.ministry.post("/v1/evaluations", closing(house)),
        )
        assert sorted(answer.status_code for answer in answers) == [201, 409]
        assert len(await house.events(EvaluationClosed)) == 1

    async def test_a_sheet_submitted_meanwhile_is_counted_or_refused_never_lost(self, house: House) -> None:
        await house.register("anna", "bora", "cho")
        await house.panel("anna", "bora", "cho")
        await house.apply(1)
        await house.eligible(1)
        assigned = await house.assign(1, "anna", "bora", "cho")
        paths = {name: f"/v1/assignments/{assigned[name]}/score-sheet/submission" for name in assigned}
        for name in assigned:
            await house.declare(name, 1)
            await house.draft(name, assigned[name], (80, 10))
        for name in ("anna", "bora"):
            await house.reviewer(name).post(paths[name])
        late, closed = await asyncio.gather(
            house.reviewer("cho").post(paths["cho"]), house.kaia.post("/v1/evaluations", closing(house))
        )
        bundle = (await house.kaia.get(f"/v1/evaluations/{closed.json()['id']}/bundle")).json()["bundle"]
        counted = len(bundle["cases"][0]["sheets"])
        assert (late.status_code, counted) in {(201, 3), (409, 2)}

    async def test_a_draft_written_after_closing_is_refused(self, house: House) -> None:
        await house.register("anna", "bora", "cho")
        await house.panel("anna", "bora", "cho")
        await house.apply(1)
        await house.eligible(1)
        cho = (await house.assign(1, "cho"))["cho"]
        await house.declare("cho", 1)
        await house.score(1, anna=(80, 10), bora=(80, 10))
        await house.close()
        path = f"/v1/assignments/{cho}/score-sheet"
        answer = await house.reviewer("cho").put(path, sheet("cho", (1, 1)), '"0"')
        assert problem(answer) == (409, "evaluation-is-closed")
