"""Templates to bytes. Everything is escaped; a word or value that is not there is an error."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from services.catalog.pages.views.addresses import Addresses
from services.catalog.pages.views.wording import Wording

TEMPLATES = Path(__file__).parent / "templates"
_ENDING = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)


def render(template: str, wording: Wording, addresses: Addresses, **shown: Any) -> bytes:
    """One page as UTF-8."""
    page = _environment().get_template(template)
    return page.render(
        words=wording.words, language=wording.language, other=wording.other, to=addresses, **shown
    ).encode()


@cache
def pages_digest() -> str:
    """What is in templates, words and static files: another release may say the same otherwise."""
    digest = hashlib.sha256()
    for folder in (TEMPLATES, TEMPLATES.parent / "words", TEMPLATES.parent / "static"):
        for file in sorted(folder.iterdir()):
            if file.is_file():
                digest.update(file.read_bytes())
    return digest.hexdigest()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["linked"] = _linked
    return environment


def _linked(told: dict[str, Any]) -> Markup:
    """JSON that can stand in a script element: nothing in it ends the element."""
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_ENDING))  # noqa: S704 - what would end the element is escaped
