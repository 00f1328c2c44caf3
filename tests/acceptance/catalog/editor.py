"""A ministry officer at the front door of a played stack, who keeps the catalogue."""

from dataclasses import dataclass, field
from typing import Any, Self

import httpx

from deploy.local.issuer import mint
from deploy.local.keys import load_key
from shared.ids import new_uuid
from tests.stack import RunningStack

SOURCE = "https://www.molit.go.kr/acceptance"


@dataclass
class Editor:
    """What she sends; whatever is refused that had to succeed fails the test."""

    http: httpx.Client
    token: str
    imported: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, played: RunningStack, http: httpx.Client, role: str = "ministry_officer") -> Self:
        """With a token of the local issuer's key."""
        key = load_key(played.stack.keys.issuer_key_file, kid_prefix="local-")
        return cls(http, mint(key, played.stack.issuer_url, subject=f"editor-{new_uuid()}", roles=[role]))

    def send(self, method: str, path: str, **request: Any) -> httpx.Response:
        """Any request, under a key of its own."""
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": str(new_uuid())}
        return self.http.request(method, path, headers={**headers, **request.pop("headers", {})}, **request)

    def give(self, content: str | bytes, media_type: str = "text/csv", source: str | None = SOURCE) -> Any:
        """The preview of a file."""
        params = {"file_name": "table", **({"source": source} if source else {})}
        answer = self.send(
            "POST",
            "/catalog/v1/imports",
            content=content,
            params=params,
            headers={"Content-Type": media_type},
        )
        assert answer.status_code == 201, answer.text
        return answer.json()

    def apply(self, given: Any) -> httpx.Response:
        """Apply what was previewed."""
        path = f"/catalog/v1/imports/{given['id']}/application"
        return self.send("POST", path, headers={"If-Match": '"1"'})

    def correct(self, project_id: str, **facts: Any) -> Any:
        """Correct an entry as it stands now."""
        path = f"/catalog/v1/projects/{project_id}"
        version = self.http.get(f"{path}/history", headers={"Accept-Encoding": "identity"}).headers["etag"]
        body = {"reason": "acceptance", "source": SOURCE, **facts}
        answer = self.send("PATCH", path, json=body, headers={"If-Match": version})
        assert answer.status_code == 200, answer.text
        return answer.json()


def project(http: httpx.Client, number: int) -> Any:
    """A completed project."""
    return http.get(f"/catalog/v1/projects/by-number/{number}").json()


def history(http: httpx.Client, project_id: str) -> Any:
    """How an entry became what it is."""
    return http.get(f"/catalog/v1/projects/{project_id}/history").json()
