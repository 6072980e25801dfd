"""Who looked into a dossier, and asking what for."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from wida.access.queries import Opened, one
from wida.access.refusals import refuse
from wida.access.rules import Part, Right
from wida.access.views import dossier_view
from wida.accounts.http import Request
from wida.audit import asking, words
from wida.audit import looks as page
from wida.audit.codes import Verdict
from wida.audit.forms import AnswerForm, AskForm, JudgeForm
from wida.audit.models import Event, Question
from wida.dossiers.frame import tab
from wida.web.dates import clock, long_day
from wida.web.handle import handle
from wida.web.parsing import whole


@dossier_view(Part.LOG)
def looks(request: Request, opened: Opened) -> HttpResponse:
    """Who looked, changed, printed or was refused; by day and by visit. Looking here is recorded too."""
    context = page.of(opened, _filters(request))
    return tab(
        request, opened, Part.LOG, "audit/looks.html",
        sections=[], may_judge=opened.may(Part.LOG, Right.DECIDE), periods=words.PERIODS, kinds=words.KINDS,
        verdicts=dict(Verdict.choices), **context,
    )  # fmt: skip


@dossier_view(Part.LOG, takes_post=True)
def ask(request: Request, opened: Opened, event_id: UUID) -> HttpResponse:
    """One line to whoever looked. About one's own look there is nothing to ask."""
    event = _event(opened, event_id)
    if event.user == opened.actor.user_id:
        return refuse(request, dossier=opened.dossier.pk, part=Part.LOG, detail="own_look")
    return handle(
        request,
        opened,
        AskForm(request.POST or None),
        save=lambda data: asking.ask(opened=opened, event=event, by=opened.actor, **data),
        done=_home(opened, event.pk),
        title=_("Ask what this look was for"),
        lead=_lead(event),
        submit=_("Ask"),
    )


@dossier_view(Part.LOG, takes_post=True)
def answer(request: Request, opened: Opened, question_id: UUID) -> HttpResponse:
    question = one(opened, Question.objects, question_id)
    if not asking.may_answer(opened, question.asked_id):
        return refuse(request, dossier=opened.dossier.pk, part=Part.LOG, row=question, detail="other_asked")
    return handle(
        request,
        opened,
        AnswerForm(request.POST or None),
        save=lambda data: asking.answer(question=question, by=opened.actor, **data),
        done=_home(opened, question.event),
        title=_("Answer the question"),
        lead=_("%(who)s asks: %(words)s") % {"who": question.signature, "words": question.words},
        submit=_("Answer"),
    )


@dossier_view(Part.LOG, Right.DECIDE)
def judge(request: Request, opened: Opened, event_id: UUID) -> HttpResponse:
    """What the coordinator found about a refusal, or another look that stands out. An emergency is judged where its
    mandate stands.
    """
    event = _event(opened, event_id)
    if event.action == "glass_broken" or words.EMERGENCY in event.why.split():
        return HttpResponseRedirect(reverse("access:access", args=[opened.number]) + "#mandates")
    return handle(
        request,
        opened,
        JudgeForm(request.POST or None),
        save=lambda data: asking.judge(opened=opened, event=event, by=opened.actor, **data),
        done=_home(opened, event.pk),
        title=_("Say what you found"),
        lead=_lead(event),
        submit=_("Save"),
    )


def _event(opened: Opened, event_id: UUID) -> Event:
    """An event of this dossier that its reader may know of, else 404."""
    event = page.visible(opened).filter(pk=event_id).first()
    if event is None:
        raise Http404
    return event


def _lead(event: Event) -> str:
    return _("On %(day)s at %(time)s: %(action)s.") % {
        "day": long_day(event.at),
        "time": clock(event.at),
        "action": words.action(event.action),
    }


def _home(opened: Opened, event: UUID) -> str:
    return f"{reverse('audit:looks', args=[opened.number])}#look-{event}"


def _filters(request: Request) -> page.Filters:
    """What the address asks for, unknown codes left out."""
    get = request.GET
    return page.Filters(
        period=get.get("period") if get.get("period") in words.PERIODS else "30",
        organisation=get.get("organisation", ""),
        kind=get.get("kind") if get.get("kind") in words.KINDS else "",
        page=whole(get.get("page"), otherwise=1),
    )
