from uuid import UUID

from services.review.tests.house import House, Person, problem
from shared.events.review import PreConsultingCompleted, PreConsultingStarted

REPORT = {"text": "Start with two crossings.", "recommendations": ["Ask the tram company."]}
REVISED = {
    "title": {"en": "Project 1, advised"},
    "summary": {"en": "Two crossings first"},
    "requested_amount_krw": 300_000_000,
    "changes": "A smaller first step.",
}


async def started(house: House) -> tuple[str, Person]:
    """An eligible planning case whose pre-consulting began; its path and its adviser."""
    case_id = await house.apply(1, track="planning")
    await house.eligible(1, officer=house.kind)
    (adviser_id,) = await house.register("adviser")
    path = f"/v1/cases/{case_id}/pre-consulting"
    answer = await house.kind.post(path, {"adviser_id": str(adviser_id)})
    assert answer.status_code == 201, answer.text
    assert answer.headers["ETag"] == '"1"'
    return path, house.reviewer("adviser")


class TestPreConsulting:
    async def test_goes_from_start_to_a_ready_case(self, house: House) -> None:
        path, adviser = await started(house)
        report = await adviser.put(f"{path}/report", REPORT, '"1"')
        revised = await house.applicant(1).put(f"{path}/revised-proposal", REVISED, report.headers["ETag"])
        assert (report.status_code, revised.status_code) == (200, 200)
        assert (await house.kind.post(f"{path}/completion")).json()["completed_at"] is not None
        shown = (await house.kind.get(f"/v1/cases/{house.case(1)}")).json()
        assert shown["state"] == "ready"
        assert shown["proposal"]["project"]["requested_amount_krw"] == 400_000_000
        assert shown["revised_project"]["requested_amount_krw"] == 300_000_000
        assert len(await house.events(PreConsultingStarted)) == 1
        assert len(await house.events(PreConsultingCompleted)) == 1

    async def test_needs_both_parts_to_be_completed(self, house: House) -> None:
        path, adviser = await started(house)
        await adviser.put(f"{path}/report", REPORT, '"1"')
        answer = await house.kind.post(f"{path}/completion")
        assert problem(answer) == (409, "pre-consulting-incomplete")
        assert [one["pointer"] for one in answer.json()["errors"]] == ["/revised_proposal"]

    async def test_refuses_a_change_to_a_version_somebody_changed(self, house: House) -> None:
        path, adviser = await started(house)
        await adviser.put(f"{path}/report", REPORT, '"1"')
        assert problem(await house.kind.put(f"{path}/report", REPORT, '"1"')) == (412, "stale-version")
        assert problem(await house.kind.put(f"{path}/report", REPORT)) == (428, "precondition-required")

    async def test_does_not_change_once_completed(self, house: House) -> None:
        path, _ = await started(house)
        await house.kind.put(f"{path}/report", REPORT, '"1"')
        await house.kind.put(f"{path}/revised-proposal", REVISED, '"2"')
        await house.kind.post(f"{path}/completion")
        final = (409, "pre-consulting-completed-already")
        assert problem(await house.kind.put(f"{path}/report", REPORT, '"4"')) == final
        assert problem(await house.kind.post(f"{path}/completion")) == final

    async def test_does_not_exist_on_the_demonstration_track(self, house: House) -> None:
        case_id = await house.apply(1)
        await house.eligible(1)
        (adviser_id,) = await house.register("adviser")
        answer = await house.kaia.post(f"/v1/cases/{case_id}/pre-consulting", {"adviser_id": str(adviser_id)})
        assert problem(answer) == (409, "no-pre-consulting-on-this-track")

    async def test_needs_a_registered_adviser_from_elsewhere(self, house: House) -> None:
        case_id = await house.apply(1, track="planning")
        await house.eligible(1, officer=house.kind)
        path = f"/v1/cases/{case_id}/pre-consulting"
        unknown = await house.kind.post(path, {"adviser_id": str(UUID(int=7))})
        assert unknown.json()["errors"][0]["reason"] == "unknown-adviser"
        (own,) = await house.register("insider", organisation_ids=(house.organisations[1],))
        answer = await house.kind.post(path, {"adviser_id": str(own)})
        assert answer.json()["errors"][0]["reason"] == "own-organisation"

    async def test_the_adviser_does_not_review_the_case(self, house: House) -> None:
        path, _ = await started(house)
        await house.panel("adviser", track="planning")
        await house.kind.put(f"{path}/report", REPORT, '"1"')
        await house.kind.put(f"{path}/revised-proposal", REVISED, '"2"')
        await house.kind.post(f"{path}/completion")
        ids = {"reviewer_ids": [str(house.reviewers["adviser"])]}
        answer = await house.kind.post(f"/v1/cases/{house.case(1)}/assignments", ids)
        assert [one["reason"] for one in answer.json()["errors"]] == ["adviser-of-the-case"]

    async def test_the_revised_amount_is_what_is_ranked(self, house: House) -> None:
        path, _ = await started(house)
        await house.kind.put(f"{path}/report", REPORT, '"1"')
        await house.kind.put(f"{path}/revised-proposal", REVISED, '"2"')
        await house.kind.post(f"{path}/completion")
        await house.register("anna", "bora")
        await house.panel("anna", "bora", track="planning")
        await house.score(1, anna=(90, 20), bora=(90, 20))
        evaluation_id = await house.close("planning")
        ranking = (await house.kind.get(f"/v1/evaluations/{evaluation_id}/ranking")).json()["ranking"]
        assert [place["support_krw"] for place in ranking["places"]] == [300_000_000]
