"""One application's life on intake's side: begun, edited, submitted, perhaps taken back, by chance."""

import asyncio
from dataclasses import replace

from deploy.chaos.history.records import Operation, Outcome
from deploy.chaos.load.client import Wish
from deploy.chaos.load.draft import Draft, Lost
from deploy.chaos.load.habits import Habit, act, use_key_again
from deploy.chaos.load.mailbox import Mailbox

OFTEN, SOMETIMES, SELDOM = 0.5, 0.2, 0.06
LINK_SECONDS = 20.0


async def apply(draft: Draft, call_code: str, mailbox: Mailbox | None) -> bool:
    """Live it up to the submission and a little further; whether the application stands submitted."""
    if not await _begin(draft, call_code):
        return False
    await draft.make(draft.edit(draft.first_sections()))
    await _edit_by_chance(draft)
    if draft.chance.random() < SELDOM:  # incomplete: has to be refused
        await draft.client.until_known(draft.submission())
    if not await _attach(draft):
        return False
    if draft.chance.random() < SELDOM:
        return await _leave_as_draft(draft)
    if not await _submit(draft):
        return False
    if draft.chance.random() < SOMETIMES:
        await draft.read_receipt()
    if draft.track == "demonstration" and mailbox is not None and draft.chance.random() < OFTEN:
        await _confirm(draft, mailbox)
    return True


async def _begin(draft: Draft, call_code: str) -> bool:
    wish = draft.creation(call_code)
    told = await act(draft.client, wish, Habit.of(draft.chance))
    if not told.acknowledged:
        return False
    draft.see(told.answer)
    if draft.chance.random() < SELDOM:
        other = draft.creation(call_code)
        track = "planning" if draft.track == "demonstration" else "demonstration"
        body = {"call_code": call_code, "track": track}
        other = replace(other, asked={"track": track, "key_used_before": True}, body=body)
        await use_key_again(draft.client, wish, other)
    return True


async def _edit_by_chance(draft: Draft) -> None:
    while draft.chance.random() < OFTEN:
        await draft.make(draft.edit(_small_change(draft)))
    if draft.chance.random() < SELDOM and draft.version > 1:  # made to an old version: has to be refused
        await draft.make(draft.edit(_small_change(draft), base=draft.version - 1))
    if draft.chance.random() < SOMETIMES:  # two at once to one version: one of them gets in
        rivals = [draft.edit(_small_change(draft)) for _ in range(2)]
        told = await asyncio.gather(*(draft.client.until_known(rival) for rival in rivals))
        if any(one.outcome is Outcome.UNKNOWN for one in told):
            raise Lost
        await draft.look()


def _small_change(draft: Draft) -> dict[str, dict[str, object]]:
    if draft.chance.random() < SOMETIMES:
        changed = draft.contact("contact")
        changed["name"] += f" {draft.chance.randrange(1000)}"
        return {"contact": dict(changed)}
    return {"answers": {"story": f"Story {draft.number}, told again {draft.chance.randrange(1000)}"}}


async def _attach(draft: Draft) -> bool:
    told = await act(draft.client, draft.upload(), Habit.of(draft.chance))
    if told.acknowledged and draft.chance.random() < SELDOM:
        told = await act(draft.client, draft.upload(), Habit.PATIENT)
    if not told.acknowledged:
        return False
    await draft.look()
    return True


async def _leave_as_draft(draft: Draft) -> bool:
    """A draft that is never submitted: taken back, or its contact erased."""
    if draft.chance.random() < OFTEN:
        await act(draft.client, draft.withdrawal(), Habit.of(draft.chance))
    else:
        await draft.make(draft.edit({"contact": None}))
    return False


async def _submit(draft: Draft) -> bool:
    client = draft.client
    wish = draft.submission()
    if draft.chance.random() < SELDOM:  # rivals: two keys at once, one of them is received
        told, other = await asyncio.gather(client.until_known(wish), client.until_known(draft.submission()))
        told = told if told.acknowledged else other
    else:
        told = await act(client, wish, Habit.of(draft.chance))
    if told.acknowledged and draft.chance.random() < SELDOM:  # too late to change anything
        await client.until_known(draft.edit(_small_change(draft)))
    return told.acknowledged


async def _confirm(draft: Draft, mailbox: Mailbox) -> None:
    """The partner follows the link in its mail, sometimes twice at once."""
    link = await mailbox.link_for(draft.contact("partner")["email"], within=LINK_SECONDS)
    if link is None:
        return
    anybody = mailbox.anybody
    wish = Wish(
        Operation.CONFIRM_PARTNER, anybody, "POST", link, ids={"application_id": draft.application_id}
    )
    await act(draft.client, draft.client.prepared(wish), Habit.of(draft.chance))


async def withdraw_by_chance(draft: Draft) -> None:
    """Take a submitted application back, sometimes a second time, which has to be refused."""
    if draft.chance.random() >= SOMETIMES:
        return
    told = await act(draft.client, draft.withdrawal(), Habit.of(draft.chance))
    if told.acknowledged and draft.chance.random() < SOMETIMES:
        await draft.client.until_known(draft.withdrawal())
