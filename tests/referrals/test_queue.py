"""The work list of a Safe Home: take, hand over, put back, and several at once with brakes."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import cast
from tests.referrals.pages import text
from tests.referrals.steps import CONSULTED, PROPORTIONATE, YES, ask, check_criteria, get, post
from tests.referrals.test_guided import filled, step
from tests.referrals.test_inflow import referral, report
from wida.access.actions import block
from wida.audit.models import Event
from wida.dossiers.codes import Stage
from wida.referrals import intake
from wida.referrals.models import Inflow, InflowSeen, InflowStep

COORDINATOR, COLLEAGUE, REFERRER = (
    "coordinator.limburg",
    "administrative.limburg",
    "referrer.hospital-limburg",
)
QUEUE = "/referrals/queue/"


def page(login: str, address: str = QUEUE):
    return cast.signed_in(login).get(address)


def act(login: str, row: Inflow, name: str, **data):
    return cast.signed_in(login).post(f"{QUEUE}{row.pk}/{name}/", data)


def together(login: str, name: str, *rows: Inflow, **data):
    return cast.signed_in(login).post(
        f"{QUEUE}together/", {"act": name, "inflow": [str(row.pk) for row in rows], **data}
    )


def test_it_is_for_the_house_alone(house):
    row = report()

    for login in (
        "liaison.caw-limburg",
        REFERRER,
        "casemanager.limburg",
        "central.team",
        "prosecutor.limburg",
    ):
        assert page(login).status_code == 403
        assert act(login, row, "take").status_code == 403
    for login in ("coordinator.antwerpen", "administrative.antwerpen"):
        assert page(login, f"{QUEUE}{row.pk}/").status_code == 404
        assert act(login, row, "set-aside", reason="x").status_code == 404
    assert Event.objects.filter(action="refused", detail="queue").count() == 5


def test_new_waiting_decided_follow_the_referral(house):
    dossier = filled()
    step(dossier, "check", {"declared": "on"})
    row = Inflow.objects.get()

    def where() -> tuple[str, str]:
        row.refresh_from_db()
        shown = [
            state
            for state in ("nieuw", "wacht", "beslist")
            if row.receipt in text(page(COORDINATOR, f"{QUEUE}?state={state}"))
        ]
        assert shown == [row.state]
        return row.state, row.waits_for or row.outcome

    assert where() == ("nieuw", "")
    assert post(COORDINATOR, "send_back", dossier, data={"reason": "Kinderen?"}).status_code == 303
    assert where() == ("wacht", "aanvulling")
    assert "Aerdman" not in text(page(COORDINATOR, f"{QUEUE}?state=wacht"))
    step(dossier, "check", {"declared": "on"})
    assert where() == ("nieuw", "")
    assert Inflow.objects.count() == 1
    check_criteria(dossier)
    post(COORDINATOR, "proportionality", dossier, data=PROPORTIONATE)
    post(COORDINATOR, "consult_youth", dossier, data=CONSULTED)
    request = ask(dossier)
    assert where() == ("wacht", "vrijgave")
    post("prosecutor.limburg", "answer_clearance", dossier, request.pk, data=YES)
    assert where() == ("nieuw", "")
    opened = cast.signed_in(COORDINATOR).post(f"/dossiers/{dossier.number}/steps/open/", {"reason": ""})
    assert opened.status_code == 303
    assert where() == ("beslist", "geopend")


def test_taken_handed_over_with_a_word_and_put_back_with_a_reason(house):
    row = report()

    assert act(COORDINATOR, row, "take").status_code == 303
    assert "U" in text(page(COORDINATOR))
    assert act(COLLEAGUE, row, "take").status_code == 409
    to = str(cast.member(COLLEAGUE).pk)
    assert act(COORDINATOR, row, "hand-over", to=to, reason="Ik ben morgen weg.").status_code == 303
    assert act(COLLEAGUE, row, "put-back", reason="").status_code == 422
    assert act(COLLEAGUE, row, "put-back", reason="Ik ken de buren.").status_code == 303

    row.refresh_from_db()
    assert row.taken_by is None
    shown = text(page(COORDINATOR, f"{QUEUE}{row.pk}/"))
    for words in ("Ik ben morgen weg.", "Ik ken de buren.", cast.actor(COLLEAGUE).signature):
        assert words in shown


def test_a_colleague_who_is_kept_out_is_not_offered(house):
    row = referral()
    block(dossier=row.dossier, by=cast.actor(COORDINATOR), why="Zus.", user=cast.member(COLLEAGUE).user)

    shown = page(COORDINATOR, f"{QUEUE}{row.pk}/hand-over/")
    answer = act(COORDINATOR, row, "hand-over", to=str(cast.member(COLLEAGUE).pk))

    assert cast.actor(COLLEAGUE).name not in text(shown)
    assert answer.status_code == 422
    assert row.receipt not in text(page(COLLEAGUE))
    assert page(COLLEAGUE, f"{QUEUE}{row.pk}/").status_code == 404


def test_nothing_unread_is_closed_together(house):
    read, unread, other, filed = report(), report(), report(), referral()
    page(COORDINATOR, f"{QUEUE}{read.pk}/")
    page(COLLEAGUE, f"{QUEUE}{unread.pk}/")
    page(COORDINATOR, f"{QUEUE}{other.pk}/")
    act(COLLEAGUE, other, "take")
    get(COORDINATOR, "referral", filed.dossier)

    asked = cast.signed_in(COORDINATOR).get(
        f"{QUEUE}together/", {"act": "set_aside", "inflow": [str(r.pk) for r in (read, unread, other, filed)]}
    )
    answer = together(COORDINATOR, "set_aside", read, unread, other, filed, reason="Dubbele meldingen.")

    assert "U hebt het nog niet geopend" in text(asked)
    assert "Wordt in het dossier beslist" in text(asked)
    assert answer.status_code == 303
    states = dict(Inflow.objects.values_list("pk", "state"))
    assert states == {read.pk: "beslist", unread.pk: "wacht", other.pk: "wacht", filed.pk: "nieuw"}
    done = InflowStep.objects.get(kind="beslist")
    assert (done.inflow_id, done.reason) == (read.pk, "Dubbele meldingen.")


def test_closing_together_needs_a_reason_and_taking_does_not(house):
    first, second = report(), report()
    page(COORDINATOR, f"{QUEUE}{first.pk}/")

    assert together(COORDINATOR, "set_aside", first).status_code == 422
    assert together(COORDINATOR, "take", first, second).status_code == 303
    assert set(Inflow.objects.values_list("taken_by", flat=True)) == {cast.actor(COORDINATOR).user_id}
    assert together(COORDINATOR, "put_back", first, second, reason="Te veel.").status_code == 303
    assert set(Inflow.objects.values_list("taken_by", flat=True)) == {None}


def test_what_is_not_an_id_or_not_of_this_house_changes_nothing(house):
    row = report()

    answer = cast.signed_in("coordinator.antwerpen").post(
        f"{QUEUE}together/", {"act": "take", "inflow": [str(row.pk), "x", "'; drop"]}
    )

    assert answer.status_code == 422
    row.refresh_from_db()
    assert row.taken_by is None
    assert row.receipt not in text(answer)


def test_a_referral_is_never_set_aside(house):
    row = referral()
    get(COORDINATOR, "referral", row.dossier)

    assert act(COORDINATOR, row, "set-aside", reason="Vlug weg.").status_code == 403
    row.refresh_from_db()
    assert row.state == "nieuw"


def test_the_countdown_is_in_words_and_the_colour_is_the_weighing(house):
    row = referral()
    Inflow.objects.update(due=timezone.localdate() - timezone.timedelta(days=2))

    shown = text(page(COORDINATOR))

    assert "2 dagen te laat" in shown
    assert row.dossier.number in shown
    Inflow.objects.update(due=timezone.localdate())
    assert "Vandaag" in text(page(COORDINATOR))


def test_opening_the_referral_counts_as_reading_it(house):
    row = referral()
    get(COORDINATOR, "referral", row.dossier)
    get("liaison.caw-limburg", "referral", row.dossier)

    assert list(InflowSeen.objects.values_list("user_id", flat=True)) == [cast.actor(COORDINATOR).user_id]


def test_the_list_costs_the_same_for_one_as_for_many(house):
    client = cast.signed_in(COORDINATOR)
    referral()
    client.get(QUEUE)
    with CaptureQueriesContext(connection) as one:
        client.get(QUEUE)
    for _time in range(3):
        referral()
        report()
    with CaptureQueriesContext(connection) as many:
        client.get(QUEUE)

    assert len(many) == len(one)
    own = [query["sql"] for query in many if '"referrals_inflow"' in query["sql"]]
    assert len(own) == 2


def test_names_hidden_on_a_shared_screen_are_hidden_here_too(house):
    row = referral()
    client = cast.signed_in(COORDINATOR)
    assert "Aerdman" in text(client.get(QUEUE))
    session = client.session
    session["names_hidden"] = True
    session.save()

    assert "Aerdman" not in text(client.get(QUEUE))
    assert row.dossier.number in text(client.get(QUEUE))


def test_a_dossier_from_before_the_list_is_decided_without_it(house):
    dossier = cast.at(cast.new_dossier(), Stage.REFERRED)

    assert intake.standing(dossier) is None
    assert post(COORDINATOR, "send_back", dossier, data={"reason": "Kinderen?"}).status_code == 303
