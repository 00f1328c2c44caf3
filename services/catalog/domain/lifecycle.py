"""From selected to completed, or given up before: the steps of a project. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from services.catalog.domain.history import Cause
from services.catalog.domain.project import Fact, Project, Stage

REACHED: Mapping[Cause, tuple[Stage, Fact]] = {
    Cause.AGREEMENT: (Stage.AGREED, Fact.AGREED_ON),
    Cause.START: (Stage.UNDER_WAY, Fact.STARTED_ON),
    Cause.COMPLETION: (Stage.COMPLETED, Fact.COMPLETED_ON),
}
"""What each step brings a project to, and where its day stands."""


def advanced(present: Project, step: Cause, day: date) -> Project:
    """``present`` after ``step``. A step that it is beyond changes nothing, and no step leads back, nor on after a withdrawal.

    A day that an editor has put right stays.
    """
    stage, fact = REACHED[step]
    stages = list(Stage)
    if stages.index(stage) <= stages.index(present.stage):
        return present
    days: dict[str, Any] = {fact.value: day}
    return replace(present, stage=stage, **days)


def withdrawn(present: Project) -> Project:
    """``present`` given up, with the days that it came to. A completed project stays: what was carried out is there."""
    return present if present.stage is Stage.COMPLETED else replace(present, stage=Stage.WITHDRAWN)
