"""The confirmation page: one file, both languages, nothing loaded from anywhere."""

import base64
import hashlib
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

_FOLDER = Path(__file__).parent
_STYLE = (_FOLDER / "partner_confirmation.css").read_text(encoding="utf-8")
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_SEOUL = ZoneInfo("Asia/Seoul")

PAGE_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Robots-Tag": "noindex, nofollow",
    "Vary": "Accept",
}


def render_confirmation(shown: Mapping[str, Any]) -> str:
    """The page for what ``PartnerConfirmationOut`` says."""
    return _template().render(style=_STYLE, **shown)


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["in_seoul"] = _in_seoul
    return environment.get_template("partner_confirmation.html")


def _in_seoul(instant: datetime) -> str:
    return instant.astimezone(_SEOUL).strftime("%Y-%m-%d %H:%M KST")
