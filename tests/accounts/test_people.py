"""What a functional administrator does with accounts, and what nobody else can."""

import re

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.accounts.test_login import sign_in
from tests.accounts.test_second_factor import enrol
from wida.access.walls.identity import walled
from wida.access.walls.roles import OWNER
from wida.accounts.first import link_for
from wida.accounts.models import Membership, Organisation, User
from wida.audit.models import Event
from wida.demo.organisations import PASSWORD

ADMIN, LOGIN = "admin.team", "liaison.caw-limburg"
NEW = "vier paarden op een dak"


def house_admin() -> Client:
    """An administrator of the Safe Home of Limburg alone."""
    member = cast.member("administrative.limburg")
    Membership.objects.filter(pk=member.pk).update(role="functioneel_beheerder")
    return cast.signed_in("administrative.limburg")


def change(client: Client, user: User, what: str):
    return client.post(reverse("accounts:change_person", args=[user.pk]), {"what": what})


def test_an_account_from_nothing_to_its_first_dossier_list(house):
    client = cast.signed_in(ADMIN)
    organisation = Organisation.objects.get(name="CAW Limburg")

    added = client.post(reverse("accounts:add_person"), {"name": "Bo Cox", "login": "bo.cox"})
    user = User.objects.get(login="bo.cox")
    given = client.post(
        added["Location"], {"organisation": str(organisation.pk), "role": "contactpersoon", "function": "x"}
    )
    page = change(client, user, "invite").content.decode()
    link = re.search(r"<code>http://testserver(/accounts/invitation/[\w-]{43}/)</code>", page)[1]
    visitor = Client()
    weak = visitor.post(link, {"password": "kort", "again": "kort"})
    chosen = visitor.post(link, {"password": NEW, "again": NEW})
    again = visitor.post(link, {"password": PASSWORD, "again": PASSWORD})
    sign_in(visitor, "bo.cox", NEW)

    assert (added.status_code, given.status_code, weak.status_code, chosen.status_code) == (
        303,
        303,
        422,
        303,
    )
    assert again.status_code == 404
    assert visitor.get("/dossiers/").status_code == 200
    assert [e.action for e in Event.objects.filter(row=user.pk).order_by("at")] == [
        "account_made", "invited", "password_changed",
    ]  # fmt: skip


def test_a_link_of_two_days_ago_and_an_earlier_one_no_longer_count(house):
    client, user = cast.signed_in(ADMIN), cast.member(LOGIN).user
    links = [re.search(r"/accounts/invitation/[\w-]{43}/", change(client, user, "invite").content.decode())[0]
             for _ in range(2)]  # fmt: skip

    assert [Client().get(link).status_code for link in links] == [404, 200]
    user.invitations.update(expires_at="2026-01-01T00:00Z")
    assert Client().get(links[1]).status_code == 404


def test_a_reset_passes_by_no_second_factor(house):
    enrol(cast.signed_in(LOGIN))
    user = cast.member(LOGIN).user
    page = change(cast.signed_in(ADMIN), user, "invite").content.decode()
    visitor = Client()
    visitor.post(re.search(r"/accounts/invitation/[\w-]{43}/", page)[0], {"password": NEW, "again": NEW})

    assert sign_in(visitor, LOGIN, NEW)["Location"] == reverse("accounts:second_factor")


@pytest.mark.parametrize("what", ["disable", "end_sessions"])
def test_what_an_administrator_ends_ends_at_once(house, what):
    theirs = cast.signed_in(LOGIN)
    enrol(theirs)

    change(cast.signed_in(ADMIN), cast.member(LOGIN).user, what)

    assert theirs.get("/dossiers/").status_code == 302


def test_a_role_is_ended_and_given_again(house):
    client, member = cast.signed_in(ADMIN), cast.member(LOGIN)
    theirs = cast.signed_in(LOGIN)

    client.post(reverse("accounts:end_membership", args=[member.user_id, member.pk]))
    ended = theirs.get("/dossiers/").status_code
    client.post(
        reverse("accounts:add_membership", args=[member.user_id]),
        {"organisation": str(member.organisation_id), "role": member.role},
    )

    assert ended == 302
    assert cast.signed_in(LOGIN).get("/dossiers/").status_code == 200


def test_a_partner_gets_no_role_of_a_safe_home(house):
    member = cast.member(LOGIN)

    answer = cast.signed_in(ADMIN).post(
        reverse("accounts:add_membership", args=[member.user_id]),
        {"organisation": str(member.organisation_id), "role": "coordinator"},
    )

    assert answer.status_code == 422
    assert member.user.memberships.count() == 1


def test_an_administrator_of_a_house_manages_its_people_alone(house):
    client = house_admin()
    page = client.get(reverse("accounts:people")).content.decode()
    near, far = cast.member(LOGIN).user, cast.member("liaison.caw-antwerpen").user

    assert str(near.pk) in page
    assert str(far.pk) not in page
    assert client.get(reverse("accounts:person", args=[near.pk])).status_code == 200
    assert client.get(reverse("accounts:person", args=[far.pk])).status_code == 404
    assert change(client, far, "disable").status_code == 404
    assert User.objects.get(pk=far.pk).is_active


def test_nobody_manages_their_own_account(house):
    client, own = cast.signed_in(ADMIN), cast.member(ADMIN).user

    assert client.get(reverse("accounts:person", args=[own.pk])).status_code == 404
    assert client.get(reverse("accounts:add_membership", args=[own.pk])).status_code == 404


@pytest.mark.parametrize("login", ["coordinator.limburg", LOGIN, "central.team", "auditor.team"])
def test_nobody_else_manages_accounts(house, login):
    client, user = cast.signed_in(login), cast.member("liaison.ocmw-limburg").user

    for answer in (
        client.get(reverse("accounts:people")),
        client.get(reverse("accounts:person", args=[user.pk])),
        client.post(reverse("accounts:add_person"), {"name": "x", "login": "x"}),
        change(client, user, "disable"),
    ):
        assert answer.status_code == 403
    assert Event.objects.filter(action="refused", detail="manage_accounts").count() == 4


def test_changing_an_account_asks_a_fresh_sign_in(house):
    client, user = cast.signed_in(ADMIN), cast.member(LOGIN).user
    session = client.session
    session["confirmed_at"] = 0
    session.save()

    assert change(client, user, "disable").status_code == 422
    assert User.objects.get(pk=user.pk).is_active


def test_the_command_line_invites_the_first_administrator(house, settings):
    settings.PRODUCTION, settings.ALLOWED_HOSTS = True, ["wida.example", "testserver"]

    with (
        walled(OWNER),
        connection.cursor() as cursor,
    ):  # as the command: the application makes no organisations
        cursor.execute("select set_config('wida.migrating', 'on', true)")
        link = link_for(login="an", name="An Peeters", organisation="Beheer", role="functioneel_beheerder")

    assert re.fullmatch(r"https://wida\.example/accounts/invitation/[\w-]{43}/", link)
    user = User.objects.get(login="an")
    assert (user.has_usable_password(), user.memberships.get().role) == (False, "functioneel_beheerder")
    with pytest.raises(ImproperlyConfigured, match="give --name"):
        link_for(login="bo", name=None, organisation=None, role="functioneel_beheerder")
    with pytest.raises(ImproperlyConfigured, match="does not exist at"):
        link_for(login="an", name=None, organisation="CAW Limburg", role="coordinator")
    settings.WIDA_LOCAL_ACCOUNTS = False
    with pytest.raises(ImproperlyConfigured, match="local accounts are off"):
        link_for(login="an", name=None, organisation=None, role="functioneel_beheerder")
    assert sign_in(Client(), LOGIN).status_code == 200
