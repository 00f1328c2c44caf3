"""Java and Maven: found where they usually lie, and missed with clear words."""

from pathlib import Path

import pytest

from deploy.java import artefacts as subject
from deploy.java.artefacts import JavaUnavailable, brought, find_java, find_maven
from deploy.kafka.server import POM as KAFKA
from deploy.keycloak.server import POM as KEYCLOAK

BROKEN_POM = "<project><modelVersion>4.0.0</modelVersion></project>"


@pytest.fixture
def bare_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine on which nothing is installed but the returned folder of the PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("JAVA_HOME", "MAVEN_HOME", "M2_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(subject, "_JAVA_FOLDERS", ())
    monkeypatch.setattr(subject, "_MAVEN_FOLDERS", ())
    return folder


def install(program: Path, says: str) -> Path:
    program.parent.mkdir(parents=True, exist_ok=True)
    program.write_text(f"#!/bin/sh\necho '{says}' >&2\n")
    program.chmod(0o755)
    return program


class TestFindJava:
    def test_says_that_none_was_found(self, bare_machine: Path) -> None:
        assert bare_machine.is_dir()
        with pytest.raises(JavaUnavailable, match="Java 17 or newer: no java was found"):
            find_java()

    def test_says_which_java_is_too_old(self, bare_machine: Path) -> None:
        install(bare_machine / "java", 'openjdk version "1.8.0_402"')
        with pytest.raises(JavaUnavailable, match="java is 8"):
            find_java()

    def test_passes_over_an_old_java_home(self, bare_machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        old = install(bare_machine.parent / "old/bin/java", 'openjdk version "11.0.2" 2019-01-15')
        new = install(bare_machine / "java", 'openjdk version "25" 2025-09-16')
        monkeypatch.setenv("JAVA_HOME", str(old.parent.parent))
        assert find_java() == new


class TestFindMaven:
    def test_says_that_none_was_found(self, bare_machine: Path) -> None:
        assert bare_machine.is_dir()
        with pytest.raises(JavaUnavailable, match="no mvn was found"):
            find_maven()

    def test_looks_in_the_usual_folders_when_the_path_has_none(
        self, bare_machine: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        usual = install(bare_machine.parent / "share/maven/bin/mvn", "Apache Maven")
        relative = usual.parent.relative_to("/")
        monkeypatch.setattr(subject, "_MAVEN_FOLDERS", (str(relative),))
        assert find_maven() == usual


@pytest.mark.kafka
class TestBrought:
    def test_repeats_what_maven_said_when_it_fails(self, tmp_path: Path) -> None:
        pom = tmp_path / "pom.xml"
        pom.write_text(BROKEN_POM)
        with pytest.raises(JavaUnavailable, match=r"(?s)package failed.*groupId"):
            brought(pom)
        assert not (tmp_path / "target" / "built").exists()

    def test_holds_kafka_itself_and_is_brought_once(self) -> None:
        folder = brought(KAFKA)
        [kafka] = folder.glob("kafka_2.13-4.*.jar")
        brought_at = kafka.stat().st_mtime_ns
        brought(KAFKA)
        assert kafka.stat().st_mtime_ns == brought_at


@pytest.mark.parametrize("pom", [KAFKA, KEYCLOAK], ids=["kafka", "keycloak"])
def test_a_pom_names_no_repository(pom: Path) -> None:
    text = pom.read_text()
    assert "repositor" not in text.lower()
    addresses = [word for word in text.split('"') if "://" in word]
    assert all("maven.apache.org" in address or "w3.org" in address for address in addresses)
