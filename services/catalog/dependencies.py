"""What endpoints of catalog are given."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Request

from services.catalog.repository.projects import ProjectRepository
from services.catalog.repository.reading import CatalogueReader
from shared.database.connection import Database


async def database(request: Request) -> Database:
    """The process's database."""
    found: Database = request.app.state.database
    return found


DatabaseDep = Annotated[Database, Depends(database)]


async def projects(request: Request) -> AsyncIterator[ProjectRepository]:
    """The catalogue, in one transaction for this request."""
    database: Database = request.app.state.database
    async with database.transaction() as tx:
        yield ProjectRepository(tx)


ProjectsDep = Annotated[ProjectRepository, Depends(projects, scope="function")]


async def reader(request: Request) -> AsyncIterator[CatalogueReader]:
    """The catalogue to read, in one transaction for this request."""
    database: Database = request.app.state.database
    async with database.transaction() as tx:
        yield CatalogueReader(tx)


ReaderDep = Annotated[CatalogueReader, Depends(reader, scope="function")]
