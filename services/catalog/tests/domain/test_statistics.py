from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from services.catalog.countries import country_of
from services.catalog.domain.project import ProjectState, ProjectType
from services.catalog.domain.statistics import PUBLISHED, Tally, statistics_of
from services.catalog.tests.made import shipped_list


def tallies_of_the_list() -> list[Tally]:
    counted = Counter(
        (project.state, project.type, project.selection_year, project.country) for project in shipped_list()
    )
    return [Tally(*key, projects=number) for key, number in counted.items()]


TALLIES = st.lists(
    st.builds(
        Tally,
        state=st.sampled_from(ProjectState),
        type=st.sampled_from(ProjectType),
        selection_year=st.integers(2020, 2030),
        country=st.sampled_from([None, country_of("VN"), country_of("CI"), country_of("ID")]),
        projects=st.integers(1, 20),
    )
)


class TestStatistics:
    def test_stands_counted_numbers_beside_the_published_ones(self) -> None:
        totals = {
            total.measure: (total.published.value, total.completed.value, total.selected.value)
            for total in statistics_of(tallies_of_the_list()).totals
        }
        assert totals == {
            "projects": (49, 49, 0),
            "countries": (26, 25, 0),
            "development_plan": (18, 11, 0),
            "solution_plan": (16, 11, 0),
            "plan": (None, 12, 0),
            "demonstration": (15, 15, 0),
        }

    def test_published_numbers_add_up(self) -> None:
        plans_and_demonstrations = [
            PUBLISHED[measure] or 0 for measure in ("development_plan", "solution_plan", "demonstration")
        ]
        assert sum(plans_and_demonstrations) == PUBLISHED["projects"]

    def test_gives_each_number_a_basis_in_both_languages_and_a_source(self) -> None:
        for total in statistics_of([]).totals:
            for figure in (total.published, total.completed, total.selected):
                assert figure.basis.ko
                assert figure.basis.en
                assert figure.source

    def test_keeps_selected_projects_apart(self) -> None:
        announced = Tally(ProjectState.SELECTED, ProjectType.DEMONSTRATION, 2025, country_of("CI"), 2)
        before, after = (
            statistics_of(tallies_of_the_list()),
            statistics_of([*tallies_of_the_list(), announced]),
        )
        assert [total.completed for total in before.totals] == [total.completed for total in after.totals]
        assert [total.published for total in before.totals] == [total.published for total in after.totals]
        assert after.totals[0].selected.value == 2
        assert (before.countries_added.value, after.countries_added.value) == (0, 1)

    def test_tells_of_no_year_before_it_has_a_project(self) -> None:
        assert [row.selection_year for row in statistics_of(tallies_of_the_list()).by_year] == [
            2020,
            2021,
            2022,
            2023,
            2024,
        ]

    def test_puts_projects_without_a_published_country_last(self) -> None:
        last = statistics_of(tallies_of_the_list()).by_country[-1]
        assert last.country is None
        assert last.completed.projects == 2

    @given(TALLIES)
    def test_rows_and_types_add_up_to_the_totals(self, tallies: list[Tally]) -> None:
        found = statistics_of(tallies)
        values = {total.measure: total for total in found.totals}
        for rows in (found.by_year, found.by_country):
            assert sum(row.completed.projects for row in rows) == values["projects"].completed.value
            assert sum(row.selected.projects for row in rows) == values["projects"].selected.value
        for side in ("completed", "selected"):
            by_type = [getattr(values[kind.value], side).value for kind in ProjectType]
            assert sum(by_type) == getattr(values["projects"], side).value
