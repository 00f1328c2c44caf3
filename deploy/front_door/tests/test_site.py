"""The documentation site: whole, the same from the same, and at home without any network."""

import json
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from deploy.docker.front_door_rules import FRONT_DOOR_DOCKERFILE
from deploy.docker.image import DOCKERIGNORE, ROOT, Ignored, copies, instructions
from deploy.front_door.site.showing import markdown, shown_json
from deploy.front_door.site.sources import Sources
from deploy.front_door.site.writing import write_site
from deploy.local.front_door import FrontDoor
from deploy.visit.browser import look
from shared.http.problem_pages import problem_pages
from shared.settings import SERVICES

VOID = {"meta", "link", "img", "input", "br", "hr"}


class Reader(HTMLParser):
    """What a page refers to, what it can be referred to by, and whether every element ends."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.inline: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.links += [value for name in ("href", "src") if (value := told.get(name))]
        self.ids += [value for name, value in attrs if name == "id" and value]
        self.inline += [name for name in told if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in told):
            self.inline.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in VOID  # `<img … />`, as Markdown is rendered
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    write_site(folder)
    return folder


@pytest.fixture(scope="module")
def read(site: Path) -> dict[str, Reader]:
    """Every page by its address."""
    return {address_of(site, file): Reader(file.read_text()) for file in sorted(site.rglob("*.html"))}


def address_of(site: Path, file: Path) -> str:
    return "/" + file.relative_to(site).as_posix().removesuffix(".html").removesuffix("index")


class TestPages:
    def test_are_the_same_when_they_are_written_again(self, site: Path, tmp_path: Path) -> None:
        again = {file.relative_to(tmp_path): file.read_bytes() for file in write_site(tmp_path)}
        assert again == {
            file.relative_to(site): file.read_bytes() for file in site.rglob("*") if file.is_file()
        }

    def test_are_written_in_the_image_from_what_its_build_sees(self, site: Path, tmp_path: Path) -> None:
        ignored = Ignored(DOCKERIGNORE.read_text())
        for source, target in copies(instructions(FRONT_DOOR_DOCKERFILE.read_text()), {}):
            start = ROOT / source
            for file in [start] if start.is_file() else start.rglob("*.*"):
                if file.is_file() and not ignored.leaves_out(file.relative_to(ROOT)):
                    place = tmp_path / target / (file.relative_to(start) if start.is_dir() else "")
                    place.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(file, place)
        command = [sys.executable, "-m", "deploy.front_door.site", str(tmp_path / "site")]
        subprocess.run(command, cwd=tmp_path, check=True, env={"PYTHONPATH": str(tmp_path)})
        assert (tmp_path / "site/index.html").read_bytes() == (site / "index.html").read_bytes()

    def test_lead_to_what_is_there_and_nowhere_outside(self, site: Path, read: dict[str, Reader]) -> None:
        documents = {"/" + file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()}
        there = set(read) | documents | {f"/{service}/docs" for service in SERVICES}
        there |= {"/catalog/en/", "/catalog/ko/"}  # the page of the catalogue, which the service serves
        lost = []
        for address, page in read.items():
            for link in page.links:
                path, _, fragment = link.partition("#")
                target = path or address
                known = link.startswith("https://") and address.startswith("/guides/")
                if not known and (target not in there or (fragment and fragment not in read[target].ids)):
                    lost.append((address, link))
        assert lost == []
        assert sum(len(page.links) for page in read.values()) > 1000

    def test_are_whole_and_run_nothing_inline(self, read: dict[str, Reader]) -> None:
        for address, page in read.items():
            assert (page.open, page.inline) == ([], []), address
            assert len(set(page.ids)) == len(page.ids), address

    def test_tell_every_operation_once(self, site: Path, read: dict[str, Reader]) -> None:
        contract = json.loads((site / "openapi.json").read_text())
        named = {
            each["operationId"]
            for item in contract["paths"].values()
            for each in item.values()
            if "tags" in each
        }
        told = [
            id_ for address, page in read.items() for id_ in page.ids if address.startswith("/reference/")
        ]
        assert named <= set(told)
        assert len(named) > 100


class TestProblemPages:
    def test_stand_for_every_problem_that_is_sent(self, read: dict[str, Reader]) -> None:
        unsent = {
            "signature-invalid",
            "query-unreadable",
        }  # of the offline verifier; of pages, which say it themselves
        assert {f"/problems/{slug}" for slug in problem_pages().keys() - unsent} <= set(read)

    def test_say_in_both_languages_what_it_is_and_show_one(self, site: Path) -> None:
        page = (site / "problems/window-closed.html").read_text()
        told = Sources().problems["window-closed"]
        assert told.title in page
        assert told.title_ko in page
        assert '<span class="j-key">&#34;closed_at&#34;</span>' in page


class TestShowing:
    def test_lets_no_markup_of_a_text_through(self) -> None:
        assert "<script" not in markdown('<script>alert(1)</script> [x](javascript:alert(1)) <b onclick="x">')
        assert "javascript:" not in re.findall(r'href="([^"]*)"', markdown("[x](javascript:alert(1))"))
        assert "<b>" not in shown_json({"<b>": "</pre><b>"})

    def test_leads_from_guide_to_guide_and_not_to_files(self) -> None:
        assert 'href="/guides/changes"' in markdown("see [changes](changes.md)")
        assert "href" not in markdown("see [the contract](../../shared/contracts/openapi.json)")


@pytest.mark.needs("chromium")
class TestInABrowser:
    @pytest.mark.parametrize(
        ("address", "awaited"),
        [
            ("/ko/", "text=연계하기"),
            ("/reference/", "p.find"),
            ("/problems/window-closed", "text=접수가 마감되었습니다"),
            ("/events/", "text=intake.application.v1"),
            ("/intake/docs", ".opblock"),
        ],
    )
    def test_needs_no_network_and_breaks_nothing(self, door: FrontDoor, address: str, awaited: str) -> None:
        watched = look(door.url + address, awaited)
        assert watched.complaints == []
        assert watched.origins == {door.url}
