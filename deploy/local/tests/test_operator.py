"""The ``kcity`` command against the local issuer."""

import json
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from deploy.local.issuer import Issuer
from deploy.local.people import sample_person
from deploy.local.ports import free_port
from deploy.operator.main import app


@pytest.fixture
def issuer(scratch: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Issuer]:
    with Issuer(scratch / "operator-issuer", free_port()) as issuer:
        monkeypatch.setenv("KCITY_ISSUER_URL", issuer.url)
        yield issuer


def claims_of(token: str) -> dict[str, object]:
    body = token.split(".")[1]
    return dict(json.loads(urlsafe_b64decode(body + "=" * (-len(body) % 4))))


@pytest.mark.usefixtures("issuer")
class TestToken:
    def test_prints_nothing_but_a_token_for_the_role(self) -> None:
        ran = CliRunner().invoke(app, ["token", "ministry_officer"])
        assert ran.exit_code == 0
        claims = claims_of(ran.stdout.strip())
        assert (claims["sub"], claims["roles"]) == ("local-ministry-officer", ["ministry_officer"])
        assert "organisation_id" not in claims

    def test_gives_an_applicant_an_organisation_and_an_officer_tracks(self) -> None:
        applicant = CliRunner().invoke(app, ["token", "applicant", "--subject", "lee"])
        officer = CliRunner().invoke(app, ["token", "secretariat_officer", "--tracks", "planning"])
        assert claims_of(applicant.stdout)["organisation_id"] == "00000000-0000-7000-8000-000000000001"
        assert claims_of(applicant.stdout)["sub"] == "lee"
        assert claims_of(officer.stdout)["tracks"] == ["planning"]

    def test_speaks_for_a_sample_person(self) -> None:
        claims = claims_of(CliRunner().invoke(app, ["token", "--person", "sample-officer-kaia"]).stdout)
        assert claims["sub"] == sample_person("sample-officer-kaia").subject
        assert (claims["roles"], claims["tracks"]) == (["secretariat_officer"], ["demonstration"])

    @pytest.mark.parametrize("words", [[], ["operator", "--person", "sample-operator"], ["--person", "eve"]])
    def test_wants_a_role_or_a_person_it_knows(self, words: list[str]) -> None:
        assert CliRunner().invoke(app, ["token", *words]).exit_code == 2

    def test_refuses_an_unknown_role(self) -> None:
        assert CliRunner().invoke(app, ["token", "emperor"]).exit_code == 2

    def test_says_when_there_is_no_issuer(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("KCITY_ISSUER_URL", f"http://127.0.0.1:{free_port()}")
        ran = CliRunner().invoke(app, ["token", "operator"])
        assert ran.exit_code == 1
        assert "no token from" in ran.stderr


class TestStatus:
    def test_tells_who_answers_and_fails_while_somebody_does_not(
        self, issuer: Issuer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("COLUMNS", "200")
        monkeypatch.setenv("KCITY_PORT_OFFSET", "40000")
        ran = CliRunner().invoke(app, ["status"])
        assert ran.exit_code == 1
        rows = {line.split("│")[1].strip(): line for line in ran.stdout.splitlines() if line.startswith("│")}
        assert len(rows) == 10
        assert issuer.url in rows["issuer"]
        assert rows["issuer"].count("yes") == 2
        assert "no answer" in rows["catalog-worker"]
