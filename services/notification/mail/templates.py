"""Writing a message's words from its template, its stored variables and what surrounds it.

``templates/<name>/v<version>/<language>.txt``: a version is never changed once mails were sent with it (a repeat
must be the same to the byte); a new wording is a new version, and new messages take the newest.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, pass_context
from jinja2.runtime import Context

from services.notification.domain.message import LANGUAGES, Language, Template
from services.notification.domain.wording import day_text, instant_text, single_line, won_text

FOLDER = Path(__file__).parent / "templates"
REHEARSAL_PREFIX = "[리허설/REHEARSAL]"
PREFIX = "[K-City Network]"
_BLANK_LINES = re.compile(r"\n{3,}")


class CannotBeWritten(Exception):
    """The template and the variables do not fit each other."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a mail tells that its event does not: the addressee's name (empty in previews), addresses, rehearsal."""

    name: str
    public_url: str
    rehearsal: bool
    confirmation_url: str | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """A message's subject and plain text, one language."""

    language: Language
    subject: str
    text: str


def newest_version(template: Template) -> int:
    """The version that new messages are written with."""
    return max(int(folder.name.removeprefix("v")) for folder in (FOLDER / template.value).glob("v[0-9]*"))


def languages_of(template: Template) -> tuple[Language, ...]:
    """The languages of the newest version."""
    folder = FOLDER / template.value / f"v{newest_version(template)}"
    return tuple(language for language in LANGUAGES if (folder / f"{language}.txt").exists())


def write_words(
    template: Template,
    version: int,
    language: Language,
    variables: Mapping[str, Any],
    surroundings: Surroundings,
) -> Words:
    """Subject and text; equal for equal input. Raises ``CannotBeWritten``, without quoting values.

    A variable that is a text by language (``{"ko": …, "en": …}``) is told in ``language``, or in the other one.
    """
    told = {key: in_language(value, language) for key, value in variables.items()}
    told |= {
        "language": language,
        "name": surroundings.name,
        "public_url": surroundings.public_url.rstrip("/"),
        "rehearsal": surroundings.rehearsal,
    }
    if surroundings.confirmation_url is not None:
        told["confirmation_url"] = surroundings.confirmation_url
    try:
        source = _environment().get_template(f"{template.value}/v{version}/{language}.txt")
        subject = "".join(source.blocks["subject"](source.new_context(told)))
        text = source.render(told)
    except (TemplateError, ValueError, TypeError) as error:
        raise CannotBeWritten(f"{template.value} v{version} {language}: {type(error).__name__}") from error
    prefixes = (REHEARSAL_PREFIX, PREFIX) if surroundings.rehearsal else (PREFIX,)
    return Words(language, single_line(" ".join((*prefixes, subject))), _tidy(text))


def in_language(value: Any, language: Language) -> Any:
    """The value with each text by language replaced by its text."""
    if isinstance(value, Mapping) and value.keys() <= {"ko", "en"}:
        other: Language = "en" if language == "ko" else "ko"
        return value.get(language) or value.get(other) or ""
    if isinstance(value, list | tuple):
        return [in_language(item, language) for item in value]
    return value


def _tidy(text: str) -> str:
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return _BLANK_LINES.sub("\n\n", lines).strip() + "\n"


@pass_context
def _instant(context: Context, value: str) -> str:
    return instant_text(datetime.fromisoformat(value), context["language"])


@pass_context
def _day(context: Context, value: str) -> str:
    return day_text(date.fromisoformat(value), context["language"])


@pass_context
def _won(context: Context, value: int) -> str:
    return won_text(value, context["language"])


@cache
def _environment() -> Environment:
    """Plain text: nothing to escape, but no value may leave its line (``finalize``)."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - text/plain; the HTML part has an escaping environment of its own
        finalize=single_line,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters |= {"instant": _instant, "day": _day, "won": _won}
    return environment
