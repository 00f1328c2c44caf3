"""Every check of the checker."""

from deploy.chaos.checker.checks import acts, books, delivery, edits, submissions
from deploy.chaos.checker.verdict import Check

ALL: tuple[Check, ...] = (
    *delivery.CHECKS,
    *submissions.CHECKS,
    *acts.CHECKS,
    *edits.CHECKS,
    *books.CHECKS,
)
