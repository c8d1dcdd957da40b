"""The ready dashboard asks for metrics that there are, and leaves none out."""

import json
import re
from pathlib import Path

from prometheus_client.metrics import MetricWrapperBase

from guidance import telemetry
from guidance.app.figures import FAILURES, LAST_WEBHOOK, WAITING, WORKER_SEEN

DASHBOARD = json.loads((Path(__file__).parents[2] / "docs" / "grafana.json").read_text("utf8"))
PACKAGE = Path(telemetry.__file__).parent
ENDINGS = re.compile(r"(_total|_bucket)$")


def test_every_metric_has_its_place_in_the_dashboard_and_no_other_is_asked_for():
    asked = {
        ENDINGS.sub("", name)
        for panel in DASHBOARD["panels"]
        for target in panel["targets"]
        for name in re.findall(r"guidance_\w+", target["expr"])
    }
    there = {one._name for one in vars(telemetry).values() if isinstance(one, MetricWrapperBase)}
    assert asked == there | {WAITING, FAILURES, LAST_WEBHOOK, WORKER_SEEN}


def test_every_metric_is_measured_somewhere():
    names = [name for name, one in vars(telemetry).items() if isinstance(one, MetricWrapperBase)]
    files = (path.read_text("utf8") for path in PACKAGE.rglob("*.py") if path != Path(telemetry.__file__))
    code = "\n".join(line for text in files for line in text.splitlines() if "import" not in line)
    assert [name for name in names if not re.search(rf"\b{name}\b", code)] == []
