"""The POSTs of catalog. Its desk is empty until the first of them loads the list of completed projects."""

from dataclasses import replace

from services.catalog.countries import country_of
from services.catalog.repository.projects import ProjectRepository
from services.catalog.tests.made import ANNOUNCED, shipped_rows
from services.catalog.use_cases.load_completed_projects import load_completed_projects
from services.tests.idempotency.desk import Ask, Desk
from services.tests.idempotency.prepared import Prepared
from services.tests.idempotency.small_posts import Operator
from shared.ids import new_uuid

PATH = "/v1/imports"


def table(note: str) -> Ask:
    content = f"no,note\n1,{note}\n".encode()
    return Ask(PATH, content=content, media_type="text/csv", params={"file_name": "table.csv"})


async def preview_import(desk: Desk) -> Prepared:
    async with desk.database.transaction() as tx:
        await load_completed_projects(
            shipped_rows(), projects=ProjectRepository(tx), now=ANNOUNCED, country_of=country_of
        )
    spoiled = replace(table("one"), params={"file_name": ""})
    ask, other = table(f"one {new_uuid()}"), table("another")
    return Prepared.by(Operator.new(desk.token_for), desk.token_for, ask, other, spoiled)


async def apply_import(desk: Desk) -> Prepared:
    given = await preview_import(desk)
    answer = await given.ask.send(desk.apis[0], given.token, str(new_uuid()))
    assert answer.status_code == 201, answer.text
    ask = Ask(f"{PATH}/{answer.json()['id']}/application", version='"1"')
    return Prepared(given.token, given.powerless, ask, replace(ask, body={"another": "request"}))


POSTS = {"previewImport": (preview_import, 201), "applyImport": (apply_import, 409)}
