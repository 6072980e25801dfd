from datetime import date

from django.urls import reverse

from tests import cast
from wida.accounts.models import SafeHome
from wida.plans.models import PolicySignal


def given(house: str, text: str, theme: str = "wachttijd") -> None:
    PolicySignal.objects.create(
        safe_home=SafeHome.objects.get(name=house), theme=theme, text=text, month=date(2026, 11, 1)
    )


def read(login: str, **query) -> str:
    return cast.signed_in(login).get(reverse("house_plans:policy_signals"), query).content.decode()


def test_the_central_team_reads_all_houses_and_a_coordinator_their_own(house):
    given("Limburg", "Geen plaats in het vluchthuis")
    given("Antwerpen", "Acht maanden wachten op een gesprek")

    assert "vluchthuis" in read("central.team")
    assert "Acht maanden" in read("central.team")
    assert "vluchthuis" in read("coordinator.limburg")
    assert "Acht maanden" not in read("coordinator.limburg")


def test_a_theme_can_be_chosen(house):
    given("Limburg", "Geen plaats in het vluchthuis", theme="huisvesting")
    given("Limburg", "Acht maanden wachten op een gesprek")

    page = read("central.team", theme="huisvesting")

    assert "vluchthuis" in page
    assert "Acht maanden" not in page


def test_nobody_else_reads_them(house):
    for login in ("liaison.caw-limburg", "casemanager.limburg", "auditor.team", "referrer.hospital-limburg"):
        assert cast.signed_in(login).get(reverse("house_plans:policy_signals")).status_code == 403
