"""The alerts: PromQL that parses, metrics that our processes really show, runbook sections that stand there."""

import importlib
import re
from pathlib import Path
from typing import Any

import promql_parser
import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from deploy.operator.doctor import services, workers
from shared.settings import API_PORTS, SERVICES, WORKER_PORTS
from shared.telemetry.metrics import exposition

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "deploy/prometheus"
ALERTS = yaml.safe_load((FOLDER / "alerts.yml").read_text())
RULES: list[dict[str, Any]] = [rule for group in ALERTS["groups"] for rule in group["rules"]]
OF_PROMETHEUS = {"up"}
AGGREGATED = re.compile(r"(?:max|sum|min) by \(([^)]*)\)")


def selectors(expression: str) -> list[promql_parser.VectorSelector]:
    """Every selector of an expression. Raises ``ValueError`` when it does not parse."""
    found: list[promql_parser.VectorSelector] = []

    def note(node: object) -> bool:
        if isinstance(node, promql_parser.VectorSelector):
            found.append(node)
        return True

    promql_parser.walk(promql_parser.parse(expression), note)
    return found


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as they are made on the web: lower case, hyphens for spaces."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def shown_metrics() -> set[str]:
    """The samples that a process shows which has all our code imported; real processes are asked in the journey."""
    for service in SERVICES:
        for half in ("main", "worker"):
            importlib.import_module(f"services.{service}.{half}")
    families = text_string_to_metric_families(exposition()[0].decode())
    return {f"{one.name}_total" if one.type == "counter" else one.name for one in families}


class TestAlerts:
    @pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule["alert"]))
    def test_each_parses_and_asks_for_metrics_that_we_show(self, rule: dict[str, Any]) -> None:
        asked = {selector.name for selector in selectors(rule["expr"])}
        assert asked
        assert asked - OF_PROMETHEUS <= shown_metrics()

    @pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule["alert"]))
    def test_each_says_how_bad_it_is_and_what_to_do(self, rule: dict[str, Any]) -> None:
        assert set(rule) <= {"alert", "expr", "for", "labels", "annotations"}
        assert rule["labels"]["severity"] in ("warning", "critical")
        page, _, anchor = rule["annotations"]["runbook"].partition("#")
        assert anchor == rule["alert"].lower()
        assert anchor in anchors(ROOT / page)

    @pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule["alert"]))
    def test_a_summary_uses_labels_that_the_expression_keeps(self, rule: dict[str, Any]) -> None:
        kept = AGGREGATED.search(rule["expr"])
        labels = set(kept[1].replace(" ", "").split(",")) if kept else {"service", "job", "instance"}
        used = set(re.findall(r"\$labels\.(\w+)", rule["annotations"]["summary"]))
        assert used <= labels

    def test_no_name_stands_twice(self) -> None:
        names = [rule["alert"] for rule in RULES]
        assert sorted(set(names)) == sorted(names)

    def test_an_expression_with_a_mistake_is_seen(self) -> None:
        with pytest.raises(ValueError, match="parenthesis"):
            selectors("max by (service) (kcity_outbox_rows")
        assert {one.name for one in selectors("kcity_outbox_row > 1")} - shown_metrics() == {
            "kcity_outbox_row"
        }


class TestScraping:
    def test_reads_every_process_with_the_labels_that_the_alerts_use(self) -> None:
        sample = yaml.safe_load((FOLDER / "prometheus.yml").read_text())
        assert sample["rule_files"] == ["alerts.yml"]
        read = {
            (job["job_name"], one["labels"]["service"], target)
            for job in sample["scrape_configs"]
            for one in job["static_configs"]
            for target in one["targets"]
        }
        apis = {("kcity-api", name, f"{name}-api:{port}") for name, port in API_PORTS.items()}
        assert read == apis | {
            ("kcity-worker", name, f"{name}-worker:{port}") for name, port in WORKER_PORTS.items()
        }


class TestDoctor:
    def test_sends_nobody_to_a_section_that_is_not_there(self) -> None:
        source = "".join(Path(str(module.__file__)).read_text() for module in (services, workers))
        sent = set(re.findall(r"\{RUNBOOK\}#(\w+)", source))
        assert sent
        assert sent <= anchors(ROOT / services.RUNBOOK)
