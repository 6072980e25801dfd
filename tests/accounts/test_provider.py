"""The provider as a hostile one: a real HTTP server that forges its answers. None of them lets anybody in."""

import re
import time
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.pages import Page
from wida.access.actions import give_mandate
from wida.access.models import BlockProposal, UserToken
from wida.access.rules import Ground
from wida.accounts import provider as client_side
from wida.accounts.fake_provider import CLIENT_ID, Provider, person
from wida.accounts.models import Membership, Organisation, User
from wida.audit.models import Event
from wida.dossiers.codes import Stage
from wida.people import matching
from wida.people.models import Person

CAW, HOUSE = "0206731645", "OVO009901"
ANN = person("persoon-1", "Ann", "Peeters", CAW, "contactpersoon")

FORGED = {
    "wrong signature": "token_bad_signature",
    "altered": "token_bad_signature",
    "unsigned": "token_unsupported_algorithm",
    "signed with the public key": "token_unsupported_algorithm",
    "not a token": "token_decode_error",
    "no id token": "no_id_token",
    "wrong audience": "claim_aud",
    "one audience too many": "claim_azp",
    "wrong issuer": "claim_iss",
    "metadata of another issuer": "wrong_issuer",
    "answer of another issuer": "wrong_issuer",
    "expired": "token_expired_token",
    "never expires": "claim_exp",
    "made in the future": "claim_iat",
    "nonce missing": "claim_nonce",
    "nonce replayed": "claim_nonce",
    "subject missing": "claim_sub",
    "userinfo of somebody else": "subject_swapped",
    "weak acr": "acr_weak",
    "acr missing": "acr_missing",
    "unknown key": "token_invalid_key_id",
    "key elsewhere": "token_invalid_key_id",
    "key inside": "token_bad_signature",
    "wrong state": "wrong_state",
    "cancelled": "cancelled",
    "citizen": "citizen",
    "broken": "provider_down",
    "moved": "provider_down",
}


@pytest.fixture
def provider(house, settings):
    Organisation.objects.filter(name="CAW Limburg").update(code=CAW)
    Organisation.objects.filter(name="Veilig Huis Limburg").update(code=HOUSE)
    with Provider([ANN]) as running:
        settings.WIDA_PROVIDER = running.settings()
        client_side.forget()
        yield running


def to_provider(client: Client, **query) -> str:
    """Where the provider sends the browser back to, with its answer."""
    sent = client.get(reverse("accounts:to_provider"), query)
    assert sent.status_code == 302
    answer = requests.get(sent["Location"], allow_redirects=False, timeout=10)
    back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"


def arrive(client: Client, **query):
    return client.get(to_provider(client, **query))


def test_the_right_answer_signs_in_for_the_organisation_it_names(provider):
    client = Client()

    answer = arrive(client, next="/tasks/")
    asked = provider.seen[0]

    assert (answer.status_code, answer["Location"]) == (303, "/tasks/")
    assert client.get("/tasks/").status_code == 200
    user = User.objects.get(issuer=provider.issuer, subject="persoon-1")
    assert (user.name, user.has_usable_password()) == ("Ann Peeters", False)
    membership = Membership.objects.get(user=user)
    assert (membership.organisation.name, membership.role, membership.from_provider) == (
        "CAW Limburg", "contactpersoon", True,
    )  # fmt: skip
    assert Event.objects.filter(action="signed_in", user=user.pk, detail="provider").count() == 1
    assert asked["client_id"] == CLIENT_ID
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    assert asked["acr_values"].split() == client_side.settings.WIDA_PROVIDER["acr"]
    assert len(asked["nonce"]) >= 43
    assert len(asked["state"]) >= 43
    assert len(asked["code_challenge"]) == 43


def test_the_number_that_the_provider_tells_keeps_its_bearer_out_and_stands_nowhere(provider):
    dossier = cast.at(cast.new_dossier(), Stage.EXECUTION)
    page = reverse("dossiers:overview", args=[dossier.number])
    number = "85073003328"
    person = Person.objects.of(dossier).first()
    person.national_number = number
    person.save(update_fields=["national_number"])
    matching.index(person)
    arrive(Client())
    ann = Membership.objects.get(user__subject="persoon-1")
    give_mandate(dossier=dossier, holder=ann, ground=Ground.INVITED, by=cast.actor("coordinator.limburg"))
    client = cast.signed_in("liaison.caw-limburg")  # who sat at this computer before
    arrive(client)
    assert client.get(page).status_code == 200

    provider.people = [ANN | {"rrn": number}]
    arrive(client)

    assert client.get(page).status_code == 404
    proposal = BlockProposal.objects.get()
    assert (proposal.user_id, proposal.by_number) == (ann.user_id, True)
    assert UserToken.objects.filter(user=ann.user_id).count() == 1
    arrive(client)
    assert UserToken.objects.filter(user=ann.user_id).count() == 1


@pytest.mark.parametrize("trick", FORGED)
def test_a_forged_answer_lets_nobody_in(provider, trick):
    client = Client()
    if trick == "nonce replayed":  # the nonce of an earlier, right sign-in
        arrive(Client())
    before = User.objects.count()
    provider.trick = trick

    unasked = trick == "metadata of another issuer"
    answer = client.get(reverse("accounts:to_provider")) if unasked else arrive(client)

    page = answer.content.decode()
    assert answer.status_code in (403, 503)
    assert re.search(r"Code: (\w+)", page)[1] == FORGED[trick]
    assert "Opnieuw aanmelden" in page
    assert User.objects.count() == before
    assert client.get("/dossiers/").status_code == 302
    assert {"other-keys": "asked"} not in provider.seen
    event = Event.objects.get(action="sign_in_refused")
    assert event.detail == FORGED[trick]


def test_an_answer_counts_once_and_only_in_the_browser_that_asked(provider):
    client, thief = Client(), Client()
    back = to_provider(client)

    stolen = thief.get(back)
    first = client.get(back)
    client.post(reverse("accounts:logout"))
    again = client.get(back)

    assert (stolen.status_code, first.status_code, again.status_code) == (403, 303, 403)
    assert "Code: wrong_state" in stolen.content.decode()


def test_a_code_without_its_verifier_is_refused_by_the_provider(provider):
    victim, thief = Client(), Client()
    code = parse_qs(urlsplit(to_provider(victim)).query)["code"][0]
    own = parse_qs(urlsplit(to_provider(thief)).query)

    answer = thief.get(
        reverse("accounts:from_provider"), {"code": code, "state": own["state"][0], "iss": own["iss"][0]}
    )

    assert "Code: code_refused" in answer.content.decode()


@pytest.mark.parametrize("trick", ["hangs", "drips"])
def test_a_provider_that_hangs_gives_a_plain_page_in_time(provider, settings, trick):
    settings.WIDA_PROVIDER = settings.WIDA_PROVIDER | {"seconds": 1}
    client = Client()
    back = to_provider(client)
    provider.trick = trick

    begin = time.monotonic()
    answer = client.get(back)

    assert time.monotonic() - begin < 5
    assert (answer.status_code, "Code: provider_down" in answer.content.decode()) == (503, True)
    assert "De aanmelddienst antwoordt niet" in answer.content.decode()


def test_a_provider_that_is_down_leaves_the_sign_in_page_working(provider, settings):
    settings.WIDA_PROVIDER = settings.WIDA_PROVIDER | {"issuer": "http://127.0.0.1:9/op"}
    client_side.forget()

    answer = Client().get(reverse("accounts:to_provider"))

    assert answer.status_code == 503
    assert Client().get(reverse("accounts:login")).status_code == 200


def test_a_new_key_of_the_provider_is_fetched_when_it_is_used(provider):
    arrive(Client())
    provider.key, provider.other_key = provider.other_key, provider.key
    provider.kid = "two"

    assert arrive(Client()).status_code == 303


@pytest.mark.parametrize(
    ("who", "code", "told"),
    [
        (person("p", "Bo", "Cox", "0999999999", "contactpersoon"), "unknown_organisation", "coördinator"),
        (person("p", "Bo", "Cox", CAW), "no_role", "toegangsbeheerder"),
        (person("p", "Bo", "Cox", CAW, "coordinator"), "no_role", "toegangsbeheerder"),
        (person("p", "Bo", "Cox", CAW, "onbekend"), "no_role", "toegangsbeheerder"),
        (person("p", "Bo", "Cox", CAW) | {"wida_rol_3d": [f"WIDA-contactpersoon:{HOUSE}"]}, "no_role", "toegang"),
        (person("p", "Bo", "Cox", CAW) | {"wida_rol_3d": {"vreemd": 1}}, "no_role", "toegangsbeheerder"),
        (person("p", "Bo", "Cox", "", "contactpersoon"), "no_organisation", "coördinator"),
        (person("p", "Bo", "Cox", CAW, "contactpersoon", group=""), "no_group", "coördinator"),
        (person("p", "Bo", "Cox", CAW, "contactpersoon", group="BUR"), "citizen", "1712"),
    ],
)  # fmt: skip
def test_who_has_no_place_here_is_told_whom_to_ask(provider, who, code, told):
    provider.people = [who]

    answer = arrive(Client())

    assert answer.status_code == 403
    assert f"Code: {code}" in answer.content.decode()
    assert told in answer.content.decode()
    assert not User.objects.filter(subject="p").exists()
    assert Event.objects.get(action="sign_in_refused").detail == code


def test_a_role_that_the_provider_takes_back_ends_at_once(provider):
    client = Client()
    arrive(client)
    assert client.get("/dossiers/").status_code == 200

    provider.people = [person("persoon-1", "Ann", "Peeters", CAW)]
    refused = arrive(Client())

    assert refused.status_code == 403
    assert client.get("/dossiers/")["Location"] == reverse("accounts:organisation")
    assert Event.objects.filter(action="membership_ended").count() == 1

    provider.people = [ANN]
    assert arrive(client).status_code == 303
    assert client.get("/dossiers/").status_code == 200
    assert Membership.objects.get(user__subject="persoon-1").ended_at is None


def test_a_first_sign_in_gives_no_dossier(provider):
    cast.new_dossier(by="liaison.caw-limburg")
    client = Client()
    arrive(client)

    dossier = cast.new_dossier(by="referrer.hospital-limburg")

    assert client.get(f"/dossiers/{dossier.number}/").status_code == 404


def test_an_account_never_merges_with_a_local_one(provider):
    local = User.objects.get(login="liaison.caw-limburg")
    provider.people = [ANN | {"sub": local.login, "vo_email": "x@example.org"}]

    arrive(Client())

    assert User.objects.get(subject=local.login).pk != local.pk


def test_a_session_works_for_the_organisation_of_its_sign_in_alone(provider):
    client = Client()
    arrive(client)
    user = User.objects.get(subject="persoon-1")
    other = Membership.objects.create(
        user=user, role="casusregisseur", valid_from="2024-04-18",
        organisation=Organisation.objects.get(code=HOUSE),
    )  # fmt: skip

    page = client.get(reverse("accounts:organisation")).content.decode()
    client.post(reverse("accounts:organisation"), {"membership": str(other.pk)})

    assert str(other.pk) not in page
    assert "CAW Limburg" in client.get("/dossiers/").content.decode()


def test_changing_organisation_signs_out_here_and_there(provider):
    client = Client()
    arrive(client)
    key = client.session.session_key

    answer = client.post(reverse("accounts:logout"), {"switch": "1"})
    requests.get(answer["Location"], allow_redirects=False, timeout=10)
    provider.people = [person("persoon-1", "Ann", "Peeters", HOUSE, "casusregisseur", group="GID")]
    arrive(client)

    sent = provider.seen[1]
    assert (sent["logout"], sent["switch"], sent["client_id"]) == ("1", "true", CLIENT_ID)
    assert sent["post_logout_redirect_uri"] == "http://testserver/accounts/login/"
    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert client.session.session_key != key
    assert "Veilig Huis Limburg" in client.get("/dossiers/").content.decode()


def stale(client: Client) -> None:
    session = client.session
    session["confirmed_at"] = 0
    session.save()


def test_a_fresh_sign_in_is_asked_of_the_provider(provider, settings):
    settings.ROOT_URLCONF = "tests.accounts.guarded"
    client = Client()
    arrive(client)
    stale(client)

    page = client.get(client.get("/sensitive/")["Location"]).content.decode()
    answer = arrive(client, fresh="1", next="/sensitive/")

    assert 'href="/accounts/provider/?next=%2Fsensitive%2F&amp;fresh=1"' in page
    assert (provider.seen[1]["prompt"], provider.seen[1]["max_age"]) == ("login", "0")
    assert provider.seen[1]["acr_values"].split() == settings.WIDA_PROVIDER["acr_fresh"]
    assert answer["Location"] == "/sensitive/"
    assert client.get("/sensitive/").content == b"the address"


@pytest.mark.parametrize(
    ("trick", "code"),
    [("old proof", "not_fresh"), ("no proof time", "not_fresh"), ("somebody", "somebody_else")],
)
def test_a_proof_that_is_old_or_of_somebody_else_freshens_nothing(provider, settings, trick, code):
    settings.ROOT_URLCONF = "tests.accounts.guarded"
    client = Client()
    arrive(client)
    stale(client)
    provider.trick = trick
    if trick == "somebody":
        provider.people = [ANN | {"sub": "persoon-2"}]

    answer = arrive(client, fresh="1", next="/sensitive/")

    assert f"Code: {code}" in answer.content.decode()
    assert client.get("/sensitive/").status_code == 302
    assert User.objects.filter(subject="persoon-2").count() == 0


def test_the_sign_in_page_offers_the_means_that_are_allowed(provider):
    page = Page(Client().get(reverse("accounts:login") + "?next=/tasks/?late=1"))

    offered = [link for link in page.links if link.startswith(reverse("accounts:to_provider"))]
    assert [parse_qs(urlsplit(link).query) for link in offered] == [
        {"with": [name], "next": ["/tasks/?late=1"]} for name in ("itsme", "eid", "csamtotp")
    ]


def test_a_tile_asks_for_its_own_means(provider):
    arrive(Client(), **{"with": "eid"})

    assert provider.seen[0]["acr_values"] == "urn:be:vlaanderen:authmech:eid"


def test_there_is_no_provider_unless_the_settings_name_one(house):
    assert Client().get(reverse("accounts:to_provider")).status_code == 404
    assert Client().get(reverse("accounts:from_provider")).status_code == 404


def test_the_fake_provider_does_not_run_in_production(settings):
    settings.PRODUCTION = True

    with pytest.raises(ImproperlyConfigured):
        Provider([ANN])
