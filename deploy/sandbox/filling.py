"""One round, from its calls to its last selection."""

from collections.abc import Callable

from deploy.local.rehearsal.stages.announcement import CALLS
from deploy.local.rehearsal.waiting import until
from deploy.sandbox.applying import CASES, PATIENCE_SECONDS, apply
from deploy.sandbox.calls import Which
from deploy.sandbox.judging import (
    evaluate_past_calls,
    rank_past_calls,
    register_reviewers,
    screen_open_call,
)
from deploy.sandbox.people import MINISTRY
from deploy.sandbox.samples import Ending, of
from deploy.sandbox.scene import Scene

Say = Callable[[str], None]


class NotAnnounced(Exception):
    """A selection did not come out at its instant."""


async def fill(scene: Scene, say: Say) -> None:
    """Publish, hand in, screen, score, rank, announce; the business clock is stepped twice, by ten minutes.

    Raises ``Refused``, ``NoCase``, ``ClockStuck``, ``NotAnnounced``.
    """
    say("publishing five calls")
    for which in Which:
        published = await scene.people[MINISTRY[0]].post(CALLS, scene.round.written(which))
        scene.call_ids[which] = published["call_id"]
    await register_reviewers(scene)
    say("writing and handing in applications")
    await apply(scene)
    say("screening, advising, reviewing")
    await screen_open_call(scene)
    await evaluate_past_calls(scene)
    await scene.clock.step(f"sandbox {scene.round.number}: end of intake", scene.round.ends_at)
    say("ranking and deciding")
    await rank_past_calls(scene)
    await scene.clock.step(f"sandbox {scene.round.number}: announcement", scene.round.announce_at)
    await _see_announced(scene)


async def _see_announced(scene: Scene) -> None:
    chosen = next(one for one in of(Which.PAST) if one.ending is Ending.CHOSEN)
    person, path = scene.people[chosen.owner], f"{CASES}/{scene.case_ids[chosen]}"

    async def state() -> str:
        return str((await person.get(path))["state"])

    found = await until(state, lambda now: now == "selected", within=PATIENCE_SECONDS, every=0.5)
    if found != "selected":
        raise NotAnnounced(f"the case {path} is not selected: is the worker of review up?")
