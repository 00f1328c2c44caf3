"""Item 7: the page "Integrate in ten minutes" does what it says, and the kit judges the consumer that it shows."""

import re
import subprocess
from pathlib import Path

import pytest

from clients.conformance.tests.test_kit import CAUGHT
from tests.acceptance.front_door.addresses import addresses
from tests.stack import PLAYED_WITHIN_SECONDS, ROOT, RunningStack

pytestmark = [pytest.mark.journey, pytest.mark.timeout(PLAYED_WITHIN_SECONDS + 300)]

PAGE = ROOT / "docs" / "integrate.md"
BLOCK = re.compile(r"^```(sh|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MARK = "@@ the next block @@"


def blocks() -> list[tuple[str, str]]:
    """Each command of the page with what it says that it prints; empty where it says nothing."""
    found: list[tuple[str, str]] = []
    for language, text in BLOCK.findall(PAGE.read_text()):
        if language == "sh":
            found.append((text, ""))
        else:
            found[-1] = (found[-1][0], text)
    return found


def pattern(said: str) -> str:
    """What the page says as a regular expression: … stands for anything in a line."""
    return ".*".join(map(re.escape, said.strip().split("…")))


@pytest.fixture(scope="module")
def printed(played: RunningStack) -> list[str]:
    """The whole page pasted into one shell, and what each block printed."""
    script = f"echo '{MARK}'\n".join(command for command, _ in blocks())
    done = subprocess.run(
        ["/bin/bash", "-e", "-o", "pipefail", "-c", script],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "HOME": str(ROOT), **addresses(played)},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-3000:]
    return done.stdout.split(f"{MARK}\n")


@pytest.mark.parametrize("number", range(len(blocks())))
def test_7_a_block_prints_what_the_page_says(printed: list[str], number: int) -> None:
    said = blocks()[number][1]
    assert re.fullmatch(pattern(said), printed[number].strip()), printed[number]


def test_7_the_consumer_of_the_page_applied_what_was_submitted(printed: list[str]) -> None:
    first, *_ = (text for text in printed if text.startswith("applied "))
    assert int(first.split()[1]) > 0


def test_7_the_page_begins_with_a_summary_in_korean() -> None:
    head = PAGE.read_text()[:600]
    assert re.search(r"[가-힣]{2,}", head)


def test_7_the_kit_runs_from_its_wheel_alone(tmp_path: Path) -> None:
    build = (".venv/bin/uv", "build", "--quiet", "--wheel", "--no-build-isolation", "-o", tmp_path)
    built = subprocess.run(
        [*build, "--python", ".venv/bin/python", "clients/conformance"],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert built.returncode == 0, built.stderr
    [wheel] = tmp_path.glob("*.whl")
    alone = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(wheel)}
    python = str(ROOT / ".venv" / "bin" / "python")
    run = [
        python,
        "-S",
        "-m",
        "kcity_conformance",
        "--only",
        "re-ordered",
        "--only",
        "killed",
        "--",
        python,
        "-S",
    ]
    done = subprocess.run(
        [*run, "-m", "kcity_conformance.reference"],
        cwd=tmp_path,
        env=alone,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "conforms: 2 scenarios"), done.stderr


def test_7_the_kit_is_tried_on_consumers_that_get_something_wrong() -> None:
    assert len(CAUGHT) >= 10
