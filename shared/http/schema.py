"""The base of every HTTP model: what is not in the contract is refused, what was read does not change."""

import re
from datetime import date
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError


def _only_text(value: Any) -> Any:
    """Pydantic would take a number for seconds since 1970, digits in a text too, and a day for its midnight."""
    if isinstance(value, int | float) or (isinstance(value, str) and "T" not in value.upper()):
        raise PydanticCustomError("datetime_type", "Input should be a date and time with its zone (RFC 3339)")
    return value


Instant = Annotated[AwareDatetime, BeforeValidator(_only_text)]
"""A date and time of a request: text with its zone, as the contract says (RFC 3339)."""


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _only_a_day(value: Any) -> Any:
    """Pydantic would take a number for seconds since 1970, and an instant of midnight for its day."""
    if (isinstance(value, str) and not _DAY.fullmatch(value)) or isinstance(value, int | float):
        raise PydanticCustomError(
            "date_type", "Input should be a day, as in 2025-06-02 (RFC 3339, full-date)"
        )
    return value


Day = Annotated[date, BeforeValidator(_only_a_day)]
"""A day of a request."""


class Schema(BaseModel):
    """A request or response body: snake_case, frozen, unknown fields are refused (`extra_forbidden`)."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, from_attributes=True, allow_inf_nan=False, str_strip_whitespace=False
    )
