"""Which rounds of a sandbox a stack has seen, and whether the latest still shows what it is for."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from deploy.local.rehearsal.door import Door, Person
from deploy.local.rehearsal.stages.announcement import CALLS
from deploy.local.rehearsal.timetable import KST
from deploy.sandbox.calls import ENDS_AFTER, Round, Which

_BEGINS = f"{Which.PAST}-"


async def business_time(door: Door) -> datetime:
    """What time it is for deadlines."""
    told = await door.public.get("/intake/v1/time")
    return datetime.fromisoformat(told["now"]).astimezone(KST)


async def next_round(door: Door, ministry: Person) -> Round:
    """A round that begins now, with the number after the highest."""
    return Round(max(await _past_codes(ministry), default=0) + 1, await business_time(door))


async def present_round(ministry: Person) -> Round | None:
    """The latest round, None where there is none or where time went past it: an open call has closed, say."""
    codes = await _past_codes(ministry)
    if not codes:
        return None
    number = max(codes)
    past = await ministry.get(f"{CALLS}/{codes[number]}")
    ends_at = next(one["window"]["closes_at"] for one in past["tracks"] if one["window"]["closes_at"])
    found = Round(number, datetime.fromisoformat(ends_at).astimezone(KST) - ENDS_AFTER)
    calls = {call["code"] for call in await ministry.all_of(CALLS)}
    if not {found.code(which) for which in Which} <= calls:
        return None
    return found if await _is_in_time(ministry, found) else None


async def _past_codes(ministry: Person) -> dict[int, str]:
    """The codes of past calls by the number of their round."""
    codes = [str(call["code"]) for call in await ministry.all_of(CALLS)]
    return {int(code.partition("-R")[2] or 1): code for code in codes if code.startswith(_BEGINS)}


async def _is_in_time(ministry: Person, one: Round) -> bool:
    open_now, soon, hushed = [
        await ministry.get(f"{CALLS}/{one.code(which)}") for which in (Which.OPEN, Which.SOON, Which.HUSH)
    ]
    return (
        _windows(open_now) == {"open"} and _windows(soon) == {"not_open"} and hushed["state"] == "scheduled"
    )


def _windows(call: Mapping[str, Any]) -> set[str]:
    return {track["window"]["state"] for track in call["tracks"]}
