"""The steppable clock of the test kit: sets the business time of a rehearsal database."""

from datetime import datetime

from fastapi import FastAPI

from shared.clock.authority import AuthorityClock
from shared.clock.rehearsal import step_clock
from shared.database.connection import Database


async def step(
    database: Database, instant: datetime, *followers: AuthorityClock | FastAPI, name: str = "test"
) -> None:
    """Step the clock of ``database`` to ``instant``; the followers stand there when this returns."""
    async with database.transaction() as tx:
        await step_clock(tx, name=name, instant=instant)
    for follower in followers:
        clock = follower.state.clock if isinstance(follower, FastAPI) else follower
        await clock.follow()
