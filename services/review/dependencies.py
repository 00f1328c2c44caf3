"""What endpoints are given."""

from typing import Annotated

from fastapi import Depends, Request

from shared.database.connection import Database


async def database(request: Request) -> Database:
    """The process's database."""
    found: Database = request.app.state.database
    return found


DatabaseDep = Annotated[Database, Depends(database)]
