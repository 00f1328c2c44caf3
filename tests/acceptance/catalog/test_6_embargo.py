"""A selection under embargo: nowhere a millisecond before its instant, everywhere within five seconds after it."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx
import pytest

from deploy.local.rehearsal.door import Door, at_once
from deploy.local.rehearsal.waiting import until
from shared.ids import new_uuid
from tests.acceptance.catalog.public_addresses import (
    SILENT,
    Address,
    addresses_of,
    public_routes,
    said_of,
)
from tests.acceptance.catalog.traces import Traces
from tests.acceptance.catalog.waiting_selection import WaitingSelection
from tests.stack import PLAYED_WITHIN_SECONDS, RunningStack

pytestmark = [pytest.mark.journey, pytest.mark.timeout(PLAYED_WITHIN_SECONDS + 300)]

SECONDS = 5.0
"""Within which it is everywhere, with a healthy broker. Source: issue 5, "Bad input, at least"."""
EVERY_SECONDS = 0.05
BEFORE = {
    "ApplicationSubmitted",
    "ContactChanged",
    "EligibilityDecided",
    "ReviewersAssigned",
    "EvaluationClosed",
    "MessageDelivered: receipt",
    "MessageDelivered: partner_confirmation_request",
    "MessageDelivered: decision_eligible",
}
"""Everything that the bus may have about an application whose outcome nobody may know."""


@dataclass(frozen=True, slots=True)
class Look:
    """An answer, and how many seconds after the instant it was there."""

    address: Address
    answer: httpx.Response
    after_seconds: float

    @property
    def sees(self) -> bool:
        """Whether it shows the project; a refusal and a 304 show nothing, and what never does says nothing."""
        return self.answer.is_success and self.address.sees is not None and self.address.sees(self.answer)


@dataclass(slots=True)
class Watched:
    """One selection over its instant.

    ``tags``: of the answers before anybody was ranked, by path. ``kept``: what they were worth a millisecond before
    the instant, as a status. ``events`` and ``rows``: of traces, by whether the instant has passed.
    """

    selection: WaitingSelection
    tags: dict[str, str] = field(default_factory=dict)
    kept: dict[str, int] = field(default_factory=dict)
    before: list[Look] = field(default_factory=list)
    after: list[Look] = field(default_factory=list)
    events: dict[bool, set[str]] = field(default_factory=dict)
    rows: dict[bool, dict[str, int]] = field(default_factory=dict)
    mails: dict[bool, list[str]] = field(default_factory=dict)

    @property
    def addresses(self) -> list[Address]:
        """Where it can be seen."""
        return addresses_of(self.selection)

    async def ask(self, address: Address, headers: Mapping[str, str] | None = None) -> httpx.Response:
        """As anybody. Such answers come from the front door, compressed, as browsers and caches get them."""
        return await self.selection.scene.door.public.ask("GET", address.path, headers=headers)

    async def take_tags(self) -> None:
        """Before anybody is ranked."""
        for one in self.addresses:
            if tag := (await self.ask(one)).headers.get("etag"):
                self.tags[one.path] = tag

    async def look_before(self, traces: Traces) -> None:
        """A millisecond before: inside first, so that whatever would come too early has the time to come."""
        await self._look_inside(traces, announced=False)
        for one in self.addresses:
            if tag := self.tags.get(one.path):
                self.kept[one.path] = (await self.ask(one, {"If-None-Match": tag})).status_code
            self.before.append(Look(one, await self.ask(one), 0.0))

    async def look_after(self, traces: Traces) -> None:
        """As a cache does that has the answers of before: it asks whether they still hold, and gets 304 while they do."""
        since = time.monotonic()
        first, *others = self.addresses
        self.after = [await self._seen(first, since)]
        self.after += await at_once(*(self._seen(one, since) for one in others))
        await self._look_inside(traces, announced=True)

    async def _seen(self, one: Address, since: float) -> Look:
        headers = {"If-None-Match": self.tags[one.path]} if one.sees and one.path in self.tags else None
        while True:
            look = Look(one, await self.ask(one, headers), time.monotonic() - since)
            if one.sees is None or look.sees or look.after_seconds > SECONDS:
                return look
            await asyncio.sleep(EVERY_SECONDS)

    async def _look_inside(self, traces: Traces, *, announced: bool) -> None:
        words = [word for one in self.selection.candidates for word in one.words]
        if announced:
            self.mails[True] = await until(self.selection.outcome_mails, lambda found: len(found) > 1)
        else:
            self.mails[False] = await self.selection.outcome_mails()
        self.events[announced] = await traces.events(self.selection.ids)
        self.rows[announced] = traces.rows("catalog", words)


@pytest.fixture(scope="module")
async def watched(played: RunningStack) -> Watched:
    """Played once: applications, the decision, a millisecond before the instant, the instant."""
    async with Door.open(played.front_door, played.stack.issuer_url) as door:
        found, traces = Watched(await WaitingSelection.of(door)), Traces(played)
        await found.selection.evaluate()
        await until_catalogue_has_call(traces, found.selection.call_id)
        await found.take_tags()
        await found.selection.decide()
        await found.selection.come_close()
        await found.look_before(traces)
        await found.selection.step_over()
        await found.look_after(traces)
    return found


async def until_catalogue_has_call(traces: Traces, call_id: str) -> None:
    """A page of calls is another one from then on; so tags of pages are taken afterwards."""

    async def known() -> bool:
        return "call" in traces.rows("catalog", [call_id])

    assert await until(known, bool)


def paths(looks: list[Look]) -> list[str]:
    """Where they looked."""
    return [one.address.path for one in looks]


def test_6_every_public_route_of_the_contract_is_looked_at_or_has_nothing_to_show(
    played: RunningStack, watched: Watched
) -> None:
    contract = httpx.get(f"{played.front_door}/openapi.json", trust_env=False).json()
    looked_at = {one.route for one in watched.addresses if one.route is not None}
    assert public_routes(contract) == looked_at | SILENT.keys()
    assert not looked_at & SILENT.keys()


def test_6_a_millisecond_before_its_instant_no_list_count_file_page_or_map_shows_it(watched: Watched) -> None:
    assert paths([one for one in watched.before if one.sees]) == []


def test_6_a_millisecond_before_no_answer_has_a_word_of_anybody_who_applied(watched: Watched) -> None:
    for look in watched.before:
        for one in watched.selection.candidates:
            assert said_of(one, look.address, look.answer) == [], look.address.path


def test_6_whoever_works_out_its_address_beforehand_finds_nothing_that_may_be_kept(watched: Watched) -> None:
    """All other addresses do answer: that they show nothing is no failure of theirs."""
    names = (str(watched.selection.chosen.project_id), watched.selection.selection_id)
    own = [look for look in watched.before if any(name in look.address.path for name in names)]
    assert len(own) == 6
    for look in own:
        assert look.answer.status_code == 404, look.address.path
        assert look.answer.headers["cache-control"] == "no-store", look.address.path
    others = [look for look in watched.before if look not in own]
    assert {look.address.path for look in others if look.answer.status_code != 200} == set()


def test_6_what_caches_keep_holds_until_the_instant(watched: Watched) -> None:
    assert len(watched.kept) > 30
    assert {path: status for path, status in watched.kept.items() if status != 304} == {}


def test_6_no_topic_has_an_event_of_the_outcome_before(watched: Watched) -> None:
    assert watched.events[False] <= BEFORE
    assert {"ApplicationSubmitted", "EvaluationClosed"} <= watched.events[False]


def test_6_no_table_of_the_catalogue_has_a_row_of_it_before(watched: Watched) -> None:
    assert watched.rows[False] == {}


def test_6_no_mail_about_an_outcome_is_written_before(watched: Watched) -> None:
    assert watched.mails[False] == []


def test_6_it_is_everywhere_within_five_seconds_after_its_instant(watched: Watched) -> None:
    shown = [one for one in watched.after if one.address.sees]
    assert paths([one for one in shown if not one.sees]) == []
    assert {one.address.path: one.after_seconds for one in shown if one.after_seconds > SECONDS} == {}


def test_6_no_answer_that_was_kept_holds_after_the_instant(watched: Watched) -> None:
    kept = [one for one in watched.after if one.address.sees and one.address.path in watched.tags]
    assert len(kept) > 30
    for look in kept:
        assert look.answer.status_code == 200, look.address.path
        assert look.answer.headers["etag"] != watched.tags[look.address.path]


def test_6_who_was_not_selected_is_in_no_answer_after_either(watched: Watched) -> None:
    for look in watched.after:
        assert said_of(watched.selection.passed_over, look.address, look.answer) == [], look.address.path


def test_6_afterwards_bus_tables_and_mails_tell_of_it_once(watched: Watched) -> None:
    """The same looks that found nothing before do find it: they look at the right places."""
    assert {"SelectionAnnounced", "ProjectPublished"} <= watched.events[True]
    assert watched.rows[True]["project"] == 1
    assert watched.rows[True].keys() >= {"project_history", "journal"}
    assert watched.mails[True] == ["non_selection", "selection"]


def test_6_given_up_after_that_it_stays_with_its_history_and_says_so(
    played: RunningStack, watched: Watched
) -> None:
    chosen = watched.selection.chosen
    assert chosen.entry is not None
    headers = {"Authorization": f"Bearer {chosen.entry.person.token}", "Idempotency-Key": str(new_uuid())}
    entry, page = f"/catalog/v1/projects/{chosen.project_id}", f"projects/{chosen.project_id}"
    with httpx.Client(base_url=played.front_door, timeout=30, trust_env=False) as http:
        path = f"/intake/v1/applications/{chosen.application_id}/withdrawal"
        assert http.post(path, headers=headers).status_code == 201
        played.wait_until("what was given up", lambda: http.get(entry).json()["stage"] == "withdrawn")
        told = http.get(f"{entry}/history").json()
        assert [one["stage"] for one in told["stages"]] == ["selected", "withdrawn"]
        assert [one["cause"] for one in told["revisions"]] == ["announcement", "withdrawal"]
        for language, word in (("ko", "철회"), ("en", "Withdrawn")):
            assert word in http.get(f"/catalog/{language}/{page}").text
