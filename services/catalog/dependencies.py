"""What endpoints of catalog are given."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Request

from services.catalog.repository import ProjectRepository
from shared.database.connection import Database


async def projects(request: Request) -> AsyncIterator[ProjectRepository]:
    """The catalogue, in one transaction for this request."""
    database: Database = request.app.state.database
    async with database.transaction() as tx:
        yield ProjectRepository(tx)


ProjectsDep = Annotated[ProjectRepository, Depends(projects, scope="function")]
