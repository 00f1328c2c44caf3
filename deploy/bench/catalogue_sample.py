"""What the catalogue's benchmark asks for, and 10,000 made-up projects: the same ones in each run.

``python -m deploy.bench.catalogue_sample record|load|enlarge``: with the ``KCITY_`` environment of catalog.
"""

import argparse
import asyncio
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

from sqlalchemy import insert, update

from services.catalog.answers import Answers
from services.catalog.countries import COUNTRIES, country_of
from services.catalog.domain.completed_list import Listed, read_completed_list
from services.catalog.domain.project import Project, id_of_completed
from services.catalog.endpoints.listing import Listing
from services.catalog.repository.projects import ProjectRepository
from services.catalog.repository.reading import CatalogueReader
from services.catalog.repository.rows import columns_of
from services.catalog.repository.vocabularies import Row
from services.catalog.schemas.conditions import ProjectQuery
from services.catalog.settings import SHIPPED_LIST
from services.catalog.tables import catalogue_version, project
from services.catalog.use_cases.load_completed_projects import load_completed_projects
from shared.database.connection import Database
from shared.settings import Settings

SEED = 20_260_401
LARGE = 10_000
NOW = datetime(2025, 1, 20, 2, tzinfo=UTC)
_QUESTIONS = (
    "traffic",
    "교통",
    "what did Korea do for traffic in Vietnam?",
    "한국은 베트남 교통을 위해 무엇을 했나?",
    "smart city master plan",
    "스마트시티 마스터플랜",
    "Bogota",
    "veitnam",
    "재난 안전",
    "waste bolivia",
)
_SORTS = ("number", "-number", "year", "-year")
Asked = dict[str, Any]


def addresses(count: int) -> tuple[list[str], list[str]]:
    """Lists and searches, ``count`` of each, every one another one."""
    lists = [f"/v1/projects?limit={limit}&sort={sort}" for limit in range(20, 100) for sort in _SORTS]
    searches = [
        f"/v1/projects?limit={limit}&q={quote(question)}"
        for limit in range(20, 100)
        for question in _QUESTIONS
    ]
    return lists[:count], searches[:count]


def made_up(count: int) -> Iterator[Project]:
    """Projects of the words of the real ones, beyond their numbers."""
    chosen = random.Random(SEED)  # noqa: S311 the same ones in each run
    real = [one.project for one in _shipped()]
    titled = [one.title for one in real if one.title]
    placed = [one for one in real if one.city]
    for number in range(len(real) + 1, len(real) + 1 + count):
        place, kind = chosen.choice(placed), chosen.choice(real)
        title, more = chosen.choice(titled), chosen.choice(titled)
        yield replace(
            kind,
            id=id_of_completed(number),
            number=number,
            selection_year=2020 + number % 5,
            title=replace(title, ko=f"{title.ko} {more.ko}", en=f"{title.en}, {more.en}"),
            country=place.country,
            city=place.city,
            place_kind=place.place_kind,
            position=place.position,
        )


async def load(database: Database) -> None:
    """The 49."""
    async with database.transaction() as tx:
        await load_completed_projects(
            _shipped(), projects=ProjectRepository(tx), now=NOW, country_of=country_of
        )


async def enlarge(database: Database, count: int) -> None:
    """``count`` made-up projects beside them, as the planner will know them in an installation."""
    rows = [{**columns_of(one), "revision": 1, "published_at": NOW} for one in made_up(count)]
    async with database.transaction() as tx:
        await tx.execute(insert(project), rows)
        await tx.execute(update(catalogue_version).values(version=catalogue_version.c.version + 1))
    async with database.pool.acquire() as connection:
        await connection.execute("VACUUM ANALYZE project")


async def record(database: Database, paths: list[str]) -> dict[str, Asked]:
    """What the service asks PostgreSQL to answer each path for the first time, and what it answers."""
    answers, statements = Answers(), list[tuple[str, list[Any]]]()

    async def fetch(statement: str, *values: object) -> Sequence[Row]:
        statements.append((statement, list(values)))
        rows: Sequence[Row] = await database.pool.fetch(statement, *values)
        return rows

    found: dict[str, Asked] = {}
    for path in paths:
        listing = Listing.of(ProjectQuery.model_validate(_parameters(path)))
        async with database.transaction() as tx:
            await listing.made(CatalogueReader(tx, answers.vocabularies), answers)
        statements.clear()
        made = await listing.quickly(fetch, answers)
        if made is None:
            raise RuntimeError(f"{path} takes a transaction though all of it is known")
        found[path] = {"statements": list(statements), "answer": made[1].decode()}
    return found


def _parameters(path: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(path).query))


def _shipped() -> tuple[Listed, ...]:
    return read_completed_list(SHIPPED_LIST.read_bytes(), countries=COUNTRIES)


async def _run(chosen: argparse.Namespace) -> None:
    database = await Database.connect(Settings().database_url.get_secret_value())
    try:
        if chosen.act == "load":
            await load(database)
        elif chosen.act == "enlarge":
            await enlarge(database, chosen.count)
        else:
            lists, searches = addresses(chosen.count)
            found = await record(database, lists + searches)
            chosen.out.write_text(json.dumps(found, ensure_ascii=False))
    finally:
        await database.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("act", choices=("record", "load", "enlarge"))
    parser.add_argument("--count", type=int, default=LARGE)
    parser.add_argument("--out", type=Path)
    asyncio.run(_run(parser.parse_args()))
