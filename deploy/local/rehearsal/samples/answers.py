"""Answers to the form of a call, whatever the form asks: known fields get a text that fits the applicant."""

from collections.abc import Mapping
from typing import Any

from deploy.local.rehearsal.samples.applicant import Applicant

SHORTEST_TEXT = "Sample."
_TEXTS = {
    "background": "The city council asked for this after two years of complaints.",
    "needs_of_the_city": "More inhabitants every year on streets and mains of the last century.",
    "expected_outcome": "Fewer complaints, measured before and after in the same three quarters.",
    "urban_problem": "도심 세 개 구역에서 해마다 되풀이되는 문제입니다.",
    "solution": "국내에서 두 해 운영한 장치와 소프트웨어를 현지 여건에 맞추어 설치합니다.",
    "market_entry": "실증 이듬해부터 현지 협력기관과 함께 이웃 도시 다섯 곳에 제안합니다.",
}


def answers_to(form: Mapping[str, Any], applicant: Applicant) -> dict[str, Any]:
    """An answer for every property of ``form`` that is required or known here.

    ``form`` is a JSON Schema of an object. Raises ``LookupError`` for a required property of no known sort.
    """
    known = _known(applicant)
    required = form.get("required", ())
    return {
        name: known[name] if name in known else _by_sort(name, schema)
        for name, schema in form.get("properties", {}).items()
        if name in known or name in required
    }


def _known(applicant: Applicant) -> dict[str, Any]:
    texts = {name: f"{text} ({applicant.theme})" for name, text in _TEXTS.items()}
    return texts | {
        "area_km2": f"{applicant.number * 3 + 5}.5",
        "population": applicant.number * 41_000 + 60_000,
        "related_plans": [f"City plan of {applicant.place.en} to 2035 (sample)"],
        "labour_share": f"0.{20 + applicant.number % 20}",
        "matching_funds_krw": applicant.number * 2_500_000,
        "participants": [{"name": f"보기협력사 {applicant.number}", "country_iso2": "KR"}],
    }


def _by_sort(name: str, schema: Mapping[str, Any]) -> Any:
    if schema.get("enum"):
        return schema["enum"][0]
    match schema.get("type"):
        case "string" if "pattern" not in schema:
            return SHORTEST_TEXT.ljust(schema.get("minLength", 0), ".")[: schema.get("maxLength", 1000)]
        case "integer":
            return schema.get("minimum", 0)
        case "boolean":
            return True
        case "array" if not schema.get("minItems"):
            return []
        case _:
            raise LookupError(f"the rehearsal has no sample answer for {name}: {schema}")
