"""The pages for what goes wrong. They read nothing from the database, which may be what went wrong."""

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wida.accounts import stepup
from wida.api.problems import PREFIX, RETRY_AFTER, problem
from wida.database import is_gone


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "web/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "web/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "web/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Whatever failed, in the view or in a layer around it. Without the database nothing is possible, for a moment."""
    status = 503 if is_gone(sys.exception()) else 500
    if request.path_info.startswith(PREFIX):
        return problem(status)
    answer = render(None, f"web/{status}.html", status=status)
    if status == 503:
        answer["Retry-After"] = RETRY_AFTER
    return answer


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Named in the settings. `reason` is for developers: the reader gets a way out instead.

    Who signed in again in another window sends a form of before: it is given back to send once more.
    """
    if stepup.typed(request) and stepup.from_here(request):
        return stepup.hold(request, why="again", status=403)
    return render(request, "web/csrf.html", status=403)
