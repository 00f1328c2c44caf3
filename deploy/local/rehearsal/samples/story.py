"""What happens to an invented applicant, from its first draft to the end."""

from collections.abc import Mapping
from enum import StrEnum

from shared.auth.caller import Track


class Story(StrEnum):
    """The part an applicant plays; the value is how the summary names it."""

    STRONG = "scores high"
    ORDINARY = "scores well"
    WEAK = "scores below the threshold"
    TIED_EARLIER = "ties with a later one"
    TIED_LATER = "ties with an earlier one and wins by a criterion"
    EARLY = "tries a millisecond before the opening, then at the opening"
    AT_OPENING = "submits at the opening instant"
    LAST_MILLISECOND = "submits a millisecond before the closing"
    AT_CLOSING = "submits at the closing instant"
    AFTER_CLOSING = "submits a millisecond after the closing"
    AFTER_CUT_OFF = "misses the year's cut-off and rolls over"
    LACKS_DOCUMENT = "submits without a required document"
    LACKS_ANSWERS = "submits without project and answers"
    TWICE_AT_ONCE = "submits twice in parallel"
    WITHDRAWN = "withdraws after the submission"
    DRAFT_WITHDRAWN = "withdraws its draft"
    INELIGIBLE = "does not meet a rule"
    UNCONFIRMED = "its partner does not confirm"
    CONFLICTED = "a reviewer declares a conflict"
    BOUNCING = "its mailbox refuses mail"


S = Story

NEVER_RECEIVED = frozenset(
    {S.AT_CLOSING, S.AFTER_CLOSING, S.LACKS_DOCUMENT, S.LACKS_ANSWERS, S.DRAFT_WITHDRAWN}
)
"""Stories in which no submission is accepted: no receipt, no case, no mail."""

UNTIL_CLOSING = frozenset({S.AT_CLOSING, S.AFTER_CLOSING})
"""Late ones: everything is ready in time, only the act of submitting is not."""

NOT_EVALUATED = NEVER_RECEIVED | {S.WITHDRAWN, S.INELIGIBLE, S.AFTER_CUT_OFF}
"""Stories that end before any score."""

CASTS: Mapping[Track, Mapping[Story, int]] = {
    "demonstration": {
        S.TIED_EARLIER: 1,
        S.TIED_LATER: 1,
        S.EARLY: 1,
        S.AT_OPENING: 3,
        S.LAST_MILLISECOND: 2,
        S.AT_CLOSING: 2,
        S.AFTER_CLOSING: 1,
        S.LACKS_DOCUMENT: 1,
        S.LACKS_ANSWERS: 1,
        S.TWICE_AT_ONCE: 1,
        S.WITHDRAWN: 1,
        S.DRAFT_WITHDRAWN: 1,
        S.INELIGIBLE: 3,
        S.UNCONFIRMED: 1,
        S.CONFLICTED: 1,
        S.BOUNCING: 1,
        S.WEAK: 2,
        S.ORDINARY: 15,
    },
    "planning": {
        S.TIED_EARLIER: 1,
        S.TIED_LATER: 1,
        S.EARLY: 1,
        S.AT_OPENING: 1,
        S.LAST_MILLISECOND: 1,
        S.AFTER_CUT_OFF: 1,
        S.LACKS_DOCUMENT: 1,
        S.WITHDRAWN: 1,
        S.INELIGIBLE: 3,
        S.CONFLICTED: 1,
        S.WEAK: 1,
        S.ORDINARY: 6,
    },
}
"""How many play which part; the ``STRONG`` are added, one fewer than the most that are selected.

So the tied two stand at the edge of the selection, and the tie-break decides which of them is in.
"""
