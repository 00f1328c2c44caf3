"""No lock or build file names a registry, and no file of ours a path of one machine: ``python -m deploy.checks.addresses``."""

import re
import subprocess
import sys
from pathlib import Path

ADDRESS = re.compile(r"https?://|--(extra-)?index-url|--find-links|git\+")
ALLOWED = re.compile(
    r"https?://(www\.w3\.org|maven\.apache\.org/(POM|xsd))"
    r'|"url": "https?://'  # who funds a package: npm writes it into its lock
)
HOME = re.compile(r"(?<![\w.])/(root|home/[a-z]\w*|Users/\w+)/[\w.-]+")
BUILD_FILES = ("*.lock", "*requirements*.in", "*pom.xml", "*package-lock.json", "*package.json")


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


def main() -> None:
    """Print what is wrong and exit 1, or exit 0."""
    found = findings()
    print("\n".join(found) or "addresses: none in lock and build files, no machine's path anywhere")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
