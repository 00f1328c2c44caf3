"""No lock or build file names an address, and no file of ours a path of one machine: ``python -m deploy.checks.addresses``.

``--strip`` takes out of npm's locks who asks for donations, which npm writes into them anew at every change.
"""

import argparse
import json
import re
import subprocess
import sys
from pathlib import Path

ADDRESS = re.compile(r"https?://|--(extra-)?index-url|--find-links|git\+")
ALLOWED = re.compile(r"https?://(www\.w3\.org|maven\.apache\.org/(POM|xsd))")
HOME = re.compile(r"(?<![\w.])/(root|home/[a-z]\w*|Users/\w+)/[\w.-]+")
NPM_LOCK = "*package-lock.json"
BUILD_FILES = ("*.lock", "*requirements*.in", "*pom.xml", NPM_LOCK, "*package.json")


def tracked(*patterns: str) -> list[Path]:
    """Files that git tracks, of these patterns."""
    listed = subprocess.run(["git", "ls-files", "-z", *patterns], check=True, capture_output=True, text=True)
    return [Path(name) for name in listed.stdout.split("\0") if name and Path(name).is_file()]


def findings() -> list[str]:
    """Each offending line with its place."""
    found = []
    for file in tracked(*BUILD_FILES):
        for number, line in enumerate(file.read_text().splitlines(), 1):
            if ADDRESS.search(ALLOWED.sub("", line)):
                found.append(f"{file}:{number}: names an address: {line.strip()[:100]}")
    for file in tracked("*.py", "*.md", "*.yml", "*.yaml", "*.toml", "*.json", "Makefile", "*.xml"):
        for number, line in enumerate(file.read_text().splitlines(), 1):
            if match := HOME.search(line):
                found.append(f"{file}:{number}: names a path of one machine: {match.group()}")
    return found


def strip(file: Path) -> None:
    """Take ``funding`` out of every package of an npm lock; nothing is installed otherwise for that."""
    lock = json.loads(file.read_text())
    for package in lock["packages"].values():
        package.pop("funding", None)
    file.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n")


def main() -> None:
    """Print what is wrong and exit 1, or exit 0."""
    parser = argparse.ArgumentParser(prog="python -m deploy.checks.addresses", description=__doc__)
    parser.add_argument("--strip", action="store_true", help="clean npm's locks first")
    if parser.parse_args().strip:
        for file in tracked(NPM_LOCK):
            strip(file)
    found = findings()
    if any("package-lock.json" in line for line in found):
        found.append("npm's locks are cleaned by: python -m deploy.checks.addresses --strip")
    print("\n".join(found) or "addresses: none in lock and build files, no machine's path anywhere")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
