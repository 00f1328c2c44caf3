"""The base of every HTTP model: what is not in the contract is refused, what was read does not change."""

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


class Schema(BaseModel):
    """A request or response body: snake_case, frozen, unknown fields are refused (`extra_forbidden`)."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, from_attributes=True, allow_inf_nan=False, str_strip_whitespace=False
    )
