"""The mails: one for each reason and addressee, delivered or bounced."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from deploy.local.rehearsal.play import Entry, Play
from deploy.local.rehearsal.waiting import until
from deploy.local.smtp_sink import BOUNCE_PREFIX
from shared.auth.caller import Track

MESSAGES = "/notification/v1/messages"
OUTCOMES = ("selection", "non_selection")
States = dict[str, dict[str, int]]
"""How many mails there are, by template and state."""


async def messages(play: Play) -> list[dict[str, Any]]:
    """Every mail about an application of this rehearsal."""
    own = {entry.application_id for entry in play.entries.values()}
    found = await play.staff.operator.all_of(MESSAGES)
    return [one for one in found if one["application_id"] in own]


async def outcome_mails(play: Play, track: Track) -> States:
    """The mails that tell applicants of ``track`` of their outcome."""
    own = {entry.application_id for entry in play.entered(track)}
    found = await messages(play)
    return _by_template(one for one in found if one["application_id"] in own and one["template"] in OUTCOMES)


async def check_outcome_mails(play: Play, track: Track) -> None:
    """After the announcement everybody who was evaluated is told."""
    wanted = _counted(
        mail for entry in play.received(track) for mail in _mails_to(play, entry) if mail[0] in OUTCOMES
    )
    found = await until(lambda: outcome_mails(play, track), lambda states: states == wanted)
    play.checks.equal(f"{track}, announced: every evaluated applicant is told by mail", wanted, found)


async def settle_mails(play: Play) -> None:
    """Every mail is delivered, or bounced where the mailbox refuses it; one for each reason and addressee."""
    received = [entry for entry in play.entries.values() if entry.receipt is not None]
    wanted = _counted(mail for entry in received for mail in _mails_to(play, entry))

    async def states() -> States:
        return _by_template(await messages(play))

    found = await until(states, lambda now: now == wanted)
    play.tally["mails"] = found
    play.checks.equal("every mail was sent once, by template and state", wanted, found)
    ids = [one["message_id"] for one in await messages(play)]
    play.tally["message_ids"] = sorted(ids)
    play.checks.equal("every mail has a Message-ID of its own", len(ids), len(set(ids)))


def _mails_to(play: Play, entry: Entry) -> Iterator[tuple[str, str]]:
    """Template and final state of each mail that a received application comes to."""
    to_applicant = "bounced" if entry.applicant.contact["email"].startswith(BOUNCE_PREFIX) else "delivered"
    yield "receipt", to_applicant
    if entry.applicant.partner:
        yield "partner_confirmation_request", "delivered"
    if entry.eligible is not None:
        yield "decision_eligible" if entry.eligible else "decision_ineligible", to_applicant
    chosen = _outcome(play, entry)
    if chosen is not None:
        yield "selection" if chosen else "non_selection", to_applicant
    if chosen and entry.applicant.partner:
        yield "expo_invitation", "delivered"


def _outcome(play: Play, entry: Entry) -> bool | None:
    """Whether it was selected, None for one that was not evaluated."""
    for place in play.rankings.get(entry.applicant.track, []):
        if place["receipt_no"] == entry.receipt_no:
            return bool(place["state"] == "selected")
    return None


def _by_template(found: Iterable[dict[str, Any]]) -> States:
    return _counted((one["template"], one["state"]) for one in found)


def _counted(pairs: Iterable[tuple[str, str]]) -> States:
    states: States = {}
    for (template, state), number in sorted(Counter(pairs).items()):
        states.setdefault(template, {})[state] = number
    return states
