"""What the OpenAPI description allows and forbids, sent: no answer that it doesn't name, and never a fault of ours.

The short form: `EXAMPLES` for each address and each way. WIDA_TEST_EXAMPLES asks for more.
"""

import os
from collections import Counter

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from tests.api.systems import CAW, POLICE, report, token
from wida.wsgi import application

EXAMPLES = int(os.environ.get("WIDA_TEST_EXAMPLES", "12"))
CHECKS = [not_a_server_error, status_code_conformance, response_schema_conformance]


@pytest.fixture
def stays_connected():
    """As with Django's own client: the connection of a test outlives a request."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_no_answer_is_a_fault_of_ours_or_unnamed(issuer, settings, stays_connected):
    settings.WIDA_API = settings.WIDA_API | {"per_minute": 1_000_000}
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    bearers = {"police": token(issuer, POLICE), "information": token(issuer, CAW)}
    statuses = Counter()

    def judge(case):
        answer = case.call(headers={"Authorization": f"Bearer {bearers[_kind(case)]}"})
        statuses[case.method, answer.status_code] += 1
        case.validate_response(answer, checks=CHECKS)

    for found in schema.get_all_operations():
        operation = found.ok()
        for mode in GenerationMode:

            @given(case=operation.as_strategy(generation_mode=mode))
            @examples(
                max_examples=EXAMPLES, deadline=None, derandomize=True, database=None,
                suppress_health_check=list(HealthCheck),
            )  # fmt: skip
            def send(case):
                judge(case)

            send()
        if operation.method == "post":
            for body in (report(), {"reports": [report("TG.43.L3.000573/26")]}):
                judge(operation.Case(body=body, media_type="application/json"))

    assert statuses["POST", 202] >= 2
    assert statuses["POST", 422] > 0
    assert {status for _method, status in statuses} <= {200, 202, 400, 401, 403, 404, 405, 409, 422}


def _kind(case) -> str:
    return "police" if "police-reports" in case.path else "information"
