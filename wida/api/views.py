"""How systems find their way: the description for machines, and the same to read."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wida.accounts.middleware import public
from wida.api.description import operations, schema, shapes


@public
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    return JsonResponse(schema())


@public
@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Drawn here from the description: the usual pages for it fetch scripts that our policy refuses."""
    return render(request, "api/docs.html", {"operations": operations(), "shapes": shapes()})
