"""``kcity token``: a token from the local issuer, for trying things out."""

import os
from typing import Annotated
from uuid import UUID

import httpx
import typer

from deploy.local.issuer.clients import DEVELOPMENT_GRANT
from deploy.local.people import sample_people, sample_person
from deploy.operator.addresses import issuer_url
from shared.auth.caller import Role

LOCAL_ORGANISATION = UUID("00000000-0000-7000-8000-000000000001")
REFUSED = 1


def token(
    role: Annotated[Role | None, typer.Argument(help="what the bearer is; or give --person")] = None,
    person: Annotated[str, typer.Option(help="a sample person, e.g. sample-officer-kaia")] = "",
    subject: Annotated[str, typer.Option(help="who; by default one fixed subject per role")] = "",
    organisation: Annotated[
        UUID | None, typer.Option(help="an applicant's organisation; by default always the same one")
    ] = None,
    tracks: Annotated[str, typer.Option(help="a secretariat officer's tracks; by default both")] = "",
    scope: Annotated[str, typer.Option(help="a machine's scopes")] = "",
    expires_in: Annotated[int, typer.Option(help="seconds")] = 3600,
) -> None:
    """Print a token of the local issuer, for a role or for one of its sample people."""
    if (role is None) == (not person):
        raise typer.BadParameter("say either a role or --person")
    known = _of_person(person) if role is None else _of_role(role)
    given = {
        "subject": subject,
        "organisation_id": str(organisation or ""),
        "tracks": tracks,
        "scope": scope,
        "expires_in": str(expires_in),
    }
    try:
        typer.echo(ask_local_issuer(known | {name: value for name, value in given.items() if value}))
    except httpx.HTTPError as error:
        typer.echo(f"no token from {issuer_url()}: {error}", err=True)
        raise typer.Exit(REFUSED) from error


def _of_role(role: Role) -> dict[str, str]:
    return {
        "subject": f"local-{role.value.replace('_', '-')}",
        "roles": role.value,
        "organisation_id": str(LOCAL_ORGANISATION) if role is Role.APPLICANT else "",
        "tracks": "planning demonstration" if role is Role.SECRETARIAT_OFFICER else "",
    }


def _of_person(username: str) -> dict[str, str]:
    try:
        found = sample_person(username)
    except LookupError as error:
        known = ", ".join(one.username for one in sample_people())
        raise typer.BadParameter(f"{error}; there are {known}") from error
    return {
        "subject": found.subject,
        "roles": found.role.value,
        "organisation_id": str(found.organisation_id or ""),
        "tracks": " ".join(found.tracks),
    }


def ask_local_issuer(form: dict[str, str]) -> str:
    """An access token of the local issuer. Raises ``httpx.HTTPError``."""
    asked = {"grant_type": DEVELOPMENT_GRANT, **form}
    answer = httpx.post(f"{issuer_url()}/token", data=asked, timeout=5.0, trust_env=False)
    answer.raise_for_status()
    return str(answer.json()["access_token"])


def operator_token() -> str:
    """``KCITY_TOKEN``, else a token of the local issuer for an operator. Raises ``httpx.HTTPError``."""
    given = os.environ.get("KCITY_TOKEN")
    return given or ask_local_issuer({"subject": "local-operator", "roles": Role.OPERATOR.value})
