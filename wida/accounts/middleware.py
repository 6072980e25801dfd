"""Who is asking: the signed-in professional in the organisation they chose."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils.crypto import constant_time_compare

from wida.access.walls.identity import act_as, says_who
from wida.accounts import keeping, stepup
from wida.accounts.codes import Role
from wida.accounts.models import Membership, User
from wida.records.statements import prepared


def public(view):
    """Marks a view as open to somebody who isn't signed in. Openness is the exception that is written down."""
    view.public = True
    return view


def without_organisation(view):
    """Marks a view as open to somebody signed in who did not choose an organisation yet."""
    view.without_organisation = True
    return view


def before_second_factor(view):
    """Marks a view as open to somebody who still has to add a second factor."""
    view.before_second_factor = True
    return view


def unattended(view):
    """Marks a view that a page asks by itself: it keeps no session alive."""
    view.unattended = True
    return view


def actor(get_response):
    """Sets `request.user` and `request.actor` with one statement, which also tells the second wall who asks. Every view
    but the marked ones needs both.
    """

    def middleware(request):
        request.user, request.actor = _who(request.session)
        view = _view(request)
        if request.user.is_authenticated:
            if not getattr(view, "unattended", False):
                request.session.touch()
            if keeping.lacks_factor(request) and not _opens_before(view):
                return HttpResponseRedirect(reverse("accounts:profile"))
        if request.actor or getattr(view, "public", False):
            return get_response(request)
        if getattr(view, "without_organisation", False) and request.user.is_authenticated:
            return get_response(request)
        if stepup.typed(request) and stepup.from_here(request):
            return stepup.hold(request, why="ended", status=403)
        if not request.user.is_authenticated:
            after = (
                urlencode({"next": request.get_full_path()})
                if request.method == "GET" and request.path != "/"
                else ""
            )
            return HttpResponseRedirect(reverse("accounts:login") + (f"?{after}" if after else ""))
        return HttpResponseRedirect(reverse("accounts:organisation"))

    return middleware


def _opens_before(view) -> bool:
    return getattr(view, "before_second_factor", False) or getattr(view, "public", False)


def _view(request):
    try:
        return resolve(request.path_info).func
    except Resolver404:
        return None


def _who(session):
    """The user and the Actor of a session; a password changed elsewhere or an ended membership ends it at once."""
    user_id, membership_id = session.get(SESSION_KEY), session.get("membership")
    if not user_id:
        return AnonymousUser(), None
    if membership_id:
        organisation = session.get("organisation")
        found = _membership(UUID(membership_id), UUID(user_id), UUID(organisation) if organisation else None)
        membership = found[0] if found else None
        if membership and _same_password(session, membership.user):
            return membership.user, membership.actor
        act_as(None)
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user and _same_password(session, user):
        return user, None
    return AnonymousUser(), None


@prepared
def _membership(membership_id: UUID, user_id: UUID, organisation_id: UUID | None) -> QuerySet:
    """A session that the provider opened for an organisation never works for another."""
    bound = {"organisation_id": organisation_id} if organisation_id else {}
    return (
        Membership.objects.current()
        .filter(pk=membership_id, user_id=user_id, **bound)
        .exclude(role=Role.CONNECTION)
        .select_related("user", "organisation__safe_home")
        .annotate(said=says_who())
    )


def _same_password(session, user: User) -> bool:
    return constant_time_compare(session.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash())
