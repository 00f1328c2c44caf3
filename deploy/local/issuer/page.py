"""The pages of the local issuer: choose who you are; you are signed out. They load nothing."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Literal
from urllib.parse import urlencode, urlsplit

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from deploy.local.people import SamplePerson, organisation_name, sample_people
from shared.auth.caller import Role

Language = Literal["en", "ko"]
FOLDER = Path(__file__).parent / "pages"
STYLE = (FOLDER / "page.css").read_text(encoding="utf-8")
_STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
ROLE_NAMES: Mapping[Role, Mapping[Language, str]] = {
    Role.APPLICANT: {"en": "Applicants", "ko": "신청기관"},
    Role.SECRETARIAT_OFFICER: {"en": "Secretariat officers", "ko": "전담기관 담당자"},
    Role.MINISTRY_OFFICER: {"en": "Ministry officers", "ko": "국토교통부 담당자"},
    Role.REVIEWER: {"en": "Reviewers", "ko": "평가위원"},
    Role.OPERATOR: {"en": "Operators", "ko": "운영자"},
}
WORDS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "title": "Who are you?",
        "lead": "Sample people of every role, all made up. Choose one: no password is asked on this machine.",
        "other": "한국어로 보기",
        "footer": "Development issuer of K-City Network. It gives a token to whoever asks, so it runs on one machine alone.",
        "goodbye": "You are signed out",
        "close": "You may close this page.",
    },
    "ko": {
        "title": "누구로 로그인하시겠습니까?",
        "lead": "역할별로 지어낸 보기 인물입니다. 한 사람을 고르십시오. 이 컴퓨터에서는 비밀번호를 묻지 않습니다.",
        "other": "View in English",
        "footer": "K-City 네트워크 개발용 발급자입니다. 누구에게나 토큰을 주므로 한 컴퓨터 안에서만 씁니다.",
        "goodbye": "로그아웃되었습니다",
        "close": "이 창을 닫으셔도 됩니다.",
    },
}
_TEMPLATES = Environment(
    loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)


def sign_in_page(asked: Mapping[str, str], return_address: str, language: Language) -> HTMLResponse:
    """Everybody to choose from; the form carries the whole request, so that the page needs no memory."""
    other = urlencode({**asked, "ui_locales": "en" if language == "ko" else "ko"})
    page = _TEMPLATES.get_template("sign_in.html").render(
        language=language,
        words=WORDS[language],
        style=STYLE,
        asked=asked,
        groups=[(ROLE_NAMES[role][language], people) for role, people in _by_role()],
        organisation_name=organisation_name,
        other_address=f"/authorize?{other}",
    )
    # browsers hold redirects after a form to form-action as well
    return _page(page, form_action=f"'self' {_origin(return_address)}")


def farewell_page(language: Language) -> HTMLResponse:
    """After signing out, where no front end is returned to."""
    page = _TEMPLATES.get_template("signed_out.html").render(
        language=language, words=WORDS[language], style=STYLE
    )
    return _page(page, form_action="'none'")


def _by_role() -> Sequence[tuple[Role, Sequence[SamplePerson]]]:
    return [(role, list(people)) for role, people in groupby(sample_people(), key=lambda one: one.role)]


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _page(content: str, *, form_action: str) -> HTMLResponse:
    policy = f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; form-action {form_action}; frame-ancestors 'none'; base-uri 'none'"
    headers = {
        "Content-Security-Policy": policy,
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
    }
    return HTMLResponse(content, headers=headers)
