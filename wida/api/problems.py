"""Saying no to a system: one body for every refusal, and each is recorded."""

from collections.abc import Iterable

from django.http import HttpResponse, JsonResponse

PREFIX = "/api/v1/"
RETRY_AFTER = "5"  # seconds
WORDS = {
    400: ("bad_request", "The request can't be read"),
    401: ("no_token", "A bearer token of the configured issuer is asked for"),
    403: ("forbidden", "Not allowed"),
    404: ("not_found", "There is nothing here for you"),
    405: ("method_not_allowed", "This address doesn't know that method"),
    409: ("conflict", "It stands otherwise now"),
    413: ("too_large", "The body is too large"),
    422: ("faults", "Some fields have faults"),
    429: ("too_many", "Too many requests: wait as many seconds as Retry-After says"),
    500: ("failed", "Something went wrong here: nothing was kept, send it again later"),
    503: ("not_now", "Not possible at this moment: nothing was kept, send it again later"),
}


class Refusal(Exception):
    """Ends a request with a problem. `headers` go along."""

    def __init__(
        self, status: int, code: str = "", message: str = "", *, faults: Iterable[dict] = (), **headers
    ):
        super().__init__(code or WORDS[status][0])
        self.status, self.code, self.message = status, code, message
        self.faults, self.headers = (
            list(faults),
            {name.replace("_", "-"): str(v) for name, v in headers.items()},
        )

    def answer(self) -> HttpResponse:
        return problem(self.status, self.code, self.message, faults=self.faults, headers=self.headers)


def problem(
    status: int,
    code: str = "",
    message: str = "",
    *,
    faults: Iterable[dict] = (),
    headers: dict | None = None,
) -> HttpResponse:
    usual_code, usual_message = WORDS.get(status, ("refused", "Refused"))
    body = {
        "status": status,
        "code": code or usual_code,
        "message": message or usual_message,
        "faults": list(faults),
    }
    answer = JsonResponse(body, status=status, headers=headers)
    if status == 401:
        answer["WWW-Authenticate"] = 'Bearer error="invalid_token"' if code else "Bearer"
    if status in (500, 503):
        answer.headers.setdefault("Retry-After", RETRY_AFTER)
    return answer


def pointer(*place: object) -> str:
    """A JSON pointer (RFC 6901)."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in place)


def faults_of(errors: list[dict]) -> list[dict]:
    """What pydantic found, without repeating what was sent. The names of our own parameters and tags are no place."""
    found = []
    for error in errors:
        where, *place = error["loc"]
        if where == "body":
            place = [part for part in place if part not in ("sent", "report", "batch")]
        else:
            place = [where, *place]
        found.append({"pointer": pointer(*place), "code": error["type"], "message": error["msg"]})
    return found
