from math import asin, cos, radians, sin, sqrt

from hypothesis import assume, given
from hypothesis import strategies as st

from services.catalog.domain.search_area import EARTH_KM, Box, Near

latitudes = st.floats(-90, 90)
longitudes = st.floats(-180, 180)


def km_between(one: Near, latitude: float, longitude: float) -> float:
    north = sin(radians(latitude - one.latitude) / 2) ** 2
    east = sin(radians(longitude - one.longitude) / 2) ** 2
    cosines = cos(radians(one.latitude)) * cos(radians(latitude))
    return 2 * EARTH_KM * asin(min(1.0, sqrt(north + cosines * east)))


def holds(box: Box, latitude: float, longitude: float) -> bool:
    beside = (
        longitude >= box.west or longitude <= box.east
        if box.crosses_antimeridian
        else box.west <= longitude <= box.east
    )
    return box.south <= latitude <= box.north and beside


@given(latitudes, longitudes, st.floats(1, 20_000), latitudes, longitudes)
def test_the_box_around_a_circle_holds_every_point_of_it(
    latitude: float, longitude: float, within_km: float, there: float, beside: float
) -> None:
    near = Near(latitude, longitude, within_km)
    assume(km_between(near, there, beside) < within_km * 0.999_999)
    assert holds(near.box(), there, beside)


def test_a_circle_over_the_antimeridian_has_a_box_over_it() -> None:
    box = Near(0, 179.5, 200).box()
    assert box.crosses_antimeridian
    assert holds(box, 0, -179.5)
    assert not holds(box, 0, 0)


def test_a_circle_over_a_pole_reaches_all_longitudes() -> None:
    assert holds(Near(89, 10, 200).box(), 89.5, -170)
