import pytest

from shared.auth.caller import Caller, Role
from shared.errors import Forbidden


class TestCaller:
    def test_without_the_role_is_told_which_one_is_needed(self) -> None:
        caller = Caller("a", frozenset({Role.APPLICANT}))
        with pytest.raises(Forbidden, match="ministry_officer, operator"):
            caller.must_be(Role.OPERATOR, Role.MINISTRY_OFFICER)

    def test_from_a_secretariat_oversees_its_own_track_only(self) -> None:
        kind = Caller("a", frozenset({Role.SECRETARIAT_OFFICER}), tracks=frozenset({"planning"}))
        assert kind.oversees("planning")
        assert not kind.oversees("demonstration")

    def test_from_the_ministry_oversees_both_tracks(self) -> None:
        ministry = Caller("a", frozenset({Role.MINISTRY_OFFICER}))
        assert ministry.oversees("planning")
        assert ministry.oversees("demonstration")

    def test_with_a_track_but_no_office_oversees_nothing(self) -> None:
        assert not Caller("a", frozenset({Role.REVIEWER}), tracks=frozenset({"planning"})).oversees(
            "planning"
        )
