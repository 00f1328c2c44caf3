"""``kcity token``: a token from the local issuer, for trying things out."""

from typing import Annotated
from uuid import UUID

import httpx
import typer

from deploy.operator.addresses import issuer_url
from shared.auth.caller import Role

DEVELOPMENT_GRANT = "urn:kcity:development"
LOCAL_ORGANISATION = UUID("00000000-0000-7000-8000-000000000001")
REFUSED = 1


def token(
    role: Annotated[Role, typer.Argument(help="what the bearer is")],
    subject: Annotated[str, typer.Option(help="who; by default one fixed subject per role")] = "",
    organisation: Annotated[
        UUID | None, typer.Option(help="an applicant's organisation; by default always the same one")
    ] = None,
    tracks: Annotated[str, typer.Option(help="a secretariat officer's tracks; by default both")] = "",
    scope: Annotated[str, typer.Option(help="a machine's scopes")] = "",
    expires_in: Annotated[int, typer.Option(help="seconds")] = 3600,
) -> None:
    """Print a token of the local issuer."""
    form = {
        "grant_type": DEVELOPMENT_GRANT,
        "subject": subject or f"local-{role.value.replace('_', '-')}",
        "roles": role.value,
        "organisation_id": str(organisation or (LOCAL_ORGANISATION if role is Role.APPLICANT else "")),
        "tracks": tracks or ("planning demonstration" if role is Role.SECRETARIAT_OFFICER else ""),
        "scope": scope,
        "expires_in": str(expires_in),
    }
    try:
        answer = httpx.post(f"{issuer_url()}/token", data=form, timeout=5.0, trust_env=False)
        answer.raise_for_status()
    except httpx.HTTPError as error:
        typer.echo(f"no token from {issuer_url()}: {error}", err=True)
        raise typer.Exit(REFUSED) from error
    typer.echo(answer.json()["access_token"])
