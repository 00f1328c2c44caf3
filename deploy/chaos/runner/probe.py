"""How the suite itself sees whether the system works: a request to each service, and a submission's way to review."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx
import yaml

from deploy.chaos.faults.system import System
from deploy.chaos.load.call import definition, fresh_code
from deploy.local.issuer import mint
from deploy.local.keys import load_key
from deploy.local.stack import Stack
from shared.ids import new_uuid

REQUEST_SECONDS = 3.0
EVERY_SECONDS = 0.1
TOKEN_SECONDS = 24 * 3600
PREPARED = 2
OPEN_CALL_SECONDS = 120.0
CREATED, OK = 201, 200
READS = (
    ("/review/v1/cases", "applicant"),
    ("/notification/v1/messages", "operator"),
    ("/catalog/v1/projects", "applicant"),
)
SECTIONS: dict[str, Any] = {
    "organisation": {"name": {"en": "City of the probe"}, "kind": "local_government", "country_iso2": "VN"},
    "project": {
        "title": {"en": "Probe"},
        "summary": {"en": "Says whether events flow."},
        "city": {"en": "Hanoi"},
        "country_iso2": "VN",
        "project_type": "development_plan",
        "requested_amount_krw": 100_000_000,
    },
    "answers": {"story": "A marker."},
    "contact": {"name": "Ada Zwyx", "email": "zwyx@markers.example", "language": "en"},
}


class NotRecovered(Exception):
    """The system did not come back in the time given."""


@dataclass(frozen=True, slots=True)
class Marker:
    """A complete draft that waits for its submission."""

    application_id: str
    headers: dict[str, str]


class Probe:
    """Asks through the front door as an applicant of its own call; every marker has an organisation of its own."""

    def __init__(self, system: System) -> None:
        self._system = system
        self._stack: Stack = system.stack
        self._issuer = system.detours.issuer_url
        self._http = httpx.Client(base_url=system.front_door, trust_env=False, timeout=REQUEST_SECONDS)
        self._key = load_key(self._stack.keys.issuer_key_file, kid_prefix="local-")
        self._code = fresh_code()
        self._prepared: deque[Marker] = deque()

    def close(self) -> None:
        """Close its connections."""
        self._http.close()

    def open_call(self) -> None:
        """Publish its call, whose window is always open and asks for no documents. Raises ``NotRecovered``."""
        called = definition(self._code)
        called["tracks"] = [track | {"documents": []} for track in called["tracks"][:1]]
        headers = self._headers("ministry_officer") | {"Content-Type": "application/yaml"}
        body = yaml.safe_dump(called)

        def published() -> bool:
            answer = self._ask("POST", "/intake/v1/calls", content=body, headers=headers)
            return answer is not None and answer.is_success

        self.until("the probe's call is published", published, seconds=OPEN_CALL_SECONDS)

    def prepare(self) -> None:
        """Have markers ready, while the system is whole. Raises ``NotRecovered``."""
        while len(self._prepared) < PREPARED:
            self.until("a marker is prepared", self._prepare_one, seconds=60)

    def requests_succeed(self) -> bool:
        """Whether each service answers: intake writes, the others read from their databases."""
        return self._begin() is not None and all(self._read(path, role) for path, role in READS)

    def events_flow(self, seconds: float) -> None:
        """Submit a marker and wait until review has its case. Raises ``NotRecovered``."""
        marker = self._prepared.popleft()
        deadline = time.monotonic() + seconds
        self.until("a marker is submitted", lambda: self._submit(marker), seconds=seconds)
        left = deadline - time.monotonic()
        self.until("a marker reaches review", lambda: self._has_case(marker), seconds=left)

    def until(self, what: str, done: Callable[[], bool], *, seconds: float) -> None:
        """Try until it is done. Raises ``NotRecovered``."""
        deadline = time.monotonic() + seconds
        while not done():
            self._system.tend()
            if time.monotonic() > deadline:
                raise NotRecovered(f"{what}: not within {seconds:.0f} s")
            time.sleep(EVERY_SECONDS)

    def _headers(self, role: str, **claims: Any) -> dict[str, str]:
        token = mint(
            self._key,
            self._issuer,
            subject=f"probe-{role}",
            roles=[role],
            expires_in=TOKEN_SECONDS,
            **claims,
        )
        return {"Authorization": f"Bearer {token}", "Idempotency-Key": str(new_uuid())}

    def _ask(self, method: str, path: str, **options: Any) -> httpx.Response | None:
        try:
            return self._http.request(method, path, **options)
        except httpx.TransportError:
            return None

    def _read(self, path: str, role: str) -> bool:
        claims = {"organisation_id": str(new_uuid())} if role == "applicant" else {}
        answer = self._ask("GET", path, headers=self._headers(role, **claims))
        return answer is not None and answer.status_code == OK

    def _begin(self) -> tuple[httpx.Response, dict[str, str]] | None:
        headers = self._headers("applicant", organisation_id=str(new_uuid()))
        body = {"call_code": self._code, "track": "planning"}
        answer = self._ask("POST", "/intake/v1/applications", json=body, headers=headers)
        return None if answer is None or answer.status_code != CREATED else (answer, headers)

    def _prepare_one(self) -> bool:
        begun = self._begin()
        if begun is None:
            return False
        answer, headers = begun
        path = f"/intake/v1/applications/{answer.json()['id']}"
        edit = headers | {"If-Match": answer.headers["ETag"]}
        changed = self._ask("PATCH", path, json=SECTIONS, headers=edit)
        if changed is None or changed.is_error:
            return False
        submit = headers | {"Idempotency-Key": str(new_uuid())}
        self._prepared.append(Marker(answer.json()["id"], submit))
        return True

    def _submit(self, marker: Marker) -> bool:
        path = f"/intake/v1/applications/{marker.application_id}/submission"
        answer = self._ask("POST", path, headers=marker.headers)
        return answer is not None and answer.is_success

    def _has_case(self, marker: Marker) -> bool:
        answer = self._ask("GET", "/review/v1/cases", headers=marker.headers)
        return answer is not None and answer.status_code == OK and bool(answer.json()["items"])
