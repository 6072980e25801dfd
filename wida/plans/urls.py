from django.urls import path

from wida.plans import views

app_name = "plans"
urlpatterns = [
    path("plan/", views.plan, name="plan"),
    path("plan/record/", views.record_plan, name="record_plan"),
    path("plan/versions/<int:version_number>/", views.version, name="version"),
    path("plan/extracts/<uuid:person_id>/", views.extract, name="extract"),
    path("plan/goals/add/", views.add_goal, name="add_goal"),
    path("plan/goals/<uuid:goal_id>/", views.edit_goal, name="edit_goal"),
    path("plan/goals/<uuid:goal_id>/close/", views.close_goal, name="close_goal"),
    path("plan/gaps/<str:kind>/<str:subject>/set-aside/", views.set_aside, name="set_aside"),
    path("plan/set-asides/<uuid:aside_id>/take-up/", views.take_up, name="take_up"),
    path("plan/actions/add/", views.add_action, name="add_action"),
    path("plan/actions/<uuid:action_id>/", views.update_action, name="update_action"),
    path("plan/actions/<uuid:action_id>/agreement/", views.edit_action, name="edit_action"),
    path("plan/actions/<uuid:action_id>/accept/", views.accept_action, name="accept_action"),
    path("plan/safety-plans/add/", views.add_safety_plan, name="add_safety_plan"),
    path("plan/safety-plans/<uuid:plan_id>/", views.safety_plan, name="safety_plan"),
    path("plan/safety-plans/<uuid:plan_id>/edit/", views.edit_safety_plan, name="edit_safety_plan"),
    path("execution/", views.execution, name="execution"),
    path("execution/log/add/", views.add_entry, name="add_entry"),
    path("execution/log/<uuid:entry_id>/", views.edit_entry, name="edit_entry"),
    path("execution/case-manager/", views.assign_case_manager, name="assign_case_manager"),
    path("execution/signals/add/", views.add_signal, name="add_signal"),
]
