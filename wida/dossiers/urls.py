from django.urls import path

from wida.dossiers import views

app_name = "dossiers"
urlpatterns = [
    path("dossiers/", views.list, name="list"),
    path("dossiers/search/", views.search_dossiers, name="search"),
    path("dossiers/new/", views.new, name="new"),
    path("dossiers/start/", views.start, name="start"),
    path("dossiers/hide-names/", views.hide_names, name="hide_names"),
    path("tasks/", views.tasks, name="tasks"),
    path("dossiers/<number:number>/", views.overview_page, name="overview"),
    path("dossiers/<number:number>/head/", views.edit_head, name="edit_head"),
    path("dossiers/<number:number>/steps/<slug:name>/", views.step, name="step"),
]
