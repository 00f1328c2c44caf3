"""Brings the records of topics back into the order in which they were applied: each once, exactly up to its mark.

Topics hold repeats (replays, a relay killed before it marked), and two relays or a replay may have put records
of one aggregate out of order; what came before its time waits in memory.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from shared.events.envelope import Envelope

Key = tuple[str, UUID]
"""Topic and aggregate."""
Apply = Callable[[Envelope], Awaitable[None]]


@dataclass(slots=True)
class Tally:
    """What became of the records: ``beyond`` were not consumed yet when the playback began.

    ``ahead``: aggregates of compacted topics whose record at the mark is gone, so that a later one counts.
    """

    applied: int = 0
    duplicates: int = 0
    beyond: int = 0
    ahead: int = 0


class Playback:
    """One pass over the topics. ``marks``: up to which sequence each aggregate was applied.

    Of a topic in ``snapshots`` the newest record up to the mark counts and gaps are normal. Memory grows with
    the aggregates and with what is out of order. ``duplicate_check=False`` exists for the test that shows what
    it prevents.
    """

    def __init__(
        self,
        marks: Mapping[Key, int],
        snapshots: Collection[str],
        apply: Apply,
        *,
        duplicate_check: bool = True,
    ) -> None:
        self._marks = marks
        self._snapshots = snapshots
        self._apply_one = apply
        self._duplicate_check = duplicate_check
        self._reached: dict[Key, int] = {}
        self._early: dict[Key, dict[int, Envelope]] = {}
        self._later: dict[Key, Envelope] = {}
        self.tally = Tally()

    async def take(self, topic: str, envelope: Envelope) -> None:
        """Apply the next record as its topic holds it, or keep it until its time, or leave it."""
        key, sequence = (topic, envelope.subject), envelope.sequence
        reached = self._reached.get(key, 0)
        if sequence > self._marks.get(key, 0):
            self._leave(key, envelope)
        elif self._duplicate_check and (sequence <= reached or sequence in self._early.get(key, ())):
            self.tally.duplicates += 1
        elif sequence > reached + 1 and topic not in self._snapshots:
            self._early.setdefault(key, {})[sequence] = envelope
        else:
            await self._apply(key, envelope)
            await self._apply_early(key)

    async def finish(self) -> dict[Key, int]:
        """After the last record: the aggregates that did not reach their marks, and where they stand."""
        for key, envelope in self._later.items():
            if 0 < self._marks.get(key, 0) > self._reached.get(key, 0):
                await self._apply(key, envelope)
                self.tally.ahead += 1
        return {
            key: self._reached.get(key, 0)
            for key, mark in self._marks.items()
            if self._reached.get(key, 0) < mark
        }

    def _leave(self, key: Key, envelope: Envelope) -> None:
        """Not consumed yet: live consuming will bring it."""
        self.tally.beyond += 1
        if key[0] in self._snapshots and self._marks.get(key, 0) > self._reached.get(key, 0):
            present = self._later.get(key)
            if present is None or present.sequence > envelope.sequence:
                self._later[key] = envelope

    async def _apply(self, key: Key, envelope: Envelope) -> None:
        await self._apply_one(envelope)
        self._reached[key] = envelope.sequence
        self.tally.applied += 1

    async def _apply_early(self, key: Key) -> None:
        waiting = self._early.get(key)
        while waiting and (envelope := waiting.pop(self._reached[key] + 1, None)) is not None:
            await self._apply(key, envelope)
        if not waiting:
            self._early.pop(key, None)
