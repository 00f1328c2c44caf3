"""Windows of counting."""

from hypothesis import given, settings
from hypothesis import strategies as st
from limits import parse

from shared.limits.windows import OwnTally, Windows


class Watch:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


class TestWindows:
    @settings(max_examples=30)
    @given(st.text(min_size=1, max_size=8), st.integers(1, 20), st.integers(1, 90))
    async def test_let_a_client_use_its_whole_limit_again_when_its_window_has_ended(
        self, client: str, amount: int, seconds: int
    ) -> None:
        watch = Watch()
        windows = Windows(OwnTally(watch), watch)
        limit = parse(f"{amount} per {seconds} seconds")
        for _round in range(3):
            standing = await windows.count(limit, "reads", client)
            assert (standing.used, standing.remaining) == (1, amount - 1)
            watch.now += standing.resets_in_seconds - 1
            assert (await windows.count(limit, "reads", client)).used == 2
            watch.now += 1

    async def test_of_many_clients_end_at_different_moments(self) -> None:
        watch = Watch()
        windows = Windows(OwnTally(watch), watch)
        limit = parse("5/minute")
        ends = {
            (await windows.count(limit, "reads", f"c{number}")).resets_in_seconds for number in range(300)
        }
        assert len(ends) > 50
        assert ends <= set(range(1, 61))


class TestOwnTally:
    async def test_forgets_clients_that_stay_away(self) -> None:
        watch = Watch()
        tally = OwnTally(watch)
        for number in range(1000):
            await tally.add(f"c{number}", 60)
        for _ in range(3):
            watch.now += 61
            await tally.add("the last", 60)
        assert len(tally._present) + len(tally._former) <= 2

    async def test_goes_on_counting_a_window_that_began_in_the_former_generation(self) -> None:
        watch = Watch()
        tally = OwnTally(watch)
        assert [await tally.add("a", 60) for _ in range(2)] == [1, 2]
        watch.now += 61
        assert await tally.add("b", 60) == 1
        assert await tally.add("a", 60) == 3
