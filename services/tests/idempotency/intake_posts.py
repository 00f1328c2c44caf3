"""The POSTs of intake."""

import itertools

from services.intake.tests.house import CALL_FILE, PDF, House
from services.tests.idempotency.desk import Ask, Desk
from services.tests.idempotency.prepared import Prepared

_numbers = itertools.count(1)


def house_of(desk: Desk) -> House:
    """People nobody has met yet, at the desk's first process."""
    assert desk.files is not None
    return House(desk.apps[0], desk.apis[0], desk.database, desk.files, desk.token_for)


async def publish_call(desk: Desk) -> Prepared:
    content = CALL_FILE.read_bytes().replace(b"code: KCN-2025\n", b"code: KCN-2025-R%d\n" % next(_numbers), 1)
    asks = (
        Ask("/v1/calls", content=one, media_type="application/yaml")
        for one in (content, content + b"# another request\n", b"code: 7")
    )
    return Prepared.by(house_of(desk).ministry, desk.token_for, *asks)


async def create_application(desk: Desk) -> Prepared:
    body = {"call_code": "KCN-2025", "track": "planning"}
    return Prepared.json(
        house_of(desk).applicant(),
        desk.token_for,
        "/v1/applications",
        body,
        {**body, "track": "demonstration"},
    )


async def upload_document(desk: Desk) -> Prepared:
    house = house_of(desk)
    application_id = await house.draft(house.applicant(), "planning")
    asks = (
        Ask(
            f"/v1/applications/{application_id}/documents",
            content=content,
            media_type="application/pdf",
            params={"kind": "concept_paper", "file_name": "paper.pdf"},
        )
        for content in (PDF, PDF + b"another", b"MZ a program")
    )
    return Prepared.by(house.applicant(), desk.token_for, *asks)


async def submit_application(desk: Desk) -> Prepared:
    house = house_of(desk)
    application_id = await house.complete(house.applicant(), "planning")
    return Prepared.bare(house.applicant(), desk.token_for, f"/v1/applications/{application_id}/submission")


async def withdraw_application(desk: Desk) -> Prepared:
    house = house_of(desk)
    application_id = await house.submitted(house.applicant(), "planning")
    return Prepared.bare(house.applicant(), desk.token_for, f"/v1/applications/{application_id}/withdrawal")


POSTS = {
    "publishCall": (publish_call, 200),
    "createApplication": (create_application, 201),
    "uploadDocument": (upload_document, 201),
    "submitApplication": (submit_application, None),
    "withdrawApplication": (withdraw_application, 409),
}
