"""Around every request of a system: who it is, how often it asked, and one body for whatever goes wrong."""

from django.conf import settings

from wida.accounts import attempts
from wida.accounts.address import address_of
from wida.api import senders, tokens
from wida.api.problems import PREFIX, Refusal, problem
from wida.audit.actions import record as audit

OPEN = (f"{PREFIX}docs", f"{PREFIX}openapi.json")
WRONG_TOKENS = 30  # of one address in a quarter of an hour: enough to tell that somebody tries


def systems(get_response):
    """Before the transaction of the request: asking the issuer for its keys holds no row, and what is refused counts.

    No cookie counts here; only a bearer token says who asks.
    """

    def middleware(request):
        if not request.path_info.startswith(PREFIX):
            return get_response(request)
        try:
            if request.path_info not in OPEN:
                _know(request)
            answer = get_response(request)
        except Refusal as refusal:
            return refusal.answer()
        described = request.path_info in OPEN and answer.status_code < 400
        return answer if described or _is_ours(answer) else _uniform(answer)

    return middleware


def _know(request) -> None:
    request.sender = request.bearer = None
    try:
        request.bearer = tokens.read(request.headers.get("Authorization", ""))
        request.sender = senders.of(request.bearer)
        _count(request)
        _weigh(request)
    except Refusal as refusal:
        if refusal.status in (401, 403):
            _note(request, refusal)
        raise


def _count(request) -> None:
    """The first request too many of a minute is worth recording."""
    over, seconds = senders.count(request.sender)
    if over == 1:
        request.denials.append(lambda: audit("refused", by=request.sender.actor, detail="too_many"))
    if over > 0:
        raise Refusal(429, Retry_After=seconds)


def _weigh(request) -> None:
    """Refused by what it says of its size, before anything of it is read."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdigit() and int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        raise Refusal(413)


def _note(request, refusal: Refusal) -> None:
    """Recorded as `refused` with the kind of the fault; but not for ever, for who goes on trying."""
    key = attempts.key_of("api_token", address_of(request))
    tried, seconds = attempts.add(key)
    if tried > WRONG_TOKENS:
        raise Refusal(429, Retry_After=max(1, seconds))
    request.denials.append(lambda: audit("refused", detail=str(refusal)))


def _is_ours(answer) -> bool:
    return answer.headers.get("Content-Type", "").startswith("application/json")


def _uniform(answer):
    """What the framework refused, in our words: a method, a body that can't be read, an address that nobody knows (for
    which it would have sent a browser to sign in).
    """
    fresh = problem(answer.status_code if answer.status_code >= 400 else 404)
    if "Allow" in answer:
        fresh["Allow"] = answer["Allow"]
    return fresh
