"""Korean or English, by what the reader's program says it prefers."""

from services.catalog.pages.words import Language

LONGEST = 1000


def preferred_language(header: str) -> Language:
    """By Accept-Language (RFC 9110, 12.5.4): English for readers of neither, Korean when nothing is said."""
    if not header.strip():
        return "ko"
    weights: dict[str, float] = {}
    for part in header[:LONGEST].split(","):
        tag, _, parameters = part.strip().partition(";")
        primary = tag.strip().lower().partition("-")[0]
        weights[primary] = max(weights.get(primary, 0.0), _quality(parameters))
    return "ko" if weights.get("ko", 0.0) > weights.get("en", 0.0) else "en"


def _quality(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return min(1.0, max(0.0, float(value)))
    except ValueError:
        return 0.0
