import math
import re
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.catalog.countries import country_of
from services.catalog.domain.place import PlaceKind
from services.catalog.domain.shown import Place
from services.catalog.domain.text import Bilingual
from services.catalog.pages.views.addresses import Addresses
from services.catalog.pages.views.regions import region_name, region_of
from services.catalog.pages.views.wording import Wording
from services.catalog.pages.views.world_map import MOST_WITHOUT_POINT, land_paths, world_map
from services.catalog.pages.world.projection import HEIGHT, WIDTH, on_earth, on_map
from services.catalog.tests.made import shipped_list

KOREAN = Wording("ko")
HOME = Addresses("/ko/", "https://k-city.example", "ko")
LAST = 48


def place(name: str, point: tuple[float, float] | None, projects: int = 1, iso2: str | None = "VN") -> Place:
    country = country_of(iso2) if iso2 else None
    return Place(country, Bilingual(None, name), PlaceKind.CITY, point, projects, 17)


class TestProjection:
    @given(st.floats(-54, 78), st.floats(-180, 180))
    def test_there_and_back_is_the_same_point(self, latitude: float, longitude: float) -> None:
        found = on_earth(*on_map(latitude, longitude))
        assert found is not None
        apart = abs(found[1] - longitude) % 360
        assert math.isclose(found[0], latitude, abs_tol=1e-6)
        assert min(apart, 360 - apart) < 1e-6

    def test_the_corner_of_the_map_is_not_on_earth(self) -> None:
        assert on_earth(0, 0) is None

    def test_no_project_lies_outside_the_map(self) -> None:
        points = [one.position for one in shipped_list() if one.position]
        for point in points:
            x, y = on_map(point.latitude, point.longitude)
            assert 0 < x < WIDTH
            assert 0 < y < HEIGHT
        assert len(points) > 30


class TestLand:
    def test_every_country_of_a_project_has_land(self) -> None:
        codes = {one.country.iso2 for one in shipped_list() if one.country}
        assert {code for code in codes if not land_paths().get(code)} == set()

    def test_land_is_runs_of_dots_and_nothing_else(self) -> None:
        assert all(
            re.fullmatch(r"(M\d+(\.\d)? \d+(\.\d)?h\d+(\.\d)?)+", path) for path in land_paths().values()
        )

    @pytest.mark.parametrize(("latitude", "longitude", "iso2"), [(45.3, 34.3, "UA"), (36.5, 127.8, "KR")])
    def test_a_dot_counts_to_its_country(self, latitude: float, longitude: float, iso2: str) -> None:
        x, y = on_map(latitude, longitude)
        runs = [
            tuple(map(float, run)) for run in re.findall(r"M([\d.]+) ([\d.]+)h([\d.]+)", land_paths()[iso2])
        ]
        assert any(abs(top - y) < 6 and left - 6 < x < left + length + 6 for left, top, length in runs)


class TestWorldMap:
    def test_places_that_lie_close_together_are_one_mark(self) -> None:
        shown = world_map(
            [
                place("Hanoi", (21.03, 105.85), 2),
                place("Haiphong", (20.86, 106.68)),
                place("Lima", (-12, -77)),
            ],
            KOREAN,
            HOME,
        )
        assert [mark.projects for mark in shown.marks] == [3, 1]
        assert shown.marks[0].text == "Hanoi, Haiphong – 사업 3개"

    def test_a_place_of_one_project_leads_to_it_and_one_of_several_to_their_list(self) -> None:
        alone, several = world_map(
            [place("Hue", (16.46, 107.6)), place("Lima", (-12, -77), 2, "PE")], KOREAN, HOME
        ).marks[::-1]
        assert alone.address == "../ko/projects/17"
        assert several.address == "../ko/projects?country=PE&q=Lima"

    def test_what_has_no_point_is_listed_with_the_reason(self) -> None:
        region = Place(country_of("KG"), Bilingual("이식쿨", None), PlaceKind.REGION, None, 1, 24)
        shown = world_map([region, place("Dala", None), Place(None, None, None, None, 2, LAST)], KOREAN, HOME)
        assert shown.marks == ()
        assert shown.without_projects == 4
        assert [(one.name, one.why) for one in shown.without] == [
            ("키르기스스탄, 이식쿨", "지역 전체"),
            ("베트남, Dala", "공개된 좌표 없음"),
            ("국가·도시 미공표", ""),
        ]

    def test_tens_of_thousands_of_places_stay_one_page(self) -> None:
        many = [
            place(f"City {number}", (-50 + number % 120, -180 + number % 359), iso2="US")
            for number in range(20_000)
        ]
        shown = world_map([*many, *(place(f"Nowhere {n}", None) for n in range(500))], KOREAN, HOME)
        assert sum(mark.projects for mark in shown.marks) == 20_000
        assert len(shown.marks) < 2_500
        assert len(shown.without) == MOST_WITHOUT_POINT
        assert shown.more_without == 500 - MOST_WITHOUT_POINT

    def test_a_project_with_an_id_alone_has_an_address(self) -> None:
        own = Place(country_of("CI"), None, None, (5.3, -4.0), 1, UUID(int=7))
        assert world_map([own], KOREAN, HOME).marks[0].address == f"../ko/projects/{UUID(int=7)}"


class TestRegions:
    def test_every_country_of_a_project_is_in_a_region_with_a_name(self) -> None:
        for iso2 in {one.country.iso2 for one in shipped_list() if one.country}:
            region = region_of(iso2)
            assert region is not None
            assert region_name(region, "ko") != region_name(region, "en") != region
