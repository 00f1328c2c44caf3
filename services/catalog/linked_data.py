"""The catalogue in the words of others: GeoJSON (RFC 7946), schema.org, DCAT-AP 3. Addresses are those of the front door.

Texts are said in each language in which they are published; ``in_language`` leaves one, for a page that has one.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from services.catalog.domain.entry import Entry
from services.catalog.domain.facets import Facets
from services.catalog.domain.project import Project
from services.catalog.domain.sector import NAMES
from services.catalog.domain.text import Bilingual
from services.catalog.domain.topics import TYPE_NAMES

GEOJSON, JSON_LINES, JSON_LD = "application/geo+json", "application/jsonl", "application/ld+json"
JSON = "application/json"
MINISTRY = Bilingual("국토교통부", "Ministry of Land, Infrastructure and Transport")
_TITLE = Bilingual("K-City Network 사업 카탈로그", "K-City Network project catalogue")
_DESCRIPTION = Bilingual(
    "K-City Network로 지원한 해외 스마트시티 사업 목록: 2020~2024년에 선정되어 완료된 사업과 그 뒤에 선정이 공고된 사업. "
    "공개 자료에 없는 값은 비어 있음.",
    "Smart-city projects abroad that the K-City Network supported: those selected from 2020 to 2024 and completed, and "
    "those announced as selected since. Values that no public text gives are left out.",
)
_RIGHTS = Bilingual(
    "이 데이터의 이용 허락 조건은 아직 공표되지 않았음. 좌표는 GeoNames(geonames.org)의 것으로 CC BY 4.0을 따름.",
    "No licence of this data set has been published yet. Positions are from GeoNames (geonames.org), CC BY 4.0.",
)
_PROVENANCE = Bilingual(
    "사실마다 공개 출처의 주소를 함께 제공함. 분야(sectors)는 공표된 제목에서 유도한 것으로 누구도 공표하지 않았음.",
    "Every fact has the addresses of its public sources. Sectors are derived from the published titles; nobody "
    "published them.",
)
_EU = "http://publications.europa.eu/resource/authority"
_IANA = "https://www.iana.org/assignments/media-types"
FILES: Mapping[str, tuple[str, Bilingual]] = {
    "": (JSON, Bilingual("JSON, 쪽 단위", "JSON, page by page")),
    ".csv": ("text/csv", Bilingual("CSV", "CSV")),
    ".xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Bilingual("엑셀", "Excel workbook"),
    ),
    ".geojson": (GEOJSON, Bilingual("GeoJSON", "GeoJSON")),
    ".jsonl": (JSON_LINES, Bilingual("JSON Lines", "JSON Lines")),
}
"""How the projects can be taken along, by what their address ends in: media type and name."""
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
SCHEMA_ORG = "https://schema.org"
Json = dict[str, Any]
Language = Literal["ko", "en"]


def feature_of(project: Project, properties: Json) -> Json:
    """A GeoJSON feature; ``geometry`` is null where nobody knows the place."""
    at = project.position
    point = {"type": "Point", "coordinates": [at.longitude, at.latitude]} if at else None
    return {"type": "Feature", "id": str(project.id), "geometry": point, "properties": properties}


def project_in_schema_org(entry: Entry, base: str) -> Json:
    """A project as schema.org describes one. ``base``: where the catalogue is, as in https://host/catalog."""
    of = entry.project
    address = f"{base}/v1/projects/{of.id}"
    kind = TYPE_NAMES[of.type]
    reference = of.id if of.number is None else of.number
    topics = [NAMES[sector] for sector in of.sectors.values] if of.sectors else []
    said: Json = {
        "@context": SCHEMA_ORG,
        "@type": "Project",
        "@id": address,
        "url": address,
        "mainEntityOfPage": [f"{base}/{language}/projects/{reference}" for language in ("ko", "en")],
        "identifier": str(reference),
        "name": _texts(of.title),
        "description": [
            {"@language": "ko", "@value": f"{of.selection_year}년 선정, {kind.ko}"},
            {"@language": "en", "@value": f"Selected in {of.selection_year}: {kind.en}"},
        ],
        "keywords": [text for topic in topics for text in topic.texts],
        "location": _place(of),
        "parentOrganization": {"@type": "Organization", "name": "K-City Network"},
        "sponsor": _ministry(),
        "funding": _grant(of),
        "member": [
            {"@type": "Organization", "name": _texts(name)} for name in (of.organisation, of.partner) if name
        ],
        "subjectOf": [{"@type": "CreativeWork", "url": source} for source in of.sources],
    }
    return {name: value for name, value in said.items() if value not in (None, [])}


def data_set_in_schema_org(base: str) -> Json:
    """The data set as schema.org describes one, for search engines; data portals read ``data_set``."""
    return {
        "@context": SCHEMA_ORG,
        "@type": "Dataset",
        "@id": f"{base}/v1/dataset",
        "url": f"{base}/",
        "name": _texts(_TITLE),
        "description": _texts(_DESCRIPTION),
        "isAccessibleForFree": True,
        "creator": _ministry(),
        "usageInfo": {"@type": "CreativeWork", "text": _texts(_RIGHTS)},
        "distribution": [
            {
                "@type": "DataDownload",
                "name": _texts(name),
                "encodingFormat": media_type,
                "contentUrl": f"{base}/v1/projects{ending}",
            }
            for ending, (media_type, name) in FILES.items()
        ],
    }


def in_language(told: Any, language: Language) -> Any:
    """The same with each text in ``language`` alone, or in the other one where it is published only there."""
    if isinstance(told, dict):
        return {name: in_language(value, language) for name, value in told.items()}
    if not isinstance(told, list):
        return told
    texts = {one["@language"]: one["@value"] for one in told if isinstance(one, dict) and "@language" in one}
    if not texts:
        return [in_language(one, language) for one in told]
    return texts.get(language) or next(iter(texts.values()))


def data_set(facets: Facets, base: str) -> Json:
    """The data set as DCAT-AP 3 describes one. ``facets``: of the whole catalogue."""
    years = sorted(facets.years)
    return {
        "@context": _CONTEXT,
        "@id": f"{base}/v1/dataset",
        "@type": "dcat:Dataset",
        "dct:identifier": f"{base}/v1/dataset",
        "dct:title": _texts(_TITLE),
        "dct:description": _texts(_DESCRIPTION),
        "dct:publisher": {"@type": "foaf:Organization", "foaf:name": _texts(MINISTRY)},
        "dct:accessRights": {"@id": f"{_EU}/access-right/PUBLIC"},
        "dct:rights": {"@type": "dct:RightsStatement", "rdfs:label": _texts(_RIGHTS)},
        "dct:provenance": {"@type": "dct:ProvenanceStatement", "rdfs:label": _texts(_PROVENANCE)},
        "dct:accrualPeriodicity": {"@id": f"{_EU}/frequency/IRREG"},
        "dct:language": [{"@id": f"{_EU}/language/{code}"} for code in ("KOR", "ENG")],
        "dcat:theme": [{"@id": f"{_EU}/data-theme/{code}"} for code in ("REGI", "TRAN", "GOVE")],
        "dcat:keyword": [
            *_texts(Bilingual("스마트시티", "smart city")),
            *_texts(Bilingual("국제협력", "international co-operation")),
        ],
        "dcat:landingPage": {"@id": f"{base}/"},
        "dct:spatial": [
            {"@type": "dct:Location", "dct:identifier": country.iso2, "skos:prefLabel": _texts(country.name)}
            for country in sorted(facets.countries, key=lambda one: one.iso2)
        ],
        **({"dct:temporal": _period(years)} if years else {}),
        "dcat:distribution": [_distribution(base, ending, *described) for ending, described in FILES.items()],
    }


def _distribution(base: str, ending: str, media_type: str, title: Bilingual) -> Json:
    address = {"@id": f"{base}/v1/projects{ending}"}
    return {
        "@type": "dcat:Distribution",
        "dct:title": _texts(title),
        "dcat:accessURL": address,
        **({"dcat:downloadURL": address} if ending else {}),
        "dcat:mediaType": {"@id": f"{_IANA}/{media_type}"},
        "dct:rights": {"@type": "dct:RightsStatement", "rdfs:label": _texts(_RIGHTS)},
    }


def _period(years: Sequence[int]) -> Json:
    return {
        "@type": "dct:PeriodOfTime",
        "dcat:startDate": {"@type": "xsd:gYear", "@value": str(years[0])},
        "dcat:endDate": {"@type": "xsd:gYear", "@value": str(years[-1])},
    }


def _place(of: Project) -> Json | None:
    said: Json = {"@type": "Place", "name": _texts(of.city)}
    if of.country is not None:
        said["address"] = {"@type": "PostalAddress", "addressCountry": of.country.iso2}
    if (at := of.position) is not None:
        said["geo"] = {"@type": "GeoCoordinates", "latitude": at.latitude, "longitude": at.longitude}
    kept = {name: value for name, value in said.items() if value != []}
    return kept if len(kept) > 1 else None


def _ministry() -> Json:
    return {"@type": "GovernmentOrganization", "name": _texts(MINISTRY)}


def _grant(of: Project) -> Json | None:
    if of.support_krw is None:
        return None
    amount = {"@type": "MonetaryAmount", "currency": "KRW", "value": of.support_krw}
    return {"@type": "Grant", "amount": amount}


def _texts(text: Bilingual | None) -> list[Json]:
    written = (("ko", text.ko), ("en", text.en)) if text else ()
    return [{"@language": language, "@value": value} for language, value in written if value is not None]
