"""Reads the Dockerfile and .dockerignore, and lays out an image's files as they say."""

import json
import re
import shlex
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
DOCKERFILE = ROOT / "deploy/docker/Dockerfile"
DOCKERIGNORE = ROOT / ".dockerignore"

KNOWN = frozenset(
    {
        *("ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM"),
        *("HEALTHCHECK", "LABEL", "RUN", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR"),
    }
)


class NotADockerfile(Exception):
    """The text has a line that no Dockerfile has."""


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction with its continuation lines joined: ``COPY``, ``shared/ shared/``."""

    name: str
    text: str

    def argv(self, values: Mapping[str, str]) -> list[str]:
        """The exec form (JSON) as an argv, variables replaced; ``sh -c "exec …"`` is opened up."""
        words: list[str] = json.loads(self.text[self.text.index("[") :])
        if words[:2] == ["sh", "-c"]:
            words = shlex.split(expand(words[2], values).removeprefix("exec "))
        return words


def instructions(text: str) -> list[Instruction]:
    """The instructions of a Dockerfile, in order. Raises ``NotADockerfile`` on an unknown one."""
    lines = (line for line in text.splitlines() if not line.lstrip().startswith("#"))
    joined = re.sub(r"\\\n", " ", "\n".join(lines))
    found = [Instruction(name, rest.strip()) for name, _, rest in (s.partition(" ") for s in _filled(joined))]
    for each in found:
        if each.name not in KNOWN or not each.text:
            raise NotADockerfile(f"not an instruction: {each.name} {each.text}")
    if not found or found[0].name not in {"FROM", "ARG"}:
        raise NotADockerfile("it starts from no image")
    return found


def final_stage(text: str) -> list[Instruction]:
    """The instructions of the last stage, its ``FROM`` first."""
    found = instructions(text)
    start = max(index for index, each in enumerate(found) if each.name == "FROM")
    return found[start:]


def the_only(stage: list[Instruction], name: str) -> Instruction:
    """The one instruction called ``name``. Raises ``NotADockerfile`` when there are none or several."""
    found = [each for each in stage if each.name == name]
    if len(found) != 1:
        raise NotADockerfile(f"{len(found)} times {name}")
    return found[0]


def copies(stage: list[Instruction], values: Mapping[str, str]) -> list[tuple[str, str]]:
    """What a stage copies from the build's folder, as (source, target); copies between stages are left out."""
    lines = (expand(each.text, values).split() for each in stage if each.name == "COPY")
    return [(words[0], words[-1]) for words in lines if not words[0].startswith("--from")]


def expand(text: str, values: Mapping[str, str]) -> str:
    """``${NAME}`` replaced by its value; names without a value stay."""
    return re.sub(r"\$\{(\w+)\}", lambda match: values.get(match[1], match[0]), text)


def lay_out(values: Mapping[str, str], folder: Path, root: Path = ROOT) -> None:
    """Copy into ``folder`` what the final stage copies out of ``root``, less what .dockerignore leaves out."""
    ignored = Ignored(DOCKERIGNORE.read_text())
    for source, target in copies(final_stage(DOCKERFILE.read_text()), values):
        start = root / source
        files = [start] if start.is_file() else sorted(path for path in start.rglob("*") if path.is_file())
        for file in files:
            if not ignored.leaves_out(file.relative_to(root)):
                place = folder / target / (file.relative_to(start) if start.is_dir() else "")
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, place)


class Ignored:
    """The rules of a .dockerignore: the last rule that matches a path or a folder above it decides."""

    def __init__(self, text: str) -> None:
        self._rules = [(not line.startswith("!"), _pattern(line.lstrip("!"))) for line in _filled(text)]

    def leaves_out(self, path: Path) -> bool:
        """Whether the build does not see ``path`` (relative to the build's folder)."""
        names = [path.as_posix(), *(each.as_posix() for each in path.parents if each != Path())]
        verdicts = [out for out, pattern in self._rules if any(pattern.fullmatch(name) for name in names)]
        return bool(verdicts) and verdicts[-1]


def _pattern(line: str) -> re.Pattern[str]:
    parts = re.split(r"(\*\*/|\*)", line.strip().strip("/"))
    wild = {"**/": r"(?:.*/)?", "*": r"[^/]*"}
    return re.compile("".join(wild.get(part, re.escape(part)) for part in parts))


def _filled(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
