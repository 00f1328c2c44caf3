"""Who may call which operation of review, on which objects. The object rules themselves stand in ``domain/access.py``."""

from services.review.domain.access import OFFICERS
from shared.auth.caller import Role
from shared.auth.dependencies import allow
from shared.auth.rules import Access, Bound, Reach, Tie, many, one
from shared.auth.scopes import CASES_READ

_VIEWERS = (*OFFICERS, Role.REVIEWER, Role.APPLICANT)
_VIEWS = (Tie.TRACK, Tie.ASSIGNED, Tie.ADVISER, Tie.ORGANISATION)
_TRACK_OF_BODY = Bound("track", (Tie.TRACK,), reach=Reach.NAMED)
_DISCLOSED = (Tie.ANYBODY_ONCE_ANNOUNCED, Tie.TRACK)

LIST_CASES = allow(Access.to(*_VIEWERS, scope=CASES_READ, on=many("case", *_VIEWS)))
READ_CASE = allow(Access.to(*_VIEWERS, scope=CASES_READ, on=one("case", *_VIEWS)))
SCREEN_CASE = allow(Access.to(Role.SECRETARIAT_OFFICER, on=one("case", Tie.SECRETARIAT, sees=_VIEWS)))
RUN_CASE = allow(Access.to(*OFFICERS, on=one("case", Tie.TRACK, sees=_VIEWS)))
"""Pre-consulting begun, reviewers assigned, and what follows a selection."""

_ADVICE = "pre-consulting"
READ_PRE_CONSULTING = allow(
    Access.to(*_VIEWERS, on=one(_ADVICE, Tie.TRACK, Tie.ADVISER, Tie.ORGANISATION, sees=(Tie.ASSIGNED,)))
)
WRITE_REPORT = allow(
    Access.to(*OFFICERS, Role.REVIEWER, on=one(_ADVICE, Tie.TRACK, Tie.ADVISER, sees=_VIEWS))
)
WRITE_REVISED_PROPOSAL = allow(
    Access.to(*OFFICERS, Role.APPLICANT, on=one(_ADVICE, Tie.TRACK, Tie.ORGANISATION, sees=_VIEWS))
)
COMPLETE_PRE_CONSULTING = allow(Access.to(*OFFICERS, on=one(_ADVICE, Tie.TRACK, sees=_VIEWS)))

READ_IMPLEMENTATION = allow(
    Access.to(
        *OFFICERS,
        Role.APPLICANT,
        on=one("case", Tie.TRACK, Tie.ORGANISATION, sees=(Tie.ASSIGNED, Tie.ADVISER)),
    )
)

KEEP_REVIEWERS = allow(Access.to(*OFFICERS))
CREATE_PANEL = allow(Access.to(*OFFICERS, on=_TRACK_OF_BODY))
LIST_PANELS = allow(Access.to(*OFFICERS, on=many("panel", Tie.TRACK)))

DECLARE_CONFLICT = allow(Access.to(Role.REVIEWER, on=one("case", Tie.ASSIGNED, sees=_VIEWS)))
LIST_ASSIGNMENTS = allow(Access.to(Role.REVIEWER, on=many("assignment", Tie.ASSIGNED)))
SCORE = allow(Access.to(Role.REVIEWER, on=one("assignment", Tie.ASSIGNED, sees=(Tie.TRACK,))))
"""A score sheet is its reviewer's alone, to read and to write."""

CLOSE_EVALUATION = allow(Access.to(*OFFICERS, on=_TRACK_OF_BODY))
READ_EVALUATION = allow(Access.to(*OFFICERS, on=one("evaluation", Tie.TRACK)))
PROPOSE_SELECTION = allow(Access.to(*OFFICERS, on=Bound("evaluation", (Tie.TRACK,), reach=Reach.CHOSEN)))
LIST_SELECTIONS = allow(Access.public(many("selection", *_DISCLOSED), shows_more_to_some=True))
READ_SELECTION = allow(Access.public(one("selection", *_DISCLOSED), shows_more_to_some=True))
DECIDE_SELECTION = allow(Access.to(Role.MINISTRY_OFFICER, on=one("selection", Tie.MINISTRY)))
"""Approved by the ministry, whose officers also invite once it is announced."""
REJECT_SELECTION = allow(
    Access.to(*OFFICERS, on=one("selection", Tie.MINISTRY, Tie.PROPOSER, sees=_DISCLOSED))
)
READ_RESULT = allow(Access.to(Role.APPLICANT, on=one("result", Tie.ORGANISATION_ONCE_ANNOUNCED)))
