"""The ``kcity`` command: speaks HTTP to a running system. One module per group of commands."""

import typer

from deploy.operator import held, orders, status, tokens
from deploy.operator.doctor.command import doctor

app = typer.Typer(help="Operate the K-City Network.", no_args_is_help=True, pretty_exceptions_enable=False)
app.command("token")(tokens.token)
app.command("status")(status.status)
app.command("doctor")(doctor)
app.command("dead-letters")(held.dead_letters)
app.add_typer(held.app, name="held")
app.add_typer(orders.journal, name="journal")
app.add_typer(orders.projection, name="projection")


@app.callback()
def _root() -> None:
    """Operate the K-City Network."""


if __name__ == "__main__":
    app()
