"""What reviewers give to the invented applicants: whole points, the same in every rehearsal."""

from math import gcd

from deploy.local.rehearsal.samples.applicant import Applicant
from deploy.local.rehearsal.samples.story import Story
from shared.events.call_definition import Criterion, SelectionRules

SEVERITY = (-4, 0, 3, -2, 1, -1, 5)
"""How much a reviewer gives beside the merit of a case: the first of a case is strict, the last generous."""
HUNDRED = 100
COMMENTS = (
    "the plan names who does what and by when.",
    "costs after the first two years are not shown.",
    "the partner's departments are on board.",
    "the need is shown with figures.",
    "risks are named, answers to them are thin.",
)


def points_of(applicant: Applicant, rules: SelectionRules, reviewer: int) -> dict[str, int]:
    """The points by criterion that the case's ``reviewer`` (0, 1, 2 …) gives.

    The two tied applicants get the same weighted total in every sheet. The later one is better by the first
    criterion that breaks ties, so that the tie-break, and not the arrival, decides.
    """
    tied = applicant.story in (Story.TIED_EARLIER, Story.TIED_LATER)
    turn = 0 if tied else applicant.number
    severity = SEVERITY[(reviewer + turn) % len(SEVERITY)]
    points = {
        criterion.code: _within(
            criterion, _share(criterion, applicant.merit + severity) + _bent(applicant, index)
        )
        for index, criterion in enumerate(rules.criteria)
    }
    if applicant.story is Story.TIED_LATER:
        for code, shift in _tying_shift(rules).items():
            points[code] += shift
    return points


def comment_on(criterion: Criterion, reviewer: int) -> str:
    """What a reviewer says of it: neither who they are nor what they gave."""
    name = criterion.name.in_language("en") or criterion.code
    return f"{name}: {COMMENTS[reviewer % len(COMMENTS)]} (rehearsal)"


def _share(criterion: Criterion, merit: int) -> int:
    return criterion.max_points * merit // HUNDRED


def _within(criterion: Criterion, points: int) -> int:
    return min(max(points, 0), criterion.max_points)


def _bent(applicant: Applicant, index: int) -> int:
    """A profile of its own for each applicant, none for the tied ones."""
    if applicant.story in (Story.TIED_EARLIER, Story.TIED_LATER):
        return 0
    return (applicant.number * (index + 3)) % 5 - 2


def _tying_shift(rules: SelectionRules) -> dict[str, int]:
    """A shift of points from one criterion to another that leaves the weighted total as it is."""
    decisive = next((code for code in rules.tie_break if code != "earlier_submission"), None)
    if decisive is None or len(rules.criteria) == 1:
        return {}
    gaining = next(one for one in rules.criteria if one.code == decisive)
    losing = next(one for one in rules.criteria if one.code != decisive)
    gain, loss = losing.weight * gaining.max_points, gaining.weight * losing.max_points
    unit = gcd(gain, loss)
    return {gaining.code: gain // unit, losing.code: -loss // unit}
