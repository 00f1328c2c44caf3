"""A contract that differs from the released one says so, in its version and in the change log."""

from typing import Any

import pytest

from deploy.contract.versions import CHANGES, RELEASED, complaints, entries, read
from shared.http.openapi import MERGED

LOG = "# What changed\n\n## 1.1.0 (not released yet)\n\n## 1.0.0 (22 November 2026)\n"


def document(version: str, **more: Any) -> dict[str, Any]:
    return {"info": {"version": version}, **more}


class TestVersions:
    def test_of_the_present_contract_are_in_order(self) -> None:
        log = CHANGES.read_text(encoding="utf-8")
        assert complaints(read(MERGED), read(RELEASED), log) == []

    def test_are_read_from_the_change_log(self) -> None:
        assert entries(LOG) == [(1, 1, 0), (1, 0, 0)]

    def test_are_accepted_when_a_later_one_differs(self) -> None:
        assert complaints(document("1.1.0", paths={}), document("1.0.0"), LOG) == []

    @pytest.mark.parametrize(
        ("present", "log", "complaint"),
        [
            (document("1.0.0", paths={}), LOG.replace("## 1.1.0", "## x"), "needs a later version"),
            (document("1.2.0"), LOG, "newest entry"),
            (document("1.1.0"), LOG.replace("1.0.0", "0.9.0"), "no entry for the released version"),
            (document("1.0.0"), "## 1.0.0\n\n## 1.1.0\n", "do not fall"),
            (document("1.1.0"), "", "newest entry"),
        ],
        ids=["same version", "no entry", "released one forgotten", "wrong order", "empty log"],
    )
    def test_are_refused(self, present: dict[str, Any], log: str, complaint: str) -> None:
        assert any(complaint in one for one in complaints(present, document("1.0.0"), log))
