"""Repeating a POST, one after another and all at once."""

import asyncio
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from shared.auth.caller import Caller, Role
from shared.database.connection import Database
from shared.idempotency.act import Act, KeyReused, TwinInFlight
from shared.idempotency.store import INSERT_COLUMNS, lock_key, purge_expired
from shared.testing.issuer import TokenIssuer

TICKETS = "/v1/lines/green/tickets"


async def count(database: Database, table: str) -> int:
    async with database.engine.connect() as connection:
        return int(await connection.scalar(text(f"SELECT count(*) FROM {table}")) or 0)  # noqa: S608 - a name of ours


async def buy(
    client: httpx.AsyncClient, key: str, body: Any = None, path: str = TICKETS, **headers: str
) -> httpx.Response:
    return await client.post(path, json=body or {"line": 2}, headers={"Idempotency-Key": key, **headers})


async def age(database: Database, days: int) -> None:
    """Make every kept answer older."""
    async with database.transaction() as tx:
        await tx.execute(
            text("UPDATE idempotency_key SET created_at = created_at - make_interval(days => :days)"),
            {"days": days},
        )


class TestRepeating:
    async def test_gives_the_first_answer_and_acts_no_second_time(
        self, client: httpx.AsyncClient, database: Database, key: str
    ) -> None:
        first, second = await buy(client, key), await buy(client, key)
        assert first.status_code == second.status_code == 201
        assert first.json() == second.json()
        assert await count(database, "ticket") == 1

    async def test_is_the_same_request_with_other_spaces_and_order(
        self, client: httpx.AsyncClient, database: Database, key: str
    ) -> None:
        await buy(client, key, {"line": 2, "name": "a"})
        response = await client.post(
            TICKETS,
            content=b'{ "name" : "a" ,\n "line" : 2 }',
            headers={"Idempotency-Key": key, "Content-Type": "application/json"},
        )
        assert response.status_code == 201
        assert await count(database, "ticket") == 1

    @pytest.mark.parametrize(
        ("path", "body"),
        [(TICKETS, {"line": 3}), ("/v1/lines/red/tickets", {"line": 2}), (TICKETS + "?x=1", {"line": 2})],
    )
    async def test_with_another_request_is_refused(
        self, client: httpx.AsyncClient, key: str, path: str, body: dict[str, int]
    ) -> None:
        await buy(client, key)
        response = await buy(client, key, body, path)
        assert response.status_code == 422
        assert response.json()["type"].endswith("/problems/key-reused")

    async def test_by_another_caller_is_another_act(
        self, client: httpx.AsyncClient, issuer: TokenIssuer, database: Database, key: str
    ) -> None:
        await buy(client, key)
        response = await buy(client, key, **issuer.header("another-buyer"))
        assert response.status_code == 201
        assert await count(database, "ticket") == 2

    async def test_after_a_refusal_starts_anew(
        self, client: httpx.AsyncClient, database: Database, key: str
    ) -> None:
        assert (await buy(client, key, {"line": 10})).status_code == 409
        assert await count(database, "idempotency_key") == 0
        assert (await buy(client, key, {"line": 1})).status_code == 201

    async def test_cannot_be_forgotten_by_a_route(
        self, client: httpx.AsyncClient, database: Database, key: str
    ) -> None:
        assert (await buy(client, key, path="/v1/lines/forgetful/tickets")).status_code == 500
        assert await count(database, "ticket") == 0

    async def test_ends_after_seven_days_unless_kept_for_good(
        self, client: httpx.AsyncClient, database: Database, key: str
    ) -> None:
        await buy(client, key)
        await buy(client, f"{key}-lasting", path="/v1/lines/lasting/tickets")
        await age(database, 6)
        await buy(client, key)
        assert await count(database, "ticket") == 2
        await age(database, 2)
        await buy(client, key, {"line": 5})
        await buy(client, f"{key}-lasting", path="/v1/lines/lasting/tickets")
        assert await count(database, "ticket") == 3
        await buy(client, key, {"line": 5})
        assert await count(database, "ticket") == 3

    async def test_leaves_nothing_behind_after_the_purge_but_what_is_kept_for_good(
        self, client: httpx.AsyncClient, database: Database, key: str
    ) -> None:
        await buy(client, key)
        await buy(client, f"{key}-lasting", path="/v1/lines/lasting/tickets")
        await age(database, 8)
        assert await purge_expired(database) == 1
        assert await count(database, "idempotency_key") == 1


class TestKey:
    async def test_is_required(self, client: httpx.AsyncClient) -> None:
        response = await client.post(TICKETS, json={"line": 2})
        assert response.status_code == 400
        assert response.json()["type"].endswith("/problems/idempotency-key-missing")

    @pytest.mark.parametrize("key", ["a b", "x" * 256, "é"])
    async def test_has_visible_ascii_characters_only(self, client: httpx.AsyncClient, key: str) -> None:
        response = await client.post(
            TICKETS, json={"line": 2}, headers=[(b"Idempotency-Key", key.encode("latin-1"))]
        )
        assert response.status_code == 400
        assert response.json()["type"].endswith("/problems/idempotency-key-invalid")

    async def test_is_not_even_read_without_a_caller(self, client: httpx.AsyncClient, key: str) -> None:
        assert (await buy(client, key, Authorization="")).status_code == 401


class TestTwins:
    async def test_sent_all_at_once_act_once_and_the_losers_may_repeat(
        self, client: httpx.AsyncClient, database: Database, key: str
    ) -> None:
        answers = await asyncio.gather(*(buy(client, key) for _ in range(10)))
        assert {answer.status_code for answer in answers} <= {201, 409}
        assert await count(database, "ticket") == 1
        for loser in (answer for answer in answers if answer.status_code == 409):
            assert loser.json()["type"].endswith("/problems/twin-in-flight")
            assert loser.headers["retry-after"] == "1"
        winners = {answer.json()["id"] for answer in answers if answer.status_code == 201}
        assert {(await buy(client, key)).json()["id"]} == winners

    async def test_meet_the_first_one_while_its_transaction_is_open_and_its_outcome_after(
        self, database: Database
    ) -> None:
        act = Act(Caller("a", frozenset()), "a POST /v1/tickets", "key", b"fingerprint")
        async with act.once(database) as first:
            with pytest.raises(TwinInFlight):
                async with act.once(database):
                    pytest.fail("both acted")
            await first.keep(status=201, reference="ticket-1")
        async with act.once(database) as second:
            assert second.kept is not None
            assert (second.kept.status, second.kept.reference) == (201, "ticket-1")

    async def test_of_one_that_was_rolled_back_may_act(self, database: Database) -> None:
        act = Act(Caller("a", frozenset()), "a POST /v1/tickets", "key", b"fingerprint")
        with pytest.raises(RuntimeError, match="the process died"):
            async with act.once(database) as first:
                await first.keep(status=201, reference="ticket-1")
                raise RuntimeError("the process died")
        async with act.once(database) as second:
            assert second.kept is None
            await second.keep(status=201, reference="ticket-2")

    async def test_with_other_keys_do_not_wait_for_each_other(self, database: Database) -> None:
        acts = [Act(Caller("a", frozenset()), "a POST /v1/tickets", key, b"f") for key in ("one", "two")]
        async with acts[0].once(database) as first, acts[1].once(database) as second:
            assert first.kept is second.kept is None
            await first.keep(status=201, reference="1")
            await second.keep(status=201, reference="2")


class TestBareConnection:
    """The parts that a hand-written statement uses."""

    async def test_inserts_and_locks_what_the_act_would(self, database: Database) -> None:
        act = Act(Caller("a", frozenset()), "a POST /v1/submissions", "key", b"fingerprint")
        row = act.row(201, "receipt-1", for_good=True)
        columns, places = (
            ", ".join(INSERT_COLUMNS),
            ", ".join(f"${n + 1}" for n in range(len(INSERT_COLUMNS))),
        )
        async with database.pool.acquire() as connection, connection.transaction():
            assert await connection.fetchval("SELECT pg_try_advisory_xact_lock($1)", act.lock)
            await connection.execute(
                f"INSERT INTO idempotency_key ({columns}) VALUES ({places})",  # noqa: S608 - constants of ours
                *(row[name] for name in INSERT_COLUMNS),
            )
            with pytest.raises(TwinInFlight):
                async with act.once(database):
                    pytest.fail("both acted")
        async with act.once(database) as again:
            assert again.kept is not None
            assert again.kept.reference == "receipt-1"

    def test_gives_one_lock_to_each_scope_and_key_that_fits_a_bigint(self) -> None:
        locks = {lock_key(scope, key) for scope in ("a", "b", "ab") for key in ("", "b", "c")}
        assert len(locks) == 9
        assert all(-(2**63) <= lock < 2**63 for lock in locks)

    def test_tells_the_content_of_an_upload_apart(self) -> None:
        act = Act(Caller("a", frozenset()), "a POST /v1/documents", "key", b"fingerprint")
        with pytest.raises(KeyReused):
            act.with_content(b"digest 2").read(act.with_content(b"digest 1").fingerprint, 201, "document-1")


class TestLookup:
    async def test_tells_the_caller_what_became_of_a_request(
        self, client: httpx.AsyncClient, key: str
    ) -> None:
        bought = (await buy(client, key)).json()
        (item,) = (await client.get(f"/v1/idempotency-keys/{key}")).json()["items"]
        assert item["route"] == "POST /v1/lines/{kind}/tickets"
        assert (item["status"], item["reference"]) == (201, bought["id"])

    async def test_tells_nobody_else_even_with_a_similar_name(
        self, client: httpx.AsyncClient, issuer: TokenIssuer, key: str
    ) -> None:
        await buy(client, key)
        for other in ("buye", "buyer2", "buyer!", "BUYER"):
            response = await client.get(
                f"/v1/idempotency-keys/{key}", headers=issuer.header(other, Role.OPERATOR)
            )
            assert response.status_code == 404

    async def test_of_an_unused_or_expired_key_finds_nothing(
        self, client: httpx.AsyncClient, database: Database, key: str
    ) -> None:
        assert (await client.get(f"/v1/idempotency-keys/{key}")).status_code == 404
        await buy(client, key)
        await age(database, 8)
        assert (await client.get(f"/v1/idempotency-keys/{key}")).status_code == 404


class TestContract:
    async def test_requires_the_key_and_names_its_problems(self, client: httpx.AsyncClient) -> None:
        document = (await client.get("/openapi.json")).json()
        operation = document["paths"]["/v1/lines/{kind}/tickets"]["post"]
        (key,) = [parameter for parameter in operation["parameters"] if parameter["in"] == "header"]
        assert (key["name"], key["required"], key["schema"]["type"]) == ("Idempotency-Key", True, "string")
        named = {
            slug
            for response in operation["responses"].values()
            for slug in response["content"].get("application/problem+json", {}).get("examples", ())
        }
        assert {"idempotency-key-missing", "idempotency-key-invalid", "twin-in-flight", "key-reused"} <= named
