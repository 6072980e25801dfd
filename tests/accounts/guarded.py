"""The addresses of WIDA with one sensitive page among them, for the tests of step-up."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path

from wida import urls
from wida.accounts.middleware import without_organisation
from wida.accounts.stepup import needs_fresh_sign_in


@without_organisation
@needs_fresh_sign_in
def sensitive(request):
    if request.method == "POST":
        if "wrong" in request.POST:
            return HttpResponse(request.POST.urlencode(), status=422)
        request.session["written"] = request.POST.dict()
        return HttpResponseRedirect("/sensitive/", status=303)
    return HttpResponse("the address")


urlpatterns = [*urls.urlpatterns, path("sensitive/", sensitive, name="sensitive")]
