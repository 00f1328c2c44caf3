"""Text and values as HTML: Markdown without raw HTML, JSON with its kinds told apart, all of it escaped."""

import json
import re

from markdown_it import MarkdownIt
from markupsafe import Markup, escape

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_TOKEN = re.compile(
    r'(?P<key>"(?:\\.|[^"\\])*")(?=\s*:)|(?P<text>"(?:\\.|[^"\\])*")|(?P<number>-?\d[\d.eE+-]*)|(?P<word>true|false|null)'
)
_RELATIVE = re.compile(r'href="(?!https?:|/|#)([^"#]*?)([\w-]+)\.md(#[^"]*)?"')
_PICTURE = re.compile(r'src="(?!https?:|/)([^"]+)"')
_OTHER_FILE = re.compile(r'<a href="(?!https?:|/|#)[^"]*">(.*?)</a>')


def markdown(text: str) -> Markup:
    """Markdown as HTML. Links to other guides lead to their pages, links to other files are words alone."""
    html = _PICTURE.sub(r'src="/guides/\1"', _MARKDOWN.render(text))
    html = _RELATIVE.sub(lambda found: f'href="/guides/{found[2]}{found[3] or ""}"', html)
    return Markup(_OTHER_FILE.sub(r"\1", html))  # noqa: S704 - rendered with html off, so all of it was escaped


def inline(text: str) -> Markup:
    """One line of Markdown without the paragraph around it."""
    return Markup(_MARKDOWN.renderInline(text))  # noqa: S704 - as above


def shown_json(value: object) -> Markup:
    """A value as indented JSON; keys, texts, numbers and words carry a class each."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    parts: list[Markup] = []
    seen = 0
    for found in _TOKEN.finditer(text):
        parts.append(escape(text[seen : found.start()]))
        parts.append(Markup('<span class="{}">{}</span>').format(f"j-{found.lastgroup}", found[0]))
        seen = found.end()
    parts.append(escape(text[seen:]))
    return Markup("").join(parts)
