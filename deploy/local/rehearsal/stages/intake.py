"""Intake of both tracks: opening, middle, closing, and the millisecond on either side."""

from collections.abc import Sequence
from datetime import datetime

from deploy.local.rehearsal.applications import (
    APPLICATIONS,
    missing,
    prepare,
    submit,
    submit_again,
    submit_twice_at_once,
    try_to_submit,
    withdraw,
)
from deploy.local.rehearsal.door import Refusal
from deploy.local.rehearsal.play import Entry, Play
from deploy.local.rehearsal.receipts import receipt_keys, signed_content
from deploy.local.rehearsal.samples.applicant import Applicant
from deploy.local.rehearsal.samples.story import NEVER_RECEIVED, Story
from deploy.local.rehearsal.timetable import A_MILLISECOND
from shared.auth.caller import Track

S = Story
AT_THE_EDGES = frozenset(
    {S.EARLY, S.AT_OPENING, S.LAST_MILLISECOND, S.AT_CLOSING, S.AFTER_CLOSING, S.AFTER_CUT_OFF}
)
INCOMPLETE = frozenset({S.LACKS_DOCUMENT, S.LACKS_ANSWERS})


async def open_window(play: Play, track: Track) -> None:
    """A millisecond before the opening nobody gets in; at the opening the early ones do."""
    opens_at = play.round(track).opens_at
    await play.clock.step(f"{track}: opening − 1 ms", opens_at - A_MILLISECOND)
    early = play.actors(track, S.EARLY, S.AT_OPENING)
    await play.screen.crowd(f"{track}: drafts before the opening", [prepare(play, one) for one in early])
    for entry in play.entered(track, S.EARLY):
        _check_refusal(play, entry, await try_to_submit(entry), "window-not-open", "at opening − 1 ms")
    await play.clock.step(f"{track}: opening", opens_at)
    await _submit_all(play, track, "at the opening", play.entered(track, S.EARLY, S.AT_OPENING))


async def fill_window(play: Play, track: Track, days: Sequence[datetime]) -> None:
    """Days within the intake, on each of which some of the ordinary applicants come."""
    for turn, day in enumerate(days):
        name = f"day {turn + 1}"
        await play.clock.step(f"{track}: {name}", day)
        coming = [one for one in play.actors(track) if _turn_of(one, len(days)) == turn]
        await play.screen.crowd(f"{track}: drafts, {name}", [prepare(play, one) for one in coming])
        entries = [play.entries[one.number] for one in coming]
        await _submit_all(play, track, name, [one for one in entries if _submits_plainly(one)])
        for entry in entries:
            await _play_incident(play, entry)


def _turn_of(applicant: Applicant, days: int) -> int | None:
    """On which day somebody comes, None for those who come at an edge. Of the tied two one is really earlier."""
    if applicant.story in AT_THE_EDGES:
        return None
    if applicant.story is S.TIED_EARLIER:
        return 0
    return days - 1 if applicant.story is S.TIED_LATER else applicant.number % days


def _submits_plainly(entry: Entry) -> bool:
    return entry.applicant.story not in NEVER_RECEIVED | {S.TWICE_AT_ONCE}


async def _play_incident(play: Play, entry: Entry) -> None:
    story = entry.applicant.story
    if story in INCOMPLETE:
        await _submit_incomplete(play, entry)
    elif story is S.TWICE_AT_ONCE:
        await _submit_twice(play, entry)
    elif story in (S.WITHDRAWN, S.DRAFT_WITHDRAWN):
        await withdraw(entry)


async def _submit_incomplete(play: Play, entry: Entry) -> None:
    lacking = await missing(entry)
    refusal = await try_to_submit(entry)
    _check_refusal(play, entry, refusal, "incomplete", "with gaps")
    pointers = refusal.pointers if refusal else []
    name = _named(entry)
    play.checks.equal(f"{name}: the refusal points at what completeness tells", lacking, pointers)
    if entry.applicant.story is S.LACKS_DOCUMENT:
        first = play.definition(entry.applicant.track).documents[0].kind
        play.checks.equal(f"{name}: the refusal points at the document", [f"/documents/{first}"], pointers)
    else:
        wanted = {"/project/title", "/project/city"}
        play.checks.holds(
            f"{name}: the refusal points at the project's fields",
            wanted <= set(pointers),
            expected=f"among others {sorted(wanted)}",
            actual=pointers,
        )


async def _submit_twice(play: Play, entry: Entry) -> None:
    answers = await submit_twice_at_once(entry)
    told = {str(answer.json().get("receipt_no")) for answer in answers}
    play.checks.equal(
        f"{_named(entry)}: two submissions at once have one receipt", sorted(told), [entry.receipt_no]
    )
    refused = [Refusal.of(answer).type for answer in answers if not answer.is_success]
    play.checks.equal(f"{_named(entry)}: the second one is told so", ["already-submitted"], refused)
    again = await submit_again(entry)
    play.checks.equal(
        f"{_named(entry)}: a repeat with the same key has the same receipt",
        entry.receipt_no,
        again.get("receipt_no"),
    )


async def close_window(play: Play, track: Track) -> None:
    """A millisecond before the closing is in time; the closing instant and a millisecond after are not."""
    closes_at = play.round(track).ends_at
    await play.clock.step(f"{track}: closing − 1 ms", closes_at - A_MILLISECOND)
    stories = (S.LAST_MILLISECOND, S.AT_CLOSING, S.AFTER_CLOSING)
    last = play.actors(track, *stories)
    await play.screen.crowd(f"{track}: drafts before the closing", [prepare(play, one) for one in last])
    await _submit_all(play, track, "at closing − 1 ms", play.entered(track, S.LAST_MILLISECOND))
    for name, instant, story in (
        ("closing", closes_at, S.AT_CLOSING),
        ("closing + 1 ms", closes_at + A_MILLISECOND, S.AFTER_CLOSING),
    ):
        await play.clock.step(f"{track}: {name}", instant)
        for entry in play.entered(track, story):
            _check_refusal(play, entry, await try_to_submit(entry), "window-closed", f"at {name}")
    await _check_repeat(play, track)
    await check_receipts(play, track)


async def cut_off(play: Play, track: Track) -> None:
    """Rolling intake: a millisecond before the cut-off counts this year, at the cut-off for the next."""
    ends_at = play.round(track).ends_at
    await play.clock.step(f"{track}: cut-off − 1 ms", ends_at - A_MILLISECOND)
    coming = play.actors(track, S.LAST_MILLISECOND, S.AFTER_CUT_OFF)
    await play.screen.crowd(f"{track}: drafts before the cut-off", [prepare(play, one) for one in coming])
    await _submit_all(play, track, "at cut-off − 1 ms", play.entered(track, S.LAST_MILLISECOND))
    await play.clock.step(f"{track}: cut-off", ends_at)
    await _submit_all(play, track, "at the cut-off", play.entered(track, S.AFTER_CUT_OFF))
    await check_receipts(play, track)


async def _check_repeat(play: Play, track: Track) -> None:
    for entry in play.entered(track, S.LAST_MILLISECOND):
        again = await submit_again(entry)
        name = f"{_named(entry)}: a repeat after the closing has the receipt of the first"
        play.checks.equal(name, entry.receipt_no, again.get("receipt_no"))


async def _submit_all(play: Play, track: Track, name: str, entries: list[Entry]) -> None:
    lacking = await play.screen.crowd(f"{track}: completeness, {name}", [missing(one) for one in entries])
    play.checks.equal(f"{track}, {name}: every draft is complete", [[]] * len(entries), lacking)
    await play.screen.crowd(f"{track}: submissions, {name}", [submit(one) for one in entries])
    now = play.clock.steps[-1].instant
    arrived = {datetime.fromisoformat(entry.receipt["arrived_at"]) for entry in entries if entry.receipt}
    play.checks.equal(
        f"{track}, {name}: every receipt says this instant",
        [now.timestamp()] if entries else [],
        sorted(at.timestamp() for at in arrived),
    )


def _check_refusal(play: Play, entry: Entry, refusal: Refusal | None, wanted: str, when: str) -> None:
    play.checks.equal(
        f"{_named(entry)}: a submission {when} is refused", wanted, refusal.type if refusal else "accepted"
    )


def _named(entry: Entry) -> str:
    return f"{entry.applicant.track} applicant {entry.applicant.number}"


async def check_receipts(play: Play, track: Track) -> None:
    """One receipt for each accepted application, none for a refused one; each can be verified by anybody."""
    keys = await receipt_keys(play.door.public)
    entered, received = play.entered(track), play.received(track)
    expected = [one for one in entered if one.applicant.story not in NEVER_RECEIVED]
    numbers = {entry.receipt_no for entry in received}
    play.checks.equal(f"{track}: one receipt for each accepted application", len(expected), len(numbers))
    contents = [signed_content(entry.receipt or {}, keys) or {} for entry in received]
    signed = {content.get("receipt_no") for content in contents}
    play.checks.equal(
        f"{track}: every receipt is signed by intake", sorted(numbers), sorted(map(str, signed))
    )
    marked = [bool(entry.receipt and entry.receipt["rehearsal"]) for entry in received]
    play.checks.equal(f"{track}: every receipt says that this is a rehearsal", True, all(marked))
    refused = [entry for entry in entered if entry.receipt is None]
    statuses = await play.screen.crowd(
        f"{track}: receipts of the refused",
        [one.person.status(f"{APPLICATIONS}/{one.application_id}/receipt") for one in refused],
    )
    play.checks.equal(f"{track}: no receipt for a refused application", [404] * len(refused), statuses)
    states = await play.screen.crowd(f"{track}: states", [_state(one) for one in entered])
    play.checks.equal(
        f"{track}: every application stands where it should", [one.state for one in entered], states
    )


async def _state(entry: Entry) -> str:
    return str((await entry.person.get(f"{APPLICATIONS}/{entry.application_id}"))["state"])
