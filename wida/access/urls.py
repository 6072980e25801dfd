from django.urls import path

from wida.access import pages

app_name = "access"
urlpatterns = [
    path("access/", pages.access, name="access"),
    path("access/mandates/add/", pages.add_mandate, name="add_mandate"),
    path("access/mandates/<uuid:mandate_id>/end/", pages.end_mandate, name="end_mandate"),
    path("access/blocks/add/", pages.add_block, name="add_block"),
    path("access/blocks/<uuid:block_id>/lift/", pages.lift_block, name="lift_block"),
]
