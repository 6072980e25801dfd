"""What keeps a page with this person, here, for this moment; and what is refused before anything is read."""

import logging

from django.http import HttpResponse, HttpResponseForbidden, HttpResponseNotAllowed

logger = logging.getLogger(__name__)

METHODS = ("GET", "HEAD", "POST")
REPORTS = "/csp-report"
LONGEST_REPORT = 10_000


def private(get_response):
    """Nothing of a page is kept by a browser or proxy, and no other site can embed any answer.

    Static files come with their own Cache-Control and keep it.
    """

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware


def strict(get_response):
    """Refuses methods that no page has, and what another site's page asks for: only a link or a bookmark opens a page.

    Takes the reports of browsers that refused something by our policy, too.
    """

    def middleware(request):
        if request.path_info == REPORTS:
            return _report(request)
        if request.method not in METHODS and not request.path_info.startswith("/api/"):
            return HttpResponseNotAllowed(METHODS)
        if _is_foreign(request):
            return HttpResponseForbidden()
        return get_response(request)

    return middleware


def _is_foreign(request) -> bool:
    """Browsers say from where a request came; whoever says nothing is an old browser or no browser."""
    if request.headers.get("Sec-Fetch-Site") not in ("cross-site", "same-site"):
        return False
    followed_a_link = (
        request.method in ("GET", "HEAD")
        and request.headers.get("Sec-Fetch-Mode") == "navigate"
        and request.headers.get("Sec-Fetch-Dest") == "document"
    )
    return not followed_a_link


def _report(request) -> HttpResponse:
    """That something was refused is worth a line; what the browser tells of it names dossiers, so it is not read."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if 0 < int(request.META.get("CONTENT_LENGTH") or 0) <= LONGEST_REPORT:
        logger.warning("a browser refused something by the content security policy")
    return HttpResponse(status=204)
