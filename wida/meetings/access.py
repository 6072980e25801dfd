"""Who may read and run a point of a meeting, beyond the matrix."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import Http404, HttpResponse

from wida.access.queries import Opened
from wida.access.refusals import refuse
from wida.access.rules import SHARED, Part, Right
from wida.accounts.http import Request
from wida.meetings import queries
from wida.plans import access as plans


def reading(view: Callable) -> Callable:
    """Under `dossier_view`: opens the point and hands it to the view; 404 for who wasn't invited to it."""

    @wraps(view)
    def found(request: Request, opened: Opened, item_id: UUID, *args, **kwargs) -> HttpResponse:
        item = queries.item_for(opened, item_id)
        if item is None:
            raise Http404
        return view(request, opened, item, *args, **kwargs)

    return found


def writing(view: Callable) -> Callable:
    """The same for who writes. Only a dossier that was opened for sharing is talked about (decree art. 9)."""

    @wraps(view)
    def shared(request: Request, opened: Opened, *args, **kwargs) -> HttpResponse:
        only_while_shared(opened)
        return reading(view)(request, opened, *args, **kwargs)

    return shared


def planning(view: Callable) -> Callable:
    """The same for who writes actions of the plan from the table; 403, recorded, for who only writes minutes."""

    @wraps(view)
    def planned(request: Request, opened: Opened, *args, **kwargs) -> HttpResponse:
        if not opened.frozen and not may_plan(opened):
            return refuse(request, dossier=opened.dossier.pk, part=Part.MEETINGS, detail="planner")
        return writing(view)(request, opened, *args, **kwargs)

    return planned


def only_while_shared(opened: Opened) -> None:
    if opened.dossier.stage not in SHARED:
        opened.frozen = True


def may_write(opened: Opened) -> bool:
    return opened.dossier.stage in SHARED and opened.may(Part.MEETINGS, Right.WRITE)


def may_plan(opened: Opened) -> bool:
    return may_write(opened) and plans.may_plan(opened)


def may_decide(opened: Opened) -> bool:
    return opened.dossier.stage in SHARED and opened.may(Part.MEETINGS, Right.DECIDE)
