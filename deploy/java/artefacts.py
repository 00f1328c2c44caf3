"""Finds Java and Maven, and lets Maven bring what a POM names, once, into its ``target/lib``."""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

OLDEST_JAVA = 17  # source: Apache Kafka 4, "Java version" of its documentation; Keycloak 26 takes it, too
BUILD_TIMEOUT_SECONDS = 900

_JAVA_FOLDERS = ("usr/lib/jvm/*/bin", "opt/*/bin", "Library/Java/JavaVirtualMachines/*/Contents/Home/bin")
_MAVEN_FOLDERS = (
    *("usr/share/maven*/bin", "opt/maven*/bin", "opt/apache-maven*/bin"),
    *("usr/local/apache-maven*/bin", "opt/homebrew/bin"),
)


class JavaUnavailable(Exception):
    """A program of Java cannot be had on this machine; the message says what is missing."""


def find_java() -> Path:
    """First Java of version 17 or newer: JAVA_HOME, the PATH, then the usual folders.

    Raises ``JavaUnavailable`` naming the versions that were found but are too old.
    """
    found = {path: _java_version(path) for path in _candidates("java", ("JAVA_HOME",), _JAVA_FOLDERS)}
    for path, version in found.items():
        if version >= OLDEST_JAVA:
            return path
    seen = ", ".join(f"{path} is {version}" for path, version in found.items()) or "no java was found"
    raise JavaUnavailable(f"needs Java {OLDEST_JAVA} or newer: {seen}")


def find_maven() -> Path:
    """Maven's program: MAVEN_HOME, the PATH, then the usual folders. Raises ``JavaUnavailable``."""
    for path in _candidates("mvn", ("MAVEN_HOME", "M2_HOME"), _MAVEN_FOLDERS):
        return path
    raise JavaUnavailable("its artefacts are brought by Maven, and no mvn was found")


def brought(pom: Path) -> Path:
    """The folder of what ``pom`` lays into ``target/lib``; the first call (and one after its change) runs Maven.

    Safe when several processes ask at once. Raises ``JavaUnavailable`` with Maven's words.
    """
    target = pom.parent / "target"
    target.mkdir(exist_ok=True)
    built = target / "built"
    digest = hashlib.sha256(pom.read_bytes()).hexdigest()
    with (target / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (built.exists() and built.read_text() == digest):
            shutil.rmtree(target / "lib", ignore_errors=True)
            _run_maven(pom)
            built.write_text(digest)
    return target / "lib"


def _run_maven(pom: Path) -> None:
    command = [str(find_maven()), "-q", "-B", "-f", str(pom), "package"]
    environment = os.environ | {"JAVA_HOME": str(find_java().resolve().parent.parent)}
    result = subprocess.run(
        command, capture_output=True, text=True, timeout=BUILD_TIMEOUT_SECONDS, check=False, env=environment
    )
    if result.returncode:
        raise JavaUnavailable(f"{' '.join(command)} failed:\n{result.stdout}{result.stderr}")


def _candidates(name: str, homes: tuple[str, ...], folders: tuple[str, ...]) -> Iterator[Path]:
    for variable in homes:
        if home := os.environ.get(variable):
            yield from _programs(Path(home) / "bin" / name)
    if on_path := shutil.which(name):
        yield Path(on_path)
    for folder in folders:
        yield from _programs(*sorted(Path("/").glob(f"{folder}/{name}"), reverse=True))
    tool = {"mvn": "maven"}.get(name, name)
    yield from _programs(Path.home() / ".sdkman/candidates" / tool / "current/bin" / name)


def _programs(*paths: Path) -> Iterator[Path]:
    return (path for path in paths if os.access(path, os.X_OK))


def _java_version(java: Path) -> int:
    """Feature release of ``java`` (8, 17, 25 …); 0 where the program does not say."""
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    match = re.search(r'version "(?:1\.)?(\d+)', said)
    return int(match[1]) if match else 0
