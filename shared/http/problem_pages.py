"""What the page behind a problem's ``type`` says, in English and Korean."""

import importlib
from dataclasses import dataclass
from pathlib import Path

import yaml

from shared.http.problems import ProblemType, known_problems
from shared.settings import SERVICES

TEXTS = Path(__file__).with_name("problem_texts.yaml")


@dataclass(frozen=True, slots=True)
class ProblemPage:
    """A problem explained: its titles, and a paragraph on cause and remedy in each language (Markdown)."""

    kind: ProblemType
    title_ko: str
    english: str
    korean: str

    @property
    def title_en(self) -> str:
        """The title that the problem itself carries."""
        return self.kind.title


def problem_pages() -> dict[str, ProblemPage]:
    """The page of every problem of all services, by slug, sorted. That none lacks its texts is a test's business."""
    for service in SERVICES:
        importlib.import_module(f"services.{service}.main")
    texts = problem_texts()
    return {slug: _page(kind, texts[slug]) for slug, kind in known_problems().items() if slug in texts}


def problem_texts() -> dict[str, dict[str, str]]:
    """The texts by slug: ``title`` (Korean), ``en``, ``ko``."""
    texts: dict[str, dict[str, str]] = yaml.safe_load(TEXTS.read_text(encoding="utf-8"))
    return texts


def _page(kind: ProblemType, text: dict[str, str]) -> ProblemPage:
    return ProblemPage(kind, title_ko=text["title"], english=text["en"], korean=text["ko"])
