"""Which of intake's requests are dear, told before their route is known."""

import pytest
from fastapi import FastAPI

from services.intake.endpoints import documents, submissions
from shared.limits import Cost
from shared.limits.classes import Tariff


class TestCosts:
    @pytest.mark.parametrize(
        ("method", "path", "cost"),
        [
            ("POST", "/v1/applications/1/submission", Cost.SUBMISSIONS),
            ("POST", "/v1/applications/1/documents", Cost.UPLOADS),
            ("GET", "/v1/applications/1/documents", Cost.READS),
            ("DELETE", "/v1/documents/1", Cost.WRITES),
            ("POST", "/v1/applications/1/submission/more", Cost.WRITES),
        ],
    )
    def test_of_a_request_follow_its_address(self, method: str, path: str, cost: Cost) -> None:
        app = FastAPI()
        app.include_router(submissions.desk_router)
        app.include_router(documents.router)
        assert Tariff(app).cost_of(method, path, known=True) is cost
