"""What the endpoints are given."""

from typing import Annotated

from fastapi import Depends, Request

from services.notification.mail.compose import Letterhead
from shared.database.connection import Database


async def database(request: Request) -> Database:
    """The service's own database."""
    found: Database = request.app.state.database
    return found


async def letterhead(request: Request) -> Letterhead:
    """What all mails of this installation share."""
    found: Letterhead = request.app.state.letterhead
    return found


DatabaseDep = Annotated[Database, Depends(database)]
LetterheadDep = Annotated[Letterhead, Depends(letterhead)]
