"""The sample people."""

from deploy.local.people import sample_people
from shared.auth.caller import Role


class TestPeople:
    def test_cover_every_role_but_that_of_systems(self) -> None:
        assert {person.role for person in sample_people()} == set(Role) - {Role.SYSTEM}

    def test_are_clearly_samples_and_told_apart(self) -> None:
        people = sample_people()
        assert all(one.name.en.startswith("Sample ") and "(보기)" in one.name.ko for one in people)
        assert len({one.subject for one in people}) == len({one.username for one in people}) == len(people)
        for one in people:
            assert (one.organisation_id is not None) == (one.role is Role.APPLICANT)
            assert bool(one.tracks) == (one.role is Role.SECRETARIAT_OFFICER)
