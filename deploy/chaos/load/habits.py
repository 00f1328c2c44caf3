"""How clients repeat themselves: patiently, never, again after success, twice at once, or with a key used before."""

import asyncio
import random
from dataclasses import replace
from enum import Enum

from deploy.chaos.load.client import Client, Told, Wish


class Habit(Enum):
    """What a client does with one act."""

    PATIENT = "repeats until it knows"
    GIVES_UP = "never repeats"
    REPEATS = "repeats although it knows"
    TWINS = "asks twice at once"

    @classmethod
    def of(cls, chance: random.Random) -> "Habit":
        """One by its weight."""
        return chance.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]


WEIGHTS = {Habit.PATIENT: 68, Habit.GIVES_UP: 10, Habit.REPEATS: 10, Habit.TWINS: 12}
"""How many of 100 acts are done in which way."""


async def act(client: Client, wish: Wish, habit: Habit) -> Told:
    """Do it in the way of ``habit``: what is known in the end. A client that gives up leaves it unknown."""
    match habit:
        case Habit.PATIENT:
            return await client.until_known(wish)
        case Habit.GIVES_UP:
            return await client.once(wish)
        case Habit.REPEATS:
            await client.until_known(wish)
            return await client.until_known(wish)
        case Habit.TWINS:
            first, second = await asyncio.gather(client.until_known(wish), client.until_known(wish))
            return first if first.acknowledged else second


async def use_key_again(client: Client, done: Wish, other: Wish) -> Told:
    """Ask for something else with a key that is used: it has to be refused and to do nothing."""
    return await client.until_known(replace(other, key=done.key))
