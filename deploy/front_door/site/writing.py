"""Puts the pages together and writes them: the same contracts give the same bytes."""

import json
import re
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from deploy.front_door.site import start
from deploy.front_door.site.events import channels_of
from deploy.front_door.site.reference import Operation, operations_of
from deploy.front_door.site.schemas import bounds_of, members, type_of
from deploy.front_door.site.showing import inline, markdown, shown_json
from deploy.front_door.site.sources import SCREENSHOTS, Sources

HERE = Path(__file__).parent
_HEADING = re.compile(r"^# (.+)$", re.MULTILINE)
Page = tuple[str, str]
"""Where a file lies in the site, and its text."""


def write_site(folder: Path) -> list[Path]:
    """Write every file of the site into ``folder``, which is made; files of other names there stay."""
    written = [_write(folder, name, text) for name, text in pages(Sources())]
    assets = [(file, "static") for file in sorted((HERE / "static").iterdir())]
    assets += [(file, "guides/screenshots") for file in sorted(SCREENSHOTS.glob("*.png"))]
    for asset, home in assets:
        target = folder / home / asset.name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(asset, target)
        written.append(target)
    return written


def _write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def pages(sources: Sources) -> Iterator[Page]:
    """Every page and document of the site."""
    render = partial(_render, _environment(), sources)
    operations = operations_of(sources.openapi)
    for language, name in (("en", "index.html"), ("ko", "ko/index.html")):
        yield name, render("start.html", language=language, words=start.WORDS[language])
    yield from _reference(sources, operations, render)
    yield from _problems(sources, operations, render)
    yield "events/index.html", render("events.html", channels=channels_of(sources))
    for name, text in sources.guides.items():
        title = _HEADING.search(text)
        yield f"guides/{name}.html", render("guide.html", title=title[1] if title else name, text=text)
    yield "openapi.json", json.dumps(sources.openapi, ensure_ascii=False) + "\n"
    yield "asyncapi.json", json.dumps(sources.asyncapi, ensure_ascii=False) + "\n"
    yield from ((f"events/{name}", text) for name, text in sources.event_schemas.items())


def _reference(sources: Sources, operations: list[Operation], render: Any) -> Iterator[Page]:
    groups = {tag["name"]: tag["description"] for tag in sources.openapi["tags"]}
    by_group = {name: [each for each in operations if each.audience == name] for name in groups}
    homes = {each.id: each.audience for each in operations}
    names = start.audience_names()
    yield "reference/index.html", render("reference.html", groups=groups, names=names, by_group=by_group)
    for name, description in groups.items():
        told = {"name": name, "description": description, "operations": by_group[name], "homes": homes}
        yield f"reference/{name}.html", render("audience.html", groups=groups, names=names, **told)
    schemas = sources.openapi["components"]["schemas"]
    yield "reference/schemas.html", render("schemas.html", schemas=schemas, members=members)


def _problems(sources: Sources, operations: list[Operation], render: Any) -> Iterator[Page]:
    yield "problems/index.html", render("problems.html", problems=sources.problems)
    for slug, problem in sources.problems.items():
        users = [each for each in operations if any(one.slug == slug for one in each.refusals)]
        yield f"problems/{slug}.html", render("problem.html", problem=problem, users=users)


def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "markdown": markdown,
        "inline": inline,
        "json": shown_json,
        "type_of": type_of,
        "bounds_of": bounds_of,
    }
    return made


def _render(environment: Environment, sources: Sources, template: str, **told: Any) -> str:
    info = sources.openapi["info"]
    shared = {"info": info, "guides": list(sources.guides), "language": "en", "section": ""}
    return environment.get_template(template).render(**(shared | told)) + "\n"
