"""The addresses. Each room lists its own; `/healthz` is answered by `wida.health` before any of these."""

from django.urls import include, path
from django.views.generic.base import RedirectView

import wida.dossiers.converters  # noqa: F401 - so that `<number:number>` is known

DOSSIER = "dossiers/<number:number>/"

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="dossiers:list")),
    path("accounts/", include("wida.accounts.urls")),
    path("", include("wida.dossiers.urls")),
    path("referrals/", include("wida.referrals.house_urls")),
    path("consults/", include("wida.consults.urls")),
    path("referrals/", include("wida.api.house_urls")),
    path("meetings/", include("wida.meetings.house_urls")),
    path("access/", include("wida.access.house_urls")),
    path("legend/", include("wida.risk.house_urls")),
    path("destruction/", include("wida.closure.house_urls")),
    path("policy-signals/", include("wida.plans.house_urls")),
    path("", include("wida.figures.urls")),
    path("", include("wida.audit.house_urls")),
    path(DOSSIER, include("wida.access.urls")),
    path(DOSSIER, include("wida.audit.urls")),
    path(DOSSIER, include("wida.referrals.urls")),
    path(DOSSIER, include("wida.people.urls")),
    path(DOSSIER, include("wida.situation.urls")),
    path(DOSSIER, include("wida.risk.urls")),
    path(DOSSIER, include("wida.sharing.urls")),
    path(DOSSIER, include("wida.meetings.urls")),
    path(DOSSIER, include("wida.plans.urls")),
    path(DOSSIER, include("wida.closure.urls")),
    path(DOSSIER, include("wida.attachments.urls")),
    path(DOSSIER, include("wida.inspection.urls")),
    path("api/v1/", include("wida.api.urls")),
    path("drafts/", include("wida.drafts.urls")),
    path("web/", include("wida.web.urls")),
]

handler400 = "wida.web.errors.bad_request"
handler403 = "wida.web.errors.forbidden"
handler404 = "wida.web.errors.not_found"
handler500 = "wida.web.errors.server_error"
