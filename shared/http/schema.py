"""The base of every HTTP model: what is not in the contract is refused, what was read does not change."""

from pydantic import BaseModel, ConfigDict


class Schema(BaseModel):
    """A request or response body: snake_case, frozen, unknown fields are refused (`extra_forbidden`)."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, from_attributes=True, allow_inf_nan=False, str_strip_whitespace=False
    )
