"""What is typed is kept on the server, for its author alone, and gone once it is saved."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import cast, rich
from tests.drafts.typing import filled, form_at, keep, narrative
from tests.pages import Page
from wida.access.actions import block
from wida.audit.models import Event
from wida.dossiers.codes import Stage
from wida.dossiers.models import Dossier
from wida.drafts.jobs import sweep_drafts
from wida.drafts.models import Draft
from wida.meetings.models import AgendaItem
from wida.situation.models import Narrative

WORDS = "Ze zei dat hij vannacht aan de deur stond. « Ik kom terug », riep hij."
CAW = "liaison.caw-limburg"


@pytest.fixture
def dossier(house) -> Dossier:
    return cast.at(cast.new_dossier(), Stage.EXECUTION)


def typed(client, address: str, text: str = WORDS) -> dict:
    data = filled(form_at(client, address), text=text)
    answer = keep(client, address, data)
    assert answer.status_code == 200, answer.content
    return data


def test_a_draft_is_kept_and_the_file_stays_as_it_was(dossier):
    client, before = cast.signed_in(CAW), Dossier.objects.get(pk=dossier.pk)
    address = narrative(dossier)
    data = filled(form_at(client, address), text=WORDS)
    events = Event.objects.count()

    answer = keep(client, address, data)

    draft = Draft.objects.get()
    now = timezone.localtime(draft.saved_at)
    assert answer.json()["status"] == f"Concept bewaard om {now.hour}.{now.minute:02} uur"
    assert str(draft.pk) == data["form_key"][0]
    assert (draft.place, draft.part, draft.dossier_id) == (address, "situation", dossier.pk)
    assert Narrative.objects.count() == 0
    assert Event.objects.count() == events
    assert Dossier.objects.get(pk=dossier.pk).changed_at == before.changed_at


def test_a_draft_is_sealed(dossier):
    typed(cast.signed_in(CAW), narrative(dossier))

    with connection.cursor() as cursor:
        cursor.execute("select drafts_draft::text, words from drafts_draft")
        row, words = cursor.fetchone()

    assert "deur" not in row
    assert b"deur" not in bytes(words)


def test_keeping_costs_few_statements_and_locks_nothing(dossier):
    client, address = cast.signed_in(CAW), narrative(dossier)
    data = typed(client, address)

    with CaptureQueriesContext(connection) as captured:
        keep(client, address, data | {"text": WORDS + " Nog een zin."})

    asked = [
        query["sql"]
        for query in captured
        if not query["sql"].startswith(("BEGIN", "COMMIT", "SAVE", "RELEASE"))
    ]
    assert len(asked) <= 7, asked
    assert not [sql for sql in asked if "FOR NO KEY UPDATE" in sql or "FOR UPDATE" in sql]


def test_the_form_offers_the_draft_and_goes_on_with_it(dossier):
    client, address = cast.signed_in(CAW), narrative(dossier)
    data = typed(client, address)

    offered = client.get(address).content.decode()
    resumed = form_at(client, f"{address}?draft={data['form_key'][0]}")

    assert "U hebt hier een concept van" in offered
    assert "aan de deur stond" in offered
    assert resumed.sent()["text"] == [WORDS]
    assert resumed.sent()["form_key"] == data["form_key"]


def test_typing_afresh_leaves_an_offered_draft_alone(dossier):
    client, address = cast.signed_in(CAW), narrative(dossier)
    first = typed(client, address)
    second = typed(client, address, "Iets heel anders nu.")

    assert first["form_key"] != second["form_key"]
    assert form_at(client, f"{address}?draft={first['form_key'][0]}").sent()["text"] == [WORDS]
    assert form_at(client, f"{address}?draft={second['form_key'][0]}").sent()["text"] == [
        "Iets heel anders nu."
    ]


def test_saving_the_form_forgets_its_draft(dossier):
    client, address = cast.signed_in(CAW), narrative(dossier)
    data = typed(client, address)

    answer = client.post(address, data)

    assert answer.status_code == 303
    assert Narrative.objects.get().text == WORDS
    assert Draft.objects.count() == 0


def test_a_refused_form_keeps_its_draft_and_its_key(dossier):
    client, address = cast.signed_in(CAW), narrative(dossier)
    data = typed(client, address)

    answer = client.post(address, data | {"text": "x" * 30_000})

    again = next(form for form in Page(answer).forms if "draft_title" in form.sent())
    assert answer.status_code == 422
    assert again.sent()["form_key"] == data["form_key"]
    assert Draft.objects.count() == 1
    assert client.post(address, again.sent() | {"text": WORDS}).status_code == 303
    assert Draft.objects.count() == 0


def test_a_draft_that_arrives_after_its_own_form_is_not_offered(dossier):
    client, address = cast.signed_in(CAW), narrative(dossier)
    data = filled(form_at(client, address), text=WORDS)
    client.post(address, data)

    answer = keep(client, address, data)

    assert answer.status_code == 409
    assert answer.json() == {"kept": False, "sent": True}
    assert Draft.objects.count() == 0
    assert "U hebt hier een concept" not in client.get(address).content.decode()


def test_without_a_script_the_button_keeps_and_leads_back(dossier):
    client, address = cast.signed_in(CAW), narrative(dossier)
    data = filled(form_at(client, address), text=WORDS, draft="keep")

    answer = client.post(address, data, follow=True)

    page = Page(answer)
    assert answer.redirect_chain == [(f"{address}?draft={data['form_key'][0]}", 303)]
    assert [text for text, _around in page.texts if text.startswith("Concept bewaard om")]
    assert [form.sent()["text"] for form in page.forms if "text" in form.sent()] == [[WORDS]]


def test_only_its_author_reads_a_draft_and_a_colleague_sees_that_it_is_there(dossier):
    data = typed(cast.signed_in(CAW), narrative(dossier))
    key = data["form_key"][0]
    colleague, stranger = cast.signed_in("casemanager.limburg"), cast.signed_in("liaison.ggz-limburg")
    Draft.objects.filter(pk=key).update(organisation_id=cast.member("casemanager.limburg").organisation_id)

    page = colleague.get(f"{narrative(dossier)}?draft={key}").content.decode()
    others = stranger.get(f"{narrative(dossier)}?draft={key}").content.decode()

    name = cast.member(CAW).user.name
    assert name in page
    assert "heeft hier een concept van" in page
    assert "heeft hier een concept van" not in others
    assert "aan de deur" not in page + others
    for client in (colleague, stranger):
        assert client.get(reverse("drafts:draft", args=[key])).status_code == 404
        assert client.post(reverse("drafts:discard", args=[key])).status_code == 404
    assert Draft.objects.count() == 1


def test_nobody_writes_over_the_draft_of_somebody_else(dossier):
    data = typed(cast.signed_in(CAW), narrative(dossier))

    answer = keep(cast.signed_in("liaison.ggz-limburg"), narrative(dossier), data | {"text": "Van mij nu."})

    assert answer.status_code == 409
    assert answer.json() == {"kept": False, "sent": False}
    assert form_at(cast.signed_in(CAW), f"{narrative(dossier)}?draft={data['form_key'][0]}").sent()[
        "text"
    ] == [WORDS]


def test_nobody_forgets_the_draft_of_somebody_else_by_saving_with_its_key(dossier):
    key = typed(cast.signed_in(CAW), narrative(dossier))["form_key"]
    other = cast.signed_in("liaison.ggz-limburg")

    answer = other.post(
        narrative(dossier), filled(form_at(other, narrative(dossier)), text="Van mij.", form_key=key)
    )

    assert answer.status_code == 303
    assert Draft.objects.filter(pk=key[0]).exists()


def test_a_form_drawn_for_somebody_else_is_not_kept(dossier):
    client, address = cast.signed_in(CAW), narrative(dossier)
    data = filled(form_at(client, address), text=WORDS, draft_for=str(cast.member("liaison.ggz-limburg").pk))

    assert keep(client, address, data).status_code == 409
    assert Draft.objects.count() == 0


@pytest.mark.parametrize(
    ("login", "status"),
    [("coordinator.antwerpen", 404), ("liaison.hospital-limburg", 404), ("prosecutor.limburg", 200)],
)
def test_only_who_may_write_there_keeps_a_draft_there(dossier, login, status):
    data = {"form_key": str(uuid4()), "text": WORDS}

    assert keep(cast.signed_in(login), narrative(dossier), data).status_code == status


def test_an_insider_without_the_right_keeps_nothing_and_is_recorded(dossier):
    address = reverse("people:add_person", args=[dossier.number])

    answer = keep(
        cast.signed_in("liaison.ggz-limburg"), address, {"form_key": str(uuid4()), "given_name": "N."}
    )

    assert answer.status_code == 403
    assert Draft.objects.count() == 0
    assert Event.objects.filter(action="refused", part="people").count() == 1


def test_the_words_of_who_lost_access_stay_shut_until_it_comes_back(dossier):
    client = cast.signed_in(CAW)
    data = typed(client, narrative(dossier))
    user = cast.member(CAW).user
    stands = block(dossier=dossier, by=cast.actor("coordinator.limburg"), why="Familie", user=user)

    hidden = client.get(reverse("drafts:mine")).content.decode()
    assert dossier.number not in hidden
    assert "aan de deur" not in hidden
    assert client.get(reverse("drafts:draft", args=[data["form_key"][0]])).status_code == 404
    assert keep(client, narrative(dossier), data).status_code == 404

    stands.delete()
    assert "aan de deur" in client.get(reverse("drafts:mine")).content.decode()


def test_words_typed_while_the_dossier_moved_on_are_kept_to_copy(dossier):
    client = cast.signed_in("coordinator.limburg")
    address = reverse("plans:add_goal", args=[dossier.number])
    data = filled(form_at(client, address), text=WORDS)
    cast.at(dossier, Stage.CLOSED)

    assert keep(client, address, data).status_code == 200
    page = client.get(reverse("drafts:draft", args=[data["form_key"][0]])).content.decode()
    assert "aan de deur stond" in page


def test_a_draft_outside_a_dossier_has_a_key_of_its_own(house):
    client = cast.signed_in("coordinator.limburg")
    address = reverse("house_meetings:call_meeting")
    data = filled(form_at(client, address), place="Zaal 2, tweede verdieping")

    answer = keep(client, address, data)
    assert answer.status_code == 200
    assert keep(client, address, data | {"finality": "De kinderen beschermen"}).status_code == 200

    draft = Draft.objects.get()
    assert draft.dossier_id is None
    assert len(bytes(draft.wrapped)) > 40
    resumed = form_at(client, f"{address}?draft={draft.pk}").sent()
    assert (resumed["place"], resumed["finality"]) == (
        ["Zaal 2, tweede verdieping"],
        ["De kinderen beschermen"],
    )


def test_my_drafts_are_listed_read_and_thrown_away(dossier):
    client = cast.signed_in(CAW)
    data = typed(client, narrative(dossier))
    key = data["form_key"][0]

    listed = client.get(reverse("drafts:mine")).content.decode()
    assert dossier.number in listed
    assert "aan de deur" in listed
    assert f"{narrative(dossier)}?draft={key}" in listed
    assert "aan de deur" in client.get(reverse("drafts:draft", args=[key])).content.decode()

    answer = client.post(reverse("drafts:discard", args=[key]), {"form_key": str(uuid4())})

    assert answer["Location"] == reverse("drafts:mine")
    assert Draft.objects.count() == 0
    assert Event.objects.filter(action="draft_discarded", dossier=dossier.pk).count() == 1


def test_what_nobody_touches_is_swept(dossier, settings):
    client = cast.signed_in(CAW)
    old = typed(client, narrative(dossier))["form_key"][0]
    fresh = typed(client, narrative(dossier))["form_key"][0]
    Draft.objects.filter(pk=old).update(
        saved_at=timezone.now() - timedelta(days=settings.WIDA_DRAFT_DAYS, minutes=1)
    )

    sweep_drafts(timestamp=0)

    assert [str(pk) for pk in Draft.objects.values_list("pk", flat=True)] == [fresh]
    assert Event.objects.filter(action="draft_expired", row=old).count() == 1


def test_the_token_for_a_form_that_stayed_open_is_for_who_acts_now(house):
    client = cast.signed_in(CAW)

    answer = client.get(reverse("drafts:ready")).json()

    assert answer["member"] == str(cast.member(CAW).pk)
    assert len(answer["token"]) == 64


def test_choices_ticks_and_days_come_back_as_they_were_typed(dossier):
    client = cast.signed_in("coordinator.limburg")
    address = reverse("situation:add_incident", args=[dossier.number])
    form = form_at(client, address)
    data = form.sent() | {
        field.name: [field.options[-1]]
        for field in form.fields
        if field.kind in ("radio", "checkbox", "select") and field.options
    }
    data |= {field.name: ["31/02"] for field in form.fields if field.kind == "text" and field.numeric}

    keep(client, address, data)
    resumed = form_at(client, f"{address}?draft={form.sent()['form_key'][0]}").sent()

    assert {name: values for name, values in resumed.items() if name != "csrfmiddlewaretoken"} == {
        name: values for name, values in data.items() if name != "csrfmiddlewaretoken"
    }


def test_what_was_typed_at_the_table_is_offered_there(house):
    """The forms on the page of a meeting's point are sent elsewhere."""
    dossier = rich.family(Stage.FORMING)
    rich.open_meeting(dossier)
    item = AgendaItem.objects.of(dossier).order_by("-created_at").first()
    client, page = (
        cast.signed_in("coordinator.limburg"),
        reverse("meetings:item", args=[dossier.number, item.pk]),
    )
    note = next(form for form in Page(client.get(page)).forms if form.action.endswith("/notes/add/"))
    assert keep(client, note.action, note.sent() | {"text": "Noa zei niets."}).status_code == 200

    offered = client.get(page).content.decode()
    resumed = form_at(client, f"{note.action}?draft={note.sent()['form_key'][0]}")

    assert "U hebt hier een concept van" in offered
    assert "Noa zei niets." in offered
    assert client.post(note.action, resumed.sent()).status_code == 303
    assert "U hebt hier een concept van" not in client.get(page).content.decode()
