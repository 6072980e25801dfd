"""The addresses for systems. Ninja reads and describes; who asks was decided before (middleware.py)."""

from typing import Annotated
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Body, Header, NinjaAPI, Path, Status
from ninja.errors import HttpError, ValidationError
from ninja.security import HttpBearer

from wida.access.walls.identity import act_as
from wida.accounts.codes import OrganisationType
from wida.api import reports, requests
from wida.api.problems import Refusal, faults_of, pointer, problem
from wida.api.schemas import (
    Batch,
    Contributed,
    Contribution,
    InformationRequests,
    OneOrMore,
    Problem,
    Receipt,
    Receipts,
)

REPORTS, REQUESTS = "wida:police-reports", "wida:information-requests"
REFUSALS = {status: Problem for status in (400, 401, 403, 404, 405, 413, 422, 429, 503)}


class Bearer(HttpBearer):
    """A token of the configured issuer, with the scope of the address."""

    def __init__(self, scope: str, *kinds: str):
        super().__init__()
        self.scope, self.kinds = scope, kinds

    def authenticate(self, request: HttpRequest, token: str):
        request.actor = request.sender.actor
        act_as(request.actor)
        if self.scope not in request.bearer.scopes:
            raise Refusal(403, "scope")
        if self.kinds and request.actor.organisation_type not in self.kinds:
            raise Refusal(403, "kind_of_organisation")
        return request.actor


api = NinjaAPI(
    title="WIDA",
    version="1",
    description="For the systems of the organisations that take part in a Safe Home.",
    urls_namespace="api",
    docs_url=None,
    openapi_url=None,
)
police, partner = Bearer(REPORTS, OrganisationType.POLICE), Bearer(REQUESTS)


@api.post(
    "police-reports",
    auth=police,
    response={202: Receipts, 409: Problem, **REFUSALS},
    url_name="police_reports",
    summary="Send one report of domestic violence, or a batch",
    tags=["Police"],
)
def send_police_reports(request: HttpRequest, sent: Body[OneOrMore]):
    """Each report that is acknowledged with a receipt is kept. Sent again with the same PV number, it gives the same
    receipt; the same number with other contents is refused (409): a later report has a number of its own.
    A batch is taken whole or not at all.
    """
    batch = isinstance(sent.root, Batch)
    try:
        taken = reports.receive(reports=sent.root.reports if batch else [sent.root], by=request.actor)
    except reports.Reused as reused:
        places = [pointer(*(("reports", place) if batch else ()), "pv_number") for place in reused.places]
        message = "This PV number was acknowledged before with other contents"
        raise Refusal(
            409,
            "pv_number_reused",
            faults=[{"pointer": place, "code": "pv_number_reused", "message": message} for place in places],
        ) from None
    receipts = [
        {
            "receipt": one.report.receipt,
            "pv_number": one.pv_number,
            "received_at": one.report.received_at,
            "repeated": one.repeated,
        }
        for one in taken
    ]
    return Status(202, {"receipts": receipts})


@api.get(
    "police-reports/{receipt}",
    auth=police,
    response={200: Receipt, **REFUSALS},
    url_name="police_report",
    summary="How a report stands",
    tags=["Police"],
)
def police_report(request: HttpRequest, receipt: Annotated[str, Path(max_length=20)]):
    """A receipt of another organisation doesn't exist here (404)."""
    found = reports.standing(receipt, request.actor)
    if found is None:
        raise Refusal(404)
    return found._asdict()


@api.get(
    "information-requests",
    auth=partner,
    response={200: InformationRequests, **REFUSALS},
    url_name="information_requests",
    summary="The questions that wait for an answer of your organisation",
    tags=["Partners"],
)
def information_requests(request: HttpRequest):
    """At most 100, what is due first stands first."""
    return {"requests": [question._asdict() for question in requests.waiting(request.actor)]}


@api.put(
    "information-requests/{uuid:request_id}/contribution",
    auth=partner,
    response={200: Contributed, 409: Problem, **REFUSALS},
    url_name="contribution",
    summary="Answer a question, or correct your answer",
    tags=["Partners"],
)
def contribution(
    request: HttpRequest,
    request_id: UUID,
    sent: Body[Contribution],
    idempotency_key: UUID = Header(..., alias="Idempotency-Key"),  # noqa: B008
):
    """Sent again with the same key, it gives the answer of the first time. 409 when somebody of your organisation
    answered meanwhile (look at `version`), or when the dossier's phase no longer allows it.
    """
    return requests.contribute(request, request_id, sent, key=idempotency_key)


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal):
    return refusal.answer()


@api.exception_handler(ValidationError)
def faulty(request: HttpRequest, error: ValidationError):
    return problem(422, faults=faults_of(error.errors))


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, error: HttpError):
    return problem(error.status_code)


@api.exception_handler(Http404)
def missing(request: HttpRequest, error: Http404):
    return problem(404)
