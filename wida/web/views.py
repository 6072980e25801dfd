"""Pages that are about WIDA itself, and the gallery of its parts."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from wida.accounts.middleware import public
from wida.web import gallery as invented


@public
def help(request: HttpRequest) -> HttpResponse:
    return render(request, "web/help.html")


@public
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "web/privacy.html")


@public
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "web/accessibility.html")


@public
def shortcuts(request: HttpRequest) -> HttpResponse:
    return render(request, "web/shortcuts.html")


@public
def gallery(request: HttpRequest, page: str = "parts") -> HttpResponse:
    """Every part of the screens with invented data, for who builds or tests them; not in production."""
    if settings.PRODUCTION or page not in invented.PAGES:
        raise Http404
    form = invented.GalleryForm(invented.ANSWERS if "faults" in request.GET else None)
    return render(request, f"web/gallery/{page}.html", {**invented.data(page), "form": form})
