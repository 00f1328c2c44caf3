"""What every model shares: strict in what it sends, lenient in what it reads."""

from typing import Any, Final

from pydantic import (
    BaseModel,
    ConfigDict,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    field_validator,
)

ANSWER: Final = {"reading": "an answer"}
"""Validation context of what the service says, as opposed to what a caller builds."""

_UNKNOWN_WORD = frozenset({"literal_error", "none_required"})


class Model(BaseModel):
    """Frozen; a misspelt member is refused when you build one, an unknown one is ignored when the service sends it.

    Within a version the contract only grows: a word that a later version added to an enumeration is kept as it is
    when it stands in an answer, so give every ``match`` over such a member a last branch.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    @field_validator("*", mode="wrap")
    @classmethod
    def _keep_later_words(
        cls, value: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo
    ) -> Any:
        try:
            return handler(value)
        except ValidationError as error:
            later = isinstance(value, str) and {one["type"] for one in error.errors()} <= _UNKNOWN_WORD
            if info.context is ANSWER and later:
                return value
            raise
