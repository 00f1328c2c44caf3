"""The calls of a sandbox: the definition of 2025 with other dates, one for each thing that a call can be."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import yaml

from deploy.local.rehearsal.definition import CALL_FILE
from deploy.local.rehearsal.timetable import KST
from shared.auth.caller import Track
from shared.events.call_definition import CallDefinition, TrackDefinition

CLOSING_HOUR = 18
"""Source: the call of 2022 closed at 18:00 KST."""
ENDS_AFTER = timedelta(minutes=10)
"""When the intake of the past calls ends, and after as much again a selection is announced: the clock is stepped there."""
Definition = dict[str, Any]


class Which(StrEnum):
    """The calls, by what they are for; the value begins their code."""

    OPEN = "SBXOPEN"
    PAST = "SBXPAST"
    VOTE = "SBXVOTE"
    SOON = "SBXSOON"
    HUSH = "SBXHUSH"


NAMES: Mapping[Which, tuple[str, str, str]] = {
    Which.OPEN: ("지금 접수 중", "open now", "its intake is open"),
    Which.PAST: (
        "선정 공고됨",
        "selection announced",
        "demonstrations are selected, the plans' selection is proposed",
    ),
    Which.VOTE: (
        "선정 공고 전",
        "selection under embargo",
        "evaluated, its selection is approved and under embargo",
    ),
    Which.SOON: ("공고됨", "announced", "announced, its intake opens in two months"),
    Which.HUSH: ("공고 예정", "not announced", "nobody but the ministry knows of it yet"),
}
"""Marks in Korean and English that stand in its name, and what it is for."""


@dataclass(frozen=True, slots=True)
class Round:
    """One filling of a stack: its number, and the business time at which it began."""

    number: int
    began_at: datetime

    def code(self, which: Which) -> str:
        """The code of one of its calls: ``SBXOPEN-2025``, in the next round ``SBXOPEN-2025-R2``."""
        return f"{which}-{self.began_at.year}" + (f"-R{self.number}" if self.number > 1 else "")

    @property
    def ends_at(self) -> datetime:
        """When the intake of the past calls ends."""
        return self.began_at + ENDS_AFTER

    @property
    def announce_at(self) -> datetime:
        """When the selection of the past call is announced."""
        return self.began_at + 2 * ENDS_AFTER

    @property
    def embargo(self) -> datetime:
        """An instant that the selection under embargo waits for."""
        return self.began_at + timedelta(days=200)

    def definition(self, which: Which) -> CallDefinition:
        """The definition of one of its calls."""
        return CallDefinition.model_validate(self.written(which))

    def track(self, which: Which, track: Track) -> TrackDefinition:
        """What one of its calls says about a track. Raises ``LookupError``."""
        found = self.definition(which).track(track)
        if found is None:
            raise LookupError(f"{which} has no {track} track")
        return found

    def written(self, which: Which) -> Definition:
        """The same as plain values, as a file would say it."""
        call: Definition = deepcopy(_of_2025())
        korean, english, _ = NAMES[which]
        year = self.began_at.year
        call["code"], call["year"] = self.code(which), year
        call["name"] = {
            "ko": f"K-City 네트워크 {year} 글로벌 협력 프로그램 공모 (보기: {korean})",
            "en": f"K-City Network {year} Global Cooperation Program (sample: {english})",
        }
        call["announced_at"] = _text(self.began_at + _ANNOUNCED[which])
        for track in call["tracks"]:
            track["window"] = self._window(which, rolling="cut_off_at" in track["window"])
            if which in (Which.PAST, Which.VOTE):
                track["selection"] |= _FEW
        return call

    def _window(self, which: Which, *, rolling: bool) -> dict[str, str]:
        end = "cut_off_at" if rolling else "closes_at"
        opens_after, lasts = _WINDOWS[which]
        opens_at = self.began_at + opens_after
        if which in (Which.PAST, Which.VOTE):
            return {"opens_at": _text(opens_at), end: _text(self.ends_at)}
        days = timedelta(days=lasts * 4 if rolling else lasts)
        last = (opens_at + days).astimezone(KST).replace(hour=CLOSING_HOUR, minute=0, second=0, microsecond=0)
        return {"opens_at": _text(opens_at), end: _text(last)}


_DAY = timedelta(days=1)
_ANNOUNCED: Mapping[Which, timedelta] = {
    Which.OPEN: -10 * _DAY,  # the latest: whoever takes the first call of the list takes the one that is open
    Which.PAST: -40 * _DAY,
    Which.VOTE: -39 * _DAY,
    Which.SOON: -11 * _DAY,
    Which.HUSH: 365 * _DAY,
}
_WINDOWS: Mapping[Which, tuple[timedelta, int]] = {
    Which.OPEN: (-10 * _DAY, 31),
    Which.PAST: (-38 * _DAY, 0),
    Which.VOTE: (-38 * _DAY, 0),
    Which.SOON: (60 * _DAY, 30),
    Which.HUSH: (366 * _DAY, 30),
}
"""When the intake opens, and how many days it lasts; rolling intake four times as many."""
_FEW = {"aggregation": {"method": "mean", "min_sheets": 3}, "quota": {"min": 0, "max": 1}}
"""Three reviewers and one place, so that few applications show every outcome."""


def _of_2025() -> Definition:
    read: Definition = yaml.safe_load(CALL_FILE.read_text(encoding="utf-8"))
    return read


def _text(instant: datetime) -> str:
    return instant.astimezone(KST).isoformat()
