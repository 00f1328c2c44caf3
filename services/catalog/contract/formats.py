"""The words of the catalogue's other formats."""

from typing import Any

from services.catalog.contract.projects import HAIPHONG
from services.catalog.contract.reading import UNCHANGED
from services.catalog.linked_data import GEOJSON, JSON_LD, JSON_LINES
from shared.http.contract.words import Answer, Audience, Described, one

_ADDRESS = f"https://k-city.example/catalog/v1/projects/{HAIPHONG['id']}"
_FEATURES = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "id": HAIPHONG["id"],
            "geometry": {"type": "Point", "coordinates": [106.68345, 20.86481]},
            "properties": HAIPHONG,
        }
    ],
}
_PROJECT = {
    "@context": "https://schema.org",
    "@type": "Project",
    "@id": _ADDRESS,
    "url": _ADDRESS,
    "identifier": "17",
    "name": [
        {"@language": "ko", "@value": "교통관리체계 구축"},
        {"@language": "en", "@value": "Traffic management system"},
    ],
}
_DATA_SET = {
    "@context": {"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/"},
    "@id": "https://k-city.example/catalog/v1/dataset",
    "@type": "dcat:Dataset",
    "dct:title": [{"@language": "en", "@value": "K-City Network project catalogue"}],
}


def _in(media_type: str, example: Any, summary: str) -> Described:
    return Described(
        Audience.PUBLIC,
        answers={200: Answer(headers=("ETag",), also={media_type: one(example, summary)}), 304: UNCHANGED},
    )


OPERATIONS: dict[str, Described] = {
    "exportProjectsGeojson": _in(GEOJSON, _FEATURES, "One project, in Viet Nam"),
    "exportProjectsJsonLines": _in(JSON_LINES, '{"number": 17}\n', "Shortened: one project, one member"),
    "getProjectJsonLd": _in(JSON_LD, _PROJECT, "Shortened: its names"),
    "getDataset": _in(JSON_LD, _DATA_SET, "Shortened: its title"),
}
KOREAN = {
    "exportProjectsGeojson": "사업 목록 GeoJSON 조회",
    "exportProjectsJsonLines": "사업 목록 JSON Lines 조회",
    "getProjectJsonLd": "사업 schema.org JSON-LD 조회",
    "getDataset": "데이터셋 설명(DCAT) 조회",
}
