"""The HTML part of a mail, made from its plain text: headings, lists, facts and paragraphs, nothing from outside."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from services.notification.mail.templates import FOLDER, Words

PAGE = "_frame/v1/page.html"
_BULLET = "- "
_FACT = re.compile(r"(?P<label>[^:]{1,60}): (?P<value>.+)")
_MIN_FACTS = 2


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a line."""

    text: str
    is_link: bool = False


Line = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together; a list may have a heading, facts are labels with values."""

    kind: Literal["list", "facts", "paragraph"]
    lines: tuple[Line, ...] = ()
    heading: str | None = None
    facts: tuple[tuple[str, Line], ...] = ()


def write_page(words: Words, public_url: str) -> str:
    """The page of a mail. Only addresses under ``public_url`` become links: an applicant's text cannot make one."""
    blocks = [_block(paragraph.splitlines(), public_url) for paragraph in words.text.strip().split("\n\n")]
    return (
        _environment()
        .get_template(PAGE)
        .render(language=words.language, subject=words.subject, blocks=blocks)
    )


def _block(lines: list[str], public_url: str) -> Block:
    first, *rest = lines
    if rest and not first.startswith(_BULLET) and all(line.startswith(_BULLET) for line in rest):
        return Block("list", _items(rest, public_url), heading=first)
    if all(line.startswith(_BULLET) for line in lines):
        return Block("list", _items(lines, public_url))
    facts = [found for line in lines if (found := _FACT.fullmatch(line))]
    if len(facts) == len(lines) >= _MIN_FACTS:
        return Block(
            "facts", facts=tuple((fact["label"], _parts(fact["value"], public_url)) for fact in facts)
        )
    return Block("paragraph", tuple(_parts(line, public_url) for line in lines))


def _items(lines: list[str], public_url: str) -> tuple[Line, ...]:
    return tuple(_parts(line.removeprefix(_BULLET), public_url) for line in lines)


def _parts(line: str, public_url: str) -> Line:
    ours = re.compile(f"({re.escape(public_url.rstrip('/'))}/[A-Za-z0-9/._~-]*)")
    pieces = ours.split(line)
    return tuple(Part(piece, is_link=index % 2 == 1) for index, piece in enumerate(pieces) if piece)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(FOLDER),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
