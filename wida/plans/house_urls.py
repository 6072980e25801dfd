"""What families taught policy, apart from any dossier."""

from django.urls import path

from wida.plans.views import policy

app_name = "house_plans"
urlpatterns = [path("", policy.policy_signals, name="policy_signals")]
