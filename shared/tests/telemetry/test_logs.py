import json
import logging
from typing import Any

import pytest
import structlog
from pydantic import BaseModel, ValidationError

from shared.telemetry.logs import WITHHELD, configure_logging, safe_traceback


class Contact(BaseModel):
    age: int


def logged(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.fixture(autouse=True)
def configured() -> None:
    configure_logging()


class TestLogs:
    def test_are_one_json_object_a_line_also_from_libraries(self, capsys: pytest.CaptureFixture[str]) -> None:
        structlog.get_logger().info("ours", count=1)
        logging.getLogger("theirs").warning("two\nlines %s", 2)
        ours, theirs = logged(capsys)
        assert (ours["event"], ours["count"], ours["level"]) == ("ours", 1, "info")
        assert (theirs["event"], theirs["logger"], theirs["level"]) == ("two\nlines 2", "theirs", "warning")

    def test_withhold_what_must_not_be_there(self, capsys: pytest.CaptureFixture[str]) -> None:
        structlog.get_logger().info("mail", email="hong@example.org", token="eyJ", message_id="m-1")
        (line,) = logged(capsys)
        assert (line["email"], line["token"], line["message_id"]) == (WITHHELD, WITHHELD, "m-1")

    def test_do_not_repeat_themselves_when_set_up_twice(self, capsys: pytest.CaptureFixture[str]) -> None:
        configure_logging()
        logging.getLogger("theirs").warning("once")
        assert len(logged(capsys)) == 1

    def test_keep_the_chain_of_errors_without_the_values_they_quote(self) -> None:
        try:
            try:
                Contact.model_validate({"age": "Hong Gildong"})
            except ValidationError as error:
                raise RuntimeError("the contact could not be read") from error
        except RuntimeError as error:
            text = safe_traceback(error)
        assert "RuntimeError: the contact could not be read" in text
        assert "ValidationError" in text
        assert "Hong Gildong" not in text.replace('{"age": "Hong Gildong"}', "")
