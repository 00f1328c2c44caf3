"""The public catalogue: what it lists and counts, before and after a selection."""

from collections.abc import Sequence
from typing import Any

from deploy.local.rehearsal.door import Person
from deploy.local.rehearsal.play import Play
from deploy.local.rehearsal.waiting import until
from shared.auth.caller import Track

PROJECTS, STATISTICS = "/catalog/v1/projects", "/catalog/v1/statistics"
COMPLETED = 49
"""Source: programme, "The call"."""


async def shown(play: Play, track: Track) -> list[str]:
    """English titles of this call's projects of a track in the public catalogue."""
    kinds = {"demonstration"} if track == "demonstration" else {"development_plan", "solution_plan"}
    found = await play.door.public.all_of(PROJECTS, state="selected", year=play.rehearsed.call.year)
    return sorted(one["title"]["en"] for one in found if _is_of(play, one) and one["type"] in kinds)


def _is_of(play: Play, project: dict[str, Any]) -> bool:
    return bool(project["call"] and project["call"]["code"] == play.code)


async def counted(public: Person) -> dict[str, int]:
    """The catalogue's own counts."""
    totals = {one["measure"]: one for one in (await public.get(STATISTICS))["totals"]}
    listed = await public.all_of(PROJECTS)
    return {
        "projects in the list": len(listed),
        "completed projects": totals["projects"]["completed"]["value"],
        "selected projects": totals["projects"]["selected"]["value"],
        "selected demonstrations": totals["demonstration"]["selected"]["value"],
        "selected plans": sum(
            totals[measure]["selected"]["value"] for measure in ("development_plan", "solution_plan", "plan")
        ),
    }


async def count_before(play: Play) -> None:
    """What the catalogue counts before anything is announced: the completed projects are all there."""
    first = await until(
        lambda: counted(play.door.public), lambda found: found["completed projects"] == COMPLETED
    )
    play.tally["catalogue"] = {"before": first}
    name = "the catalogue has the 49 completed projects"
    play.checks.equal(name, COMPLETED, first["completed projects"])


def before(play: Play, track: Track) -> dict[str, int]:
    """What was counted before the selection of ``track``: at first, or with the demonstrations already out."""
    found: dict[str, int] = play.tally["catalogue"]["before" if track == "demonstration" else "between"]
    return found


async def check_shown(play: Play, track: Track, chosen: Sequence[str]) -> None:
    """From the announcement on the catalogue shows the projects of the ``chosen`` application ids, and counts them."""
    applicants = {entry.application_id: entry.applicant for entry in play.entered(track)}
    titles = sorted(applicants[one].project["title"]["en"] for one in chosen)
    found = await until(lambda: shown(play, track), lambda found: found == titles)
    play.checks.equal(f"{track}, announced: the catalogue shows the selected", titles, found)
    await _check_counted(play, track, len(chosen))


async def _check_counted(play: Play, track: Track, chosen: int) -> None:
    first = before(play, track)
    after = await counted(play.door.public)
    what = "selected demonstrations" if track == "demonstration" else "selected plans"
    wanted = first | {
        name: first[name] + chosen for name in ("projects in the list", "selected projects", what)
    }
    play.checks.equal(f"{track}, announced: the catalogue counts the selected", wanted, after)
    play.tally["catalogue"]["between" if track == "demonstration" else "after"] = after
