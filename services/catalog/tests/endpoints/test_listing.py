"""A list that is put together of pieces says what one made in a whole would say, from one snapshot."""

from collections.abc import Sequence
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from services.catalog.answers import Answers
from services.catalog.domain.entry import Order, Wanted
from services.catalog.domain.search_words import Vocabulary
from services.catalog.endpoints.listing import Listing
from services.catalog.main import create_app
from services.catalog.repository.asking import Part, Request
from services.catalog.repository.reading import CatalogueReader
from services.catalog.repository.reading_list import list_statement, looked_up
from services.catalog.repository.reading_search import Question, Reach
from services.catalog.repository.vocabularies import KnownWords, Row
from services.catalog.schemas.conditions import ProjectQuery
from services.catalog.schemas.projects import ProjectOutPage
from services.catalog.settings import CatalogSettings
from services.catalog.tests.made import Story
from shared.database.connection import Database
from shared.delivery.inbox import Inbox
from shared.testing.api import open_api

pytestmark = pytest.mark.usefixtures("loaded")
QUERIES = (
    "",
    "limit=7&sort=-year",
    "limit=5&q=traffic",
    "q=what did Korea do for traffic in Vietnam?",
    "q=veitnam&limit=2",
    "q=zzzz",
    "q=스마트시티 마스터플랜&country=VN&country=ID",
    "near=21.03,105.85&limit=3",
    "near=20.86481,106.68345&within_km=600&sort=number",
    "q=traffic&near=0,0&year=2021",
)
WRITTEN = "UPDATE catalogue_version SET version = version + 1"


async def change(database: Database, statement: str = "") -> None:
    async with database.transaction() as tx:
        if statement:
            await tx.execute(text(statement))
        await tx.execute(text(WRITTEN))


@pytest.mark.parametrize("query", QUERIES)
async def test_the_pieces_are_what_the_schema_would_write(
    api: httpx.AsyncClient, settings: CatalogSettings, database: Database, query: str
) -> None:
    first = await api.get(f"/v1/projects?{query}")
    page = ProjectOutPage.model_validate_json(first.content)
    assert first.content == page.model_dump_json().encode()
    async with open_api(create_app(settings)) as another:
        assert (await another.get(f"/v1/projects?{query}")).content == first.content, "by a transaction"
    await change(database)
    again = await api.get(f"/v1/projects?{query}")
    assert again.content == first.content, "of entries and words that are known"
    assert again.headers["etag"] != first.headers["etag"]


async def test_what_changes_is_seen_by_the_next_list_without_its_version(
    api: httpx.AsyncClient, database: Database
) -> None:
    listed = "/v1/projects?country=VN"
    before = (await api.get(listed)).json()["items"]
    await change(database, "UPDATE project SET note = 'otherwise' WHERE number = 17")
    after = (await api.get(listed)).json()["items"]
    assert [one["note"] for one in after if one["number"] == 17] == ["otherwise"]
    assert [one for one in after if one["number"] != 17] == [one for one in before if one["number"] != 17]


async def test_an_amended_call_is_named_as_it_is_now(api: httpx.AsyncClient, inbox: Inbox) -> None:
    story = Story()
    for record in (story.call_published(), story.selection_announced()):
        await inbox.receive(record)
    listed = "/v1/projects?state=selected"
    named = (await api.get(listed)).json()["items"][0]["call"]["name"]["en"]
    await inbox.receive(story.call_amended(2, "Another name"))
    assert named != (await api.get(listed)).json()["items"][0]["call"]["name"]["en"] == "Another name"


async def test_a_list_of_what_is_known_takes_one_statement(database: Database) -> None:
    answers, sent = Answers(), list[str]()

    async def fetch(statement: str, *values: object) -> Sequence[Row]:
        sent.append(statement)
        rows: Sequence[Row] = await database.pool.fetch(statement, *values)
        return rows

    asked: tuple[tuple[dict[str, Any], bool], ...] = (
        ({"limit": 100}, False),
        ({"q": "traffic"}, True),
        ({"near": "1,1", "sort": "year"}, True),
    )
    for given, known in asked:
        listing = Listing.of(ProjectQuery.model_validate(given))
        assert (await listing.quickly(fetch, answers) is not None) is known
        async with database.transaction() as tx:
            made = await listing.made(CatalogueReader(tx, answers.vocabularies), answers)
        sent.clear()
        assert (await listing.quickly(fetch, answers) or ("", b""))[1] == made
        assert len(sent) == 1


async def test_no_answer_is_made_of_two_catalogues(database: Database) -> None:
    answers = Answers()
    async with database.transaction() as tx:
        vocabulary = await answers.vocabularies.present(tx)

    async def fetch(statement: str, *values: object) -> Sequence[Row]:
        rows: Sequence[Row] = await database.pool.fetch(statement, *values)
        await change(database)
        return rows

    part = Part(Order.RELEVANCE, 21)
    wanted = Wanted(text="Vietnam")
    assert await looked_up(fetch, wanted, part, vocabulary, Reach.MEANT) is not None, "one statement"
    assert await looked_up(fetch, Wanted(text="Vietnam Bogota"), part, vocabulary, None) is None


def test_nothing_that_a_reader_writes_stands_in_a_statement() -> None:
    told: Any = {"q": "o'brien", "country": ["VN"], "year": 2021, "near": "1.25,2.5", "bbox": "3,4,5,6"}
    query = ProjectQuery.model_validate(told)
    wanted = query.wanted()
    question = Question.of(query.q or "", KnownWords(1, Vocabulary.of(["o", "brien", "obriens"])))
    after = (-62, 17, 5)
    statement, values = list_statement(Request(wanted, question, Reach.SOME), Part(query.order, 21, after))
    for written in ("brien", "VN", "2021", "1.25", "2.5", "-62"):
        assert written not in statement
    assert {"VN", "brien"} <= {one for value in values if isinstance(value, list) for one in value}
