"""Sectors come from published titles alone."""

import pytest

from services.catalog.domain.project import Fact
from services.catalog.domain.sector import NAMES, Sector, SectorBasis, Sectors, derived_from
from services.catalog.domain.text import Bilingual
from services.catalog.tests.made import shipped_list


@pytest.mark.parametrize(
    ("ko", "en", "sectors"),
    [
        ("교통관리체계 구축", None, {Sector.MOBILITY}),
        (None, "Traffic management system", {Sector.MOBILITY}),
        ("폐기물관리 솔루션", None, {Sector.WASTE}),  # the letters of 물관리 stand in it
        ("스마트 물 관리", None, {Sector.WATER}),
        ("폐기물-에너지 연계", "Waste-to-energy linkage", {Sector.ENERGY, Sector.WASTE}),
        ("소리 기반 노면 결빙대응", "Sound-based response to road icing", {Sector.MOBILITY, Sector.SAFETY}),
        (None, "Broadcast centre", set()),
    ],
)
def test_a_title_names_its_sectors_in_either_language(
    ko: str | None, en: str | None, sectors: set[Sector]
) -> None:
    found = derived_from(Bilingual(ko, en))
    assert set(found.values if found else ()) == sectors
    assert found is None or found.basis is SectorBasis.TITLE


def test_no_title_gives_no_sector() -> None:
    assert derived_from(None) is None


def test_both_languages_of_the_list_name_the_same_sectors() -> None:
    for project in shipped_list():
        if project.title is not None and project.title.ko and project.title.en:
            korean = derived_from(Bilingual(project.title.ko, None))
            assert korean == derived_from(Bilingual(None, project.title.en)), project.title


def test_what_did_korea_do_for_traffic_in_vietnam() -> None:
    found = [
        project.number
        for project in shipped_list()
        if project.country is not None
        and project.country.iso2 == "VN"
        and Sector.MOBILITY in (project.sectors.values if project.sectors else ())
    ]
    assert found == [17]


def test_what_somebody_states_stands_before_what_is_derived() -> None:
    project = shipped_list()[16]
    assert project.value(Fact.SECTORS) == Sectors((Sector.MOBILITY,), SectorBasis.TITLE)
    assert Sectors.stated([Sector.WASTE, Sector.SAFETY]).values == (Sector.SAFETY, Sector.WASTE)


def test_every_sector_has_a_name_in_both_languages() -> None:
    assert set(NAMES) == set(Sector)
    assert all(len(name.texts) == 2 for name in NAMES.values())
