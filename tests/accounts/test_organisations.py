"""By which code ACM/IDM names an organisation: set by a central administrator alone."""

import pytest
from django.urls import reverse

from tests import cast
from tests.accounts.test_people import ADMIN, house_admin
from tests.events import events_of
from wida.accounts.models import Organisation
from wida.audit.models import Event

LIST = reverse("accounts:organisations")


def place(name: str = "CAW Limburg") -> str:
    return reverse("accounts:organisation_code", args=[Organisation.objects.get(name=name).pk])


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("0206.731.645", "0206731645"), ("ovo001234", "OVO001234"), ("128 041", "128041"), ("", "")],
)
def test_a_code_is_kept_as_acm_writes_it(house, typed, kept):
    client = cast.signed_in(ADMIN)
    Organisation.objects.filter(name="CAW Limburg").update(code="OVO009999")

    answer = client.post(place(), {"code": typed})

    assert (answer.status_code, answer["Location"]) == (303, LIST)
    assert Organisation.objects.get(name="CAW Limburg").code == kept
    assert (kept or "Code toevoegen") in client.get(LIST).content.decode()
    assert Event.objects.filter(action="organisation_named").count() == 1


@pytest.mark.parametrize(
    "typed", ["0206731646", "OVO12", "OVO00123A", "caw", "12", "٠٢٠٦٧٣١٦٤٥", "0206731645"]
)
def test_a_code_that_cannot_be_or_is_another_ones_is_not_kept(house, typed):
    Organisation.objects.filter(name="CAW Antwerpen").update(code="0206731645")

    answer = cast.signed_in(ADMIN).post(place(), {"code": typed})

    assert answer.status_code == 422
    assert typed in answer.content.decode()
    assert Organisation.objects.get(name="CAW Limburg").code.startswith("DEMO")


def test_nobody_but_a_central_administrator_says_who_comes_in(house):
    clients = [house_admin(), *(cast.signed_in(login) for login in ("coordinator.limburg", "central.team"))]

    for client in clients:
        assert (client.get(LIST).status_code, client.post(place(), {"code": "OVO001234"}).status_code) == (
            403,
            403,
        )
    assert Organisation.objects.get(name="CAW Limburg").code.startswith("DEMO")


def test_who_looked_at_the_codes_is_recorded(house):
    _page, looks = events_of(lambda: cast.signed_in("admin.team").get(LIST), action="listed")

    assert [(look.detail, look.user) for look in looks] == [
        ("organisation_codes", cast.actor("admin.team").user_id)
    ]
