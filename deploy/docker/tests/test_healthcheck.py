"""``python -m shared.healthcheck``: what a container's health check runs."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from deploy.local.ports import free_port


class Answers(BaseHTTPRequestHandler):
    """Answers with the status that the path names."""

    def do_GET(self) -> None:
        self.send_response(int(self.path.strip("/")))
        self.end_headers()

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def exit_code(url: str) -> int:
    return subprocess.run([sys.executable, "-m", "shared.healthcheck", url], check=False).returncode


class TestHealthcheck:
    @pytest.mark.parametrize(("status", "code"), [(200, 0), (204, 0), (302, 1), (404, 1), (503, 1)])
    def test_is_healthy_only_when_the_answer_is_2xx(self, address: str, status: int, code: int) -> None:
        assert exit_code(f"{address}/{status}") == code

    def test_is_unhealthy_where_nothing_listens(self) -> None:
        assert exit_code(f"http://127.0.0.1:{free_port()}/health") == 1
