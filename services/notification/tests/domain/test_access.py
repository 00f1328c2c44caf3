import pytest

from services.notification.domain.access import must_see, visible_tracks
from shared.auth.caller import Caller, Role, Track
from shared.errors import NotFound


def caller(*roles: Role, tracks: tuple[Track, ...] = ()) -> Caller:
    return Caller("someone", frozenset(roles), tracks=frozenset(tracks))


class TestVisibleTracks:
    def test_the_ministry_and_operators_see_both(self) -> None:
        for role in (Role.MINISTRY_OFFICER, Role.OPERATOR):
            assert visible_tracks(caller(role)) == ("planning", "demonstration")

    def test_a_secretariat_officer_sees_the_own_track(self) -> None:
        officer = caller(Role.SECRETARIAT_OFFICER, tracks=("planning",))
        assert visible_tracks(officer) == ("planning",)
        with pytest.raises(NotFound):
            must_see(officer, "demonstration")

    @pytest.mark.parametrize("role", [Role.APPLICANT, Role.REVIEWER])
    def test_nobody_else_sees_any(self, role: Role) -> None:
        assert visible_tracks(caller(role, tracks=("planning",))) == ()

    def test_a_system_sees_the_tracks_that_it_was_let_in_for(self) -> None:
        assert visible_tracks(caller(Role.SYSTEM, tracks=("planning",))) == ("planning",)
