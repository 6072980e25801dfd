"""Below `dossiers/<number>/`."""

from django.urls import path

from wida.people.views import children, family, known, merges, persons, reach, tab

app_name = "people"
urlpatterns = [
    path("people/", tab.people, name="people"),
    path("people/add/", persons.add_person, name="add_person"),
    path("people/<uuid:person_id>/edit/", persons.edit_person, name="edit_person"),
    path("people/<uuid:person_id>/history/", tab.history, name="history"),
    path("people/<uuid:person_id>/merge/", merges.merge_person, name="merge_person"),
    path("people/merges/<uuid:merge_id>/undo/", merges.undo_merge, name="undo_merge"),
    path("people/<uuid:person_id>/contacts/add/", reach.add_contact, name="add_contact"),
    path("people/contacts/<uuid:contact_id>/edit/", reach.edit_contact, name="edit_contact"),
    path("people/<uuid:person_id>/addresses/add/", reach.add_address, name="add_address"),
    path("people/addresses/<uuid:address_id>/edit/", reach.edit_address, name="edit_address"),
    path("people/addresses/<uuid:address_id>/reveal/", reach.reveal_address, name="reveal_address"),
    path("people/relations/add/", family.add_relation, name="add_relation"),
    path("people/relations/<uuid:relation_id>/edit/", family.edit_relation, name="edit_relation"),
    path("people/households/add/", family.add_household, name="add_household"),
    path("people/households/<uuid:household_id>/edit/", family.edit_household, name="edit_household"),
    path("people/residences/add/", family.add_residence, name="add_residence"),
    path("people/residences/<uuid:residence_id>/edit/", family.edit_residence, name="edit_residence"),
    path("people/custody/add/", family.add_custody, name="add_custody"),
    path("people/custody/<uuid:custody_id>/edit/", family.edit_custody, name="edit_custody"),
    path("people/<uuid:person_id>/panel/", children.edit_panel, name="edit_panel"),
    path("people/<uuid:person_id>/notes/add/", children.add_note, name="add_note"),
    path("people/notes/<uuid:note_id>/edit/", children.edit_note, name="edit_note"),
    path("people/<uuid:person_id>/grown-up/", children.grown_up, name="grown_up"),
    path("people/services/add/", children.add_service, name="add_service"),
    path("people/services/<uuid:service_id>/edit/", children.edit_service, name="edit_service"),
    path("people/known/", known.known, name="known"),
    path("people/<uuid:person_id>/same/<uuid:other_id>/", known.same_person, name="same_person"),
    path("people/comparisons/<uuid:comparison_id>/undo/", known.undo_comparison, name="undo_comparison"),
    path("people/withdraw/<slug:kind>/<uuid:record_id>/", tab.withdraw, name="withdraw"),
]
