"""Where a tool cannot be brought, it is said aloud, and CI fails."""

import sys
from pathlib import Path

import pytest

from deploy.contract.__main__ import main


class TestMissingTool:
    @pytest.mark.parametrize(("options", "failed"), [([], True), (["--skip-missing-tools"], False)])
    def test_is_told_and_fails_unless_it_may_be_missing(
        self,
        options: list[str],
        failed: bool,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))
        monkeypatch.setenv("KCITY_LOCAL_FOLDER", str(tmp_path))
        monkeypatch.setattr(sys, "argv", ["deploy.contract", "lint", *options])
        with pytest.raises(SystemExit) as ended:
            main()
        assert ended.value.code is failed
        assert "lint WAS NOT DONE: npm is not on this machine" in capsys.readouterr().err
