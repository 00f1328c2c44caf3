"""The POSTs of review. Each comes with a call, people and cases of its own."""

from datetime import timedelta

from services.review.consumers import handlers
from services.review.tests.endpoints.test_pre_consulting import REPORT, REVISED
from services.review.tests.house import House
from services.review.tests.made import AFTER_INTAKE, EMBARGO, published
from services.tests.idempotency.desk import Ask, Desk
from services.tests.idempotency.prepared import Prepared
from shared.delivery.inbox import Inbox
from shared.ids import new_uuid

SOONER = AFTER_INTAKE + timedelta(hours=1)
"""Nobody else's embargo ends then."""


async def house_of(desk: Desk) -> House:
    inbox = Inbox("review", handlers(), desk.database)
    house = House(desk.settings, desk.apps[0], desk.apis[0], desk.database, inbox, desk.token_for)
    await house.receive(published(house.call_id), house.call_id)
    return house


async def decide_eligibility(desk: Desk) -> Prepared:
    house = await house_of(desk)
    path = f"/v1/cases/{await house.apply(1)}/eligibility"
    other = {"eligible": False, "unmet_rules": ["abroad"]}
    return Prepared.json(house.kaia, desk.token_for, path, {"eligible": True}, other)


async def start_pre_consulting(desk: Desk) -> Prepared:
    house = await house_of(desk)
    path = f"/v1/cases/{await house.apply(1, track='planning')}/pre-consulting"
    await house.eligible(1, officer=house.kind)
    first, second = await house.register("anna", "bora")
    return Prepared.json(
        house.kind, desk.token_for, path, {"adviser_id": str(first)}, {"adviser_id": str(second)}
    )


async def complete_pre_consulting(desk: Desk) -> Prepared:
    start = await start_pre_consulting(desk)
    assert (await start.ask.send(desk.apis[0], start.token, str(new_uuid()))).status_code == 201
    headers = {"Authorization": f"Bearer {start.token}"}
    for number, (part, body) in enumerate((("report", REPORT), ("revised-proposal", REVISED)), 1):
        answer = await desk.apis[0].put(
            f"{start.ask.path}/{part}", json=body, headers={**headers, "If-Match": f'"{number}"'}
        )
        assert answer.status_code == 200, answer.text
    path = f"{start.ask.path}/completion"
    return Prepared(start.token, start.powerless, Ask(path), Ask(path, {"another": "request"}))


async def register_reviewer(desk: Desk) -> Prepared:
    house = await house_of(desk)
    body = {"subject": f"reviewer-{new_uuid()}", "expertise": ["transport"], "languages": ["ko"]}
    return Prepared.json(house.kaia, desk.token_for, "/v1/reviewers", body, {**body, "expertise": ["energy"]})


async def create_panel(desk: Desk) -> Prepared:
    house = await house_of(desk)
    first, second = await house.register("anna", "bora")
    body = {"call_id": str(house.call_id), "track": "demonstration", "reviewer_ids": [str(first)]}
    return Prepared.json(
        house.kaia, desk.token_for, "/v1/panels", body, {**body, "reviewer_ids": [str(second)]}
    )


async def assign_reviewers(desk: Desk) -> Prepared:
    house = await house_of(desk)
    first, second = await house.register("anna", "bora")
    await house.panel("anna", "bora")
    path = f"/v1/cases/{await house.apply(1)}/assignments"
    await house.eligible(1)
    return Prepared.json(
        house.kaia, desk.token_for, path, {"reviewer_ids": [str(first)]}, {"reviewer_ids": [str(second)]}
    )


async def submit_score_sheet(desk: Desk) -> Prepared:
    house = await house_of(desk)
    await house.register("anna")
    await house.panel("anna")
    await house.apply(1)
    await house.eligible(1)
    assignment = (await house.assign(1, "anna"))["anna"]
    await house.declare("anna", 1)
    await house.draft("anna", assignment, (90, 20))
    return Prepared.bare(
        house.reviewer("anna"), desk.token_for, f"/v1/assignments/{assignment}/score-sheet/submission"
    )


async def scored(desk: Desk) -> House:
    house = await house_of(desk)
    await house.register("anna", "bora")
    await house.panel("anna", "bora")
    await house.apply(1)
    await house.eligible(1)
    await house.score(1, anna=(90, 20), bora=(80, 16))
    return house


async def close_evaluation(desk: Desk) -> Prepared:
    house = await scored(desk)
    body = {"call_id": str(house.call_id), "track": "demonstration"}
    return Prepared.json(house.kaia, desk.token_for, "/v1/evaluations", body, {**body, "track": "planning"})


async def propose_selection(desk: Desk) -> Prepared:
    house = await scored(desk)
    body = {"evaluation_id": await house.close(), "announce_at": EMBARGO.isoformat()}
    later = (EMBARGO + timedelta(days=1)).isoformat()
    return Prepared.json(house.kaia, desk.token_for, "/v1/selections", body, {**body, "announce_at": later})


async def proposed(desk: Desk, *, sooner: bool = False) -> tuple[House, str]:
    house = await scored(desk)
    body = {
        "evaluation_id": await house.close(),
        "announce_at": (SOONER if sooner else EMBARGO).isoformat(),
    }
    answer = await house.kaia.post("/v1/selections", body)
    assert answer.status_code == 201, answer.text
    return house, f"/v1/selections/{answer.json()['id']}"


async def approve_selection(desk: Desk) -> Prepared:
    house, path = await proposed(desk)
    return Prepared.bare(house.ministry, desk.token_for, f"{path}/approval")


async def reject_selection(desk: Desk) -> Prepared:
    house, path = await proposed(desk)
    return Prepared.json(
        house.ministry, desk.token_for, f"{path}/rejection", {"reason": "x"}, {"reason": "y"}
    )


async def issue_invitations(desk: Desk) -> Prepared:
    house, path = await proposed(desk, sooner=True)
    assert (await house.ministry.post(f"{path}/approval")).status_code == 201
    await desk.clock(SOONER)
    assert await house.announce() == 1
    await desk.clock(AFTER_INTAKE)
    return Prepared.json(
        house.ministry,
        desk.token_for,
        f"{path}/invitations",
        {"occasion_code": "wsce_2025"},
        {"occasion_code": "kind_day"},
    )


async def selected(desk: Desk, *steps: str) -> Prepared:
    """A selected case that these steps were recorded of; the next one is to be."""
    house, path = await proposed(desk, sooner=True)
    assert (await house.ministry.post(f"{path}/approval")).status_code == 201
    await desk.clock(SOONER)
    assert await house.announce() == 1
    await desk.clock(AFTER_INTAKE)
    day = {"day": SOONER.date().isoformat()}
    case = f"/v1/cases/{house.case(1)}"
    for step in steps[:-1]:
        assert (await house.kaia.post(f"{case}/{step}", day)).status_code == 201
    return Prepared.json(house.kaia, desk.token_for, f"{case}/{steps[-1]}", day, {"day": "2025-04-01"})


async def record_agreement(desk: Desk) -> Prepared:
    return await selected(desk, "agreement")


async def record_start(desk: Desk) -> Prepared:
    return await selected(desk, "agreement", "start")


async def record_completion(desk: Desk) -> Prepared:
    return await selected(desk, "agreement", "start", "completion")


POSTS = {
    "decideEligibility": (decide_eligibility, 409),
    "startPreConsulting": (start_pre_consulting, 409),
    "completePreConsulting": (complete_pre_consulting, 409),
    "registerReviewer": (register_reviewer, 409),
    "createPanel": (create_panel, 201),
    "assignReviewers": (assign_reviewers, 201),
    "submitScoreSheet": (submit_score_sheet, 409),
    "closeEvaluation": (close_evaluation, 409),
    "proposeSelection": (propose_selection, 409),
    "approveSelection": (approve_selection, 409),
    "rejectSelection": (reject_selection, 409),
    "issueInvitations": (issue_invitations, 201),
    "recordAgreement": (record_agreement, 409),
    "recordStart": (record_start, 409),
    "recordCompletion": (record_completion, 409),
}
