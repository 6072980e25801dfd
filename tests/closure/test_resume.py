"""New violence in the watch period: back to execution, and everything has to be asked again."""

import pytest

from tests import cast
from tests.closure.steps import (
    ADMINISTRATIVE,
    CAW,
    COORDINATOR,
    MANAGER,
    asked_again,
    close,
    contact,
    day,
    get,
    post,
    report,
    sent,
    start,
    typed,
    url,
    watching,
)
from tests.referrals.pages import text, value, wrong
from tests.risk.assessing import POLICE, assessed
from wida.closure.models import RoundingOff
from wida.dossiers import tasks
from wida.dossiers.codes import Stage, TaskKind
from wida.dossiers.models import Task, Transition

REASON = "Nieuwe tussenkomst van de politie."


def resume(dossier, by: str = MANAGER, **data):
    return post(by, "resume", dossier, data={"reason": REASON} | data)


def test_resuming_leads_back_to_execution_and_ends_the_tasks_of_the_watch(house):
    dossier = watching()
    contact(dossier)

    answer = resume(dossier)

    assert (answer.status_code, answer["Location"]) == (303, url("closure", dossier))
    dossier.refresh_from_db()
    assert (dossier.stage, dossier.watch_until) == ("uitvoering", None)
    open_kinds = set(Task.objects.filter(dossier=dossier, done_at=None).values_list("kind", flat=True))
    assert open_kinds == {"herinschatting"}
    step = Transition.objects.get(name="resume")
    assert (step.reason, step.signature) == (REASON, cast.actor(MANAGER).signature)


def test_the_risk_is_assessed_again_within_a_week(house):
    dossier = watching()

    resume(dossier)

    task = Task.objects.get(kind="herinschatting")
    assert (task.due, task.user_id, task.source) == (day(7), cast.actor(MANAGER).user_id, dossier.pk)
    assessed(POLICE, dossier)
    task.refresh_from_db()
    assert task.done_at is not None


@pytest.mark.parametrize(("planned", "due"), [(3, 3), (60, 7)])
def test_an_assessment_that_was_planned_comes_no_later(house, planned, due):
    dossier = watching()
    tasks.plan(
        dossier, kind=TaskKind.REASSESS, due=day(planned), source=dossier.pk, by=cast.actor(MANAGER),
        user=cast.actor(MANAGER).user_id,
    )  # fmt: skip

    resume(dossier)

    assert Task.objects.get(kind="herinschatting", done_at=None).due == day(due)


def test_resuming_takes_a_reason(house):
    dossier = watching()

    page = resume(dossier, reason="  ")

    assert (page.status_code, wrong(page)) == (422, ["reason"])
    dossier.refresh_from_db()
    assert dossier.stage == "wachtperiode"


@pytest.mark.parametrize(
    ("login", "status"),
    [(COORDINATOR, 303), (MANAGER, 303), (ADMINISTRATIVE, 403), (CAW, 403), ("coordinator.antwerpen", 404)],
)
def test_who_resumes(house, login, status):
    dossier = watching()

    assert resume(dossier, by=login).status_code == status
    dossier.refresh_from_db()
    assert (dossier.stage == "uitvoering") == (status == 303)


@pytest.mark.parametrize("stage", [Stage.EXECUTION, Stage.CLOSED, Stage.FORMING])
def test_what_does_not_wait_is_not_resumed(house, stage):
    dossier = cast.at(cast.new_dossier(), stage)

    answer = resume(dossier, by=COORDINATOR)

    assert answer.status_code == 409
    assert value(answer, "reason") == REASON
    assert not Transition.objects.filter(name="resume").exists()


def test_resumed_by_one_click_it_is_resumed_once(house):
    dossier = watching()
    client = cast.signed_in(MANAGER)
    data = sent({"reason": REASON})

    for _ in range(2):
        assert client.post(url("resume", dossier), data).status_code == 303

    assert Transition.objects.filter(name="resume").count() == 1


def test_reported_violence_asks_to_resume(house):
    dossier = watching()
    quiet = text(get(MANAGER, "closure", dossier))
    assert "Er is nieuw geweld gemeld in de wachtperiode" not in quiet

    report(contact(dossier), new_violence="ja", outcome="Hij stond weer aan de deur.")

    page = text(get(MANAGER, "closure", dossier))
    assert "Er is nieuw geweld gemeld in de wachtperiode" in page
    assert page.count(f'href="{url("resume", dossier)}"') == 1
    # A partner reads it too, without the button.
    theirs = text(get(CAW, "closure", dossier))
    assert "Er is nieuw geweld gemeld in de wachtperiode" in theirs
    assert url("resume", dossier) not in theirs


def test_after_resuming_the_earlier_period_stays_readable_and_counts_no_more(house):
    dossier = asked_again(watching())
    resume(dossier)
    page = text(get(MANAGER, "closure", dossier))
    assert "1 vroegere wachtperiode" in page
    assert REASON in page
    assert "Er loopt geen wachtperiode." in page

    assert start(dossier, watch_until=typed(90), motivation="Nu echt rustig.").status_code == 303

    assert RoundingOff.objects.count() == 2
    page = text(get(MANAGER, "closure", dossier))
    assert page.index("Nu echt rustig.") < page.index("1 vroegere wachtperiode") < page.index(REASON)
    assert "Niemand sprak het gezin al opnieuw" in page
    refused = close(dossier)
    assert refused.status_code == 422
    assert close(asked_again(dossier)).status_code == 303


def test_a_contact_of_an_earlier_period_is_not_reported_in_this_one(house):
    dossier = watching()
    old = contact(dossier)
    resume(dossier)
    start(dossier)

    assert report(old).status_code == 404
    assert url("report_contact", dossier, old.pk) not in text(get(MANAGER, "closure", dossier))
