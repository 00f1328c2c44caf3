"""The ``kcity`` command: speaks HTTP to a running system. One module per group of commands."""

import typer

from deploy.operator import status, tokens

app = typer.Typer(help="Operate the K-City Network.", no_args_is_help=True, pretty_exceptions_enable=False)
app.command("token")(tokens.token)
app.command("status")(status.status)


@app.callback()
def _root() -> None:
    """Operate the K-City Network."""


if __name__ == "__main__":
    app()
