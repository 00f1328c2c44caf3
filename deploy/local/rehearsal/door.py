"""The front door as one person sees it: requests with a token, refusals as problems, repeats that are safe."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Self
from uuid import UUID, uuid4

import httpx

from shared.auth.caller import Role, Track

DEVELOPMENT_GRANT = "urn:kcity:development"
IDEMPOTENCY_KEY = "Idempotency-Key"
PARALLEL = 8
TRIES = 8
PAGE = 100
TIMEOUT_SECONDS = 30.0
_AGAIN_STATUS = frozenset({502, 503, 504})
_AGAIN_TYPES = frozenset({"twin-in-flight"})
_REFUSED = 400


@dataclass(frozen=True, slots=True)
class Refusal:
    """A problem document (RFC 9457) that a request was answered with."""

    status: int
    type: str
    problem: Mapping[str, Any]

    @classmethod
    def of(cls, answer: httpx.Response) -> Self:
        """The refusal in an answer; one that is no problem document has the type ``http-<status>``."""
        try:
            problem = answer.json()
        except ValueError:
            problem = {"detail": answer.text[:200]}
        name = str(problem.get("type", "")).rpartition("/")[2]
        return cls(answer.status_code, name or f"http-{answer.status_code}", problem)

    @property
    def pointers(self) -> list[str]:
        """Where the input is wrong, sorted."""
        return sorted(error.get("pointer", "") for error in self.problem.get("errors", []))


class Refused(Exception):
    """A request that had to succeed was refused."""

    def __init__(self, request: httpx.Request, refusal: Refusal) -> None:
        super().__init__(
            f"{request.method} {request.url.path} was refused with {refusal.status} {refusal.type}: "
            f"{refusal.problem.get('detail', '')} {list(refusal.problem.get('errors', []))}"
        )
        self.refusal = refusal


class NotRefused(Exception):
    """A request that had to be refused succeeded."""

    def __init__(self, answer: httpx.Response) -> None:
        super().__init__(
            f"{answer.request.method} {answer.request.url.path} had to be refused, but was answered with "
            f"{answer.status_code}: {answer.text[:200]}"
        )


@dataclass(slots=True)
class Door:
    """The front door and the issuer. At most ``PARALLEL`` requests are under way at once."""

    client: httpx.AsyncClient
    issuer_url: str
    refusals: Counter[str] = field(default_factory=Counter)
    requests: int = 0
    repeats: int = 0
    _room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(PARALLEL))

    @classmethod
    @asynccontextmanager
    async def open(cls, front_door: str, issuer: str) -> AsyncIterator[Self]:
        """Connect to the two addresses; proxies of the environment are not asked."""
        limits = httpx.Limits(max_connections=PARALLEL * 2, max_keepalive_connections=PARALLEL * 2)
        async with httpx.AsyncClient(
            base_url=front_door, limits=limits, timeout=TIMEOUT_SECONDS, trust_env=False
        ) as client:
            yield cls(client, issuer.rstrip("/"))

    @property
    def public(self) -> "Person":
        """Anybody, without a token."""
        return Person(self, None)

    async def person(
        self,
        subject: str,
        role: Role,
        *,
        organisation_id: UUID | None = None,
        tracks: tuple[Track, ...] = (),
    ) -> "Person":
        """Somebody with a token of the issuer's development grant."""
        form = {
            "grant_type": DEVELOPMENT_GRANT,
            "subject": subject,
            "roles": role.value,
            "organisation_id": str(organisation_id or ""),
            "tracks": " ".join(tracks),
        }
        async with self._room:
            answer = await self.client.post(f"{self.issuer_url}/token", data=form)
        answer.raise_for_status()
        return Person(self, str(answer.json()["access_token"]))

    async def send(self, method: str, path: str, **options: Any) -> httpx.Response:
        """One request, sent again with the same key while a part of the house is away or a twin is at work."""
        answer: httpx.Response | None = None
        for turn in range(TRIES):
            if turn:
                self.repeats += 1
                await asyncio.sleep(0.05 * 2**turn)
            try:
                async with self._room:
                    self.requests += 1
                    answer = await self.client.request(method, path, **options)
            except httpx.TransportError:
                if turn == TRIES - 1:
                    raise
                continue
            if answer.status_code not in _AGAIN_STATUS and not _is_again(answer):
                break
        assert answer is not None  # noqa: S101 - the last turn either answered or raised
        if answer.status_code >= _REFUSED:
            self.refusals[Refusal.of(answer).type] += 1
        return answer


def _is_again(answer: httpx.Response) -> bool:
    return answer.status_code >= _REFUSED and Refusal.of(answer).type in _AGAIN_TYPES


@dataclass(frozen=True, slots=True)
class Person:
    """A caller. Every POST gets a fresh Idempotency-Key unless it is given one."""

    door: Door
    token: str | None

    async def ask(
        self,
        method: str,
        path: str,
        *,
        key: str | None = None,
        headers: Mapping[str, str] | None = None,
        **options: Any,
    ) -> httpx.Response:
        """One request, whatever is answered."""
        sent = dict(headers or {})
        if self.token is not None:
            sent["Authorization"] = f"Bearer {self.token}"
        if method == "POST":
            sent[IDEMPOTENCY_KEY] = key or str(uuid4())
        return await self.door.send(method, path, headers=sent, **options)

    async def do(self, method: str, path: str, **options: Any) -> httpx.Response:
        """A request that must succeed. Raises ``Refused``."""
        answer = await self.ask(method, path, **options)
        if answer.status_code >= _REFUSED:
            raise Refused(answer.request, Refusal.of(answer))
        return answer

    async def refused(self, method: str, path: str, **options: Any) -> Refusal:
        """A request that must be refused: with what. Raises ``NotRefused``."""
        answer = await self.ask(method, path, **options)
        if answer.status_code < _REFUSED:
            raise NotRefused(answer)
        return Refusal.of(answer)

    async def get(self, path: str, **params: Any) -> Any:
        """The JSON at ``path``. Raises ``Refused``."""
        return (await self.do("GET", path, params=params)).json()

    async def status(self, path: str, **params: Any) -> int:
        """The status of a GET."""
        return (await self.ask("GET", path, params=params)).status_code

    async def post(self, path: str, body: Any = None, *, key: str | None = None) -> Any:
        """The JSON that a POST of ``body`` is answered with. Raises ``Refused``."""
        options = {} if body is None else {"json": body}
        answer = await self.do("POST", path, key=key, **options)
        return answer.json() if answer.content else None

    async def all_of(self, path: str, **params: Any) -> list[Any]:
        """Every item of a list, over all its pages. Raises ``Refused``."""
        found: list[Any] = []
        cursor: str | None = None
        while True:
            page = await self.get(path, limit=PAGE, **params, **({"cursor": cursor} if cursor else {}))
            found += page["items"]
            cursor = page["next_cursor"]
            if cursor is None:
                return found


async def at_once(*acts: Any) -> list[Any]:
    """Run all acts; the door bounds how many requests are under way. The first failure ends the others."""
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(act) for act in acts]
    return [task.result() for task in tasks]
