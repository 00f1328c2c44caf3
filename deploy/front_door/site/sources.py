"""What the site is made from: the contracts and the problem texts of the repository. No service is imported."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from shared.http.problems import WITHOUT_DOMAIN

ROOT = Path(__file__).resolve().parent.parent.parent.parent
CONTRACTS = ROOT / "shared/contracts"
PROBLEM_TEXTS = ROOT / "shared/http/problem_texts.yaml"
GUIDES = {
    "integrate": ROOT / "docs/integrate.md",
    "sandbox": ROOT / "docs/sandbox.md",
    "sample-front-end": ROOT / "docs/sample-front-end.md",
    "access": ROOT / "docs/access.md",
    "versioning": ROOT / "docs/api/versioning.md",
    "changes": ROOT / "docs/api/changes.md",
}
"""By the last part of their address; one that is not written yet has no page."""
SCREENSHOTS = ROOT / "docs/screenshots"
"""Pictures that guides show."""
METHODS = ("get", "post", "put", "patch", "delete")

Document = dict[str, Any]
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class ProblemTold:
    """One problem type as its page tells it. ``example`` is a whole answer's body."""

    slug: str
    status: int
    title: str
    title_ko: str
    english: str
    korean: str
    example: Document


class Sources:
    """The documents, read when they are first asked for."""

    @cached_property
    def openapi(self) -> Document:
        """The merged OpenAPI document."""
        return _read(CONTRACTS / "openapi.json")

    @cached_property
    def asyncapi(self) -> Document:
        """The AsyncAPI document."""
        return _read(CONTRACTS / "asyncapi.json")

    @cached_property
    def event_schemas(self) -> dict[str, str]:
        """The text of each event's JSON Schema, by file name."""
        files = sorted((CONTRACTS / "events").glob("*.json"))
        return {file.name: file.read_text(encoding="utf-8") for file in files}

    @cached_property
    def guides(self) -> dict[str, str]:
        """The Markdown of each guide that is written."""
        return {name: file.read_text(encoding="utf-8") for name, file in GUIDES.items() if file.exists()}

    @cached_property
    def problems(self) -> dict[str, ProblemTold]:
        """Every problem that an operation or the front door answers with, by slug, sorted."""
        texts: dict[str, dict[str, str]] = yaml.load(PROBLEM_TEXTS.read_bytes(), _Loader)  # noqa: S506 - a safe one
        told = sorted(texts.items())
        return {slug: self._problem(slug, text) for slug, text in told if slug in self._examples}

    def _problem(self, slug: str, text: dict[str, str]) -> ProblemTold:
        example = self._examples[slug]
        title, status = example["title"], example["status"]
        return ProblemTold(slug, status, title, text["title"], text["en"], text["ko"], example)

    @cached_property
    def _examples(self) -> dict[str, Document]:
        """Whole bodies by slug; those that no operation declares are the front door's own."""
        own = {
            kind.slug: {
                "type": f"/problems/{kind.slug}",
                "title": kind.title,
                "status": kind.status,
                "detail": kind.meaning,
                "request_id": "0199b6a2-5c1e-7a53-9f0c-2f6d1c1b7e11",
            }
            for kind in WITHOUT_DOMAIN
        }
        examples: Document = self.openapi["components"]["examples"]
        return own | {name: each["value"] for name, each in examples.items() if "type" in each["value"]}


def _read(file: Path) -> Document:
    content: Document = json.loads(file.read_text(encoding="utf-8"))
    return content
