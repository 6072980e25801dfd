from django.urls import path

from wida.access import circle, pages

app_name = "access"
urlpatterns = [
    path("access/", pages.access, name="access"),
    path("access/mandates/add/", pages.add_mandate, name="add_mandate"),
    path("access/mandates/<uuid:mandate_id>/end/", pages.end_mandate, name="end_mandate"),
    path("access/blocks/add/", pages.add_block, name="add_block"),
    path("access/blocks/<uuid:block_id>/lift/", pages.lift_block, name="lift_block"),
    path("access/acquainted/", circle.acquainted, name="acquainted"),
    path("access/proposals/<uuid:proposal_id>/", circle.decide_proposal, name="decide_proposal"),
    path("access/emergencies/<uuid:mandate_id>/judge/", circle.judge_emergency, name="judge_emergency"),
    path("access/emergencies/end/", circle.end_emergency, name="end_emergency"),
    path("access/protect/", circle.protect, name="protect"),
    path("access/unprotect/", circle.unprotect, name="unprotect"),
    path("access/alerts/<uuid:alert_id>/seen/", circle.see_alert, name="see_alert"),
]
