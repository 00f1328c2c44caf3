"""Any sequence of purchases, passing days and purges does what a dictionary of kept answers says."""

from typing import Any

import httpx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from shared.database.connection import Database
from shared.idempotency.store import purge_expired
from shared.ids import new_uuid
from shared.testing.issuer import TokenIssuer
from shared.tests.idempotency.test_act import buy, count

FULL = 10
"""There is no such line: buying a ticket for it is refused."""
Step = tuple[str, ...] | tuple[str, str, int]

purchases = st.tuples(st.sampled_from("ab"), st.sampled_from("xyz"), st.sampled_from((1, 2, FULL)))
steps = st.one_of(purchases, purchases, purchases, st.sampled_from([("days", 3), ("purge", 0)]))


class Model:
    """What was kept: by caller and key the line, the ticket and its age in days."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], tuple[int, str, int]] = {}
        self.bought = 0

    def pass_days(self, days: int) -> None:
        self.kept = {
            act: (line, ticket, age + days)
            for act, (line, ticket, age) in self.kept.items()
            if age + days <= 7  # a moment later it is more than seven
        }

    def expects(self, act: tuple[str, str], line: int) -> tuple[int, str | None]:
        """Status, and the ticket where it must be one that was sold before."""
        if act in self.kept:
            known, ticket, _ = self.kept[act]
            return (201, ticket) if line == known else (422, None)
        return (409, None) if line == FULL else (201, None)

    def sold(self, act: tuple[str, str], line: int, ticket: str) -> None:
        if act not in self.kept:
            self.kept[act] = (line, ticket, 0)
            self.bought += 1


@given(story=st.lists(steps, min_size=2, max_size=12))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_every_story_goes_as_the_model_says(
    client: httpx.AsyncClient, issuer: TokenIssuer, database: Database, story: list[Any]
) -> None:
    model, run = Model(), new_uuid().hex
    before = await count(database, "ticket")
    for step in story:
        match step:
            case ("days", int(days)):
                model.pass_days(days)
                await _age(database, days)
            case ("purge", _):
                await purge_expired(database)
            case (caller, key, line):
                act = (caller, key)
                status, ticket = model.expects(act, line)
                headers = issuer.header(f"{caller}-{run}")
                answer = await buy(client, f"{key}-{run}", {"line": line}, **headers)
                assert answer.status_code == status
                assert ticket is None or answer.json()["id"] == ticket
                if status == 201:
                    model.sold(act, line, answer.json()["id"])
    assert await count(database, "ticket") - before == model.bought


async def _age(database: Database, days: int) -> None:
    async with database.transaction() as tx:
        await tx.execute(
            text("UPDATE idempotency_key SET created_at = created_at - make_interval(days => :days)"),
            {"days": days},
        )
