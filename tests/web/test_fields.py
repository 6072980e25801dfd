"""What a field takes, what it says when it cannot take it, and how it is drawn."""

from datetime import date, time

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import engines
from django.test.html import parse_html
from django.utils import translation
from django.utils.functional import lazystr

from wida.dossiers.codes import Answer
from wida.web import fields


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


class PersonForm(forms.Form):
    name = fields.text(label="Name")
    account = fields.long_text(label="What happened", help="Facts first", max_length=10)
    born = fields.day(label="Born", required=False, past=True)
    seen_at = fields.clock(label="Seen at", required=False)
    children = fields.whole_number(label="Children", required=False, maximum=20)
    telephone = fields.phone(label="Telephone", required=False)
    address = fields.email(label="E-mail", required=False)
    known = fields.yes_no_unknown(label="Known?", missing="Say whether the family is known")
    house = fields.pick([("l", "Limburg"), ("a", "Antwerpen")], label="House", required=False)
    grouped = fields.pick(
        [("North", [("a", "Antwerpen")]), ("East", [("l", "Limburg")])], label="By region", required=False
    )
    with_whom = fields.many([("m", "Mother", "at home"), ("f", "Father")], label="With whom", required=False)
    sure = fields.tick(label="I am sure", required=True)
    report = fields.attach(label="Report", required=False, max_bytes=2_000_000)


GOOD = {"name": " Hanne ", "account": "It went", "known": "onbekend", "sure": "on"}


def faults_of(name: str, typed, **files) -> list[str]:
    return PersonForm({**GOOD, name: typed}, files).errors.get(name, [])


def drawn(form: forms.Form, name: str, arguments: str = ""):
    page = '{% import "web/ui.html" as ui %}{{ ui.field(form[name]' + arguments + ") }}"
    return parse_html(engines["jinja"].from_string(page).render({"form": form, "name": name}))


def test_good_answers_come_through_clean():
    form = PersonForm(
        {
            **GOOD,
            "born": "3/2/12",
            "seen_at": "9u30",
            "children": "3",
            "telephone": "0470  00 00 01",
            "with_whom": ["m"],
        }
    )

    assert form.errors == {}
    assert form.cleaned_data == {
        "name": "Hanne",
        "account": "It went",
        "born": date(2012, 2, 3),
        "seen_at": time(9, 30),
        "children": 3,
        "telephone": "0470 00 00 01",
        "address": "",
        "known": Answer.UNKNOWN,
        "house": "",
        "grouped": "",
        "with_whom": ["m"],
        "sure": True,
        "report": None,
    }


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("name", "", "Fill in “Name”"),
        ("name", "x" * 201, "Shorten this text to 200 characters; it has 201 now"),
        ("name", "a\x00b", "Type this text again: it holds a sign that cannot be kept"),
        ("account", "eleven char", "Shorten this text to 10 characters; it has 11 now"),
        ("born", "31/02/2026", "Fill in a date that exists, for example 14/11/2026"),
        ("born", "31/12/2199", "Fill in a date that is not in the future"),
        ("seen_at", "25.00", "Fill in a time that exists, for example 9.30"),
        ("children", "three", "Fill in a whole number, in digits"),
        ("children", "-1", "Fill in 0 or more"),
        ("children", "21", "Fill in 20 or less"),
        ("telephone", "12", "Fill in a telephone number, for example 0470 00 00 00"),
        ("address", "hanne", "Fill in a full e-mail address, for example name@example.org"),
        ("known", "", "Say whether the family is known"),
        ("known", "misschien", "Choose again: this answer is no longer in the list"),
        ("house", "x", "Choose again: this answer is no longer in the list"),
        ("with_whom", ["m", "x"], "Choose again: this answer is no longer in the list"),
        ("sure", "", "Tick “I am sure” to go on"),
    ],
)
def test_refusal_says_what_to_do(name, typed, sentence):
    assert faults_of(name, typed) == [sentence]


def test_file_too_big_or_empty():
    big = SimpleUploadedFile("report.pdf", b"x" * 2_000_001)
    empty = SimpleUploadedFile("report.pdf", b"")

    assert faults_of("name", "Hanne", report=big) == []
    assert PersonForm(GOOD, {"report": big}).errors["report"] == ["Choose a smaller file: at most 2 MB"]
    assert PersonForm(GOOD, {"report": empty}).errors["report"] == ["Choose another file: this one is empty"]


def test_label_may_be_lazy_and_is_spoken_in_the_language_of_the_reader():
    class Form(forms.Form):
        name = fields.text(label=lazystr("Naam"))

    with translation.override("nl"):
        assert Form({"name": ""}).errors["name"] == ["Vul “Naam” in"]


def test_one_line_with_help_and_fault_hangs_together():
    form = PersonForm({**GOOD, "born": "31/02/2026"})

    assert drawn(form, "born") == parse_html("""
        <div class="field field--day field--wrong">
          <label class="field__label" for="id_born">Born <span class="field__optional">(optional)</span></label>
          <p class="field__help" id="id_born_help">For example 14/11/2026</p>
          <p class="field__error" id="id_born_error">
            <svg aria-hidden="true" width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="currentColor"
              stroke-width="2" stroke-linecap="round" stroke-linejoin="round" class="icon" focusable="false">
              <path d="m21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3"/>
              <path d="M12 9v4"/><path d="M12 17h.01"/></svg>
            <span><span class="hidden">Error: </span>Fill in a date that exists, for example 14/11/2026</span></p>
          <input class="input" type="text" name="born" id="id_born" value="31/02/2026" inputmode="numeric"
            autocomplete="off" aria-describedby="id_born_help id_born_error" aria-invalid="true">
        </div>""")


def test_choice_is_a_named_group_of_tiles():
    assert drawn(PersonForm({**GOOD, "known": "nee"}), "known") == parse_html("""
        <fieldset class="field field--choice" id="id_known" role="radiogroup">
          <legend class="field__label">Known?</legend>
          <div class="choices choices--row">
            <label class="choice"><input type="radio" name="known" id="id_known_0" value="ja">
              <span class="choice__text">Yes</span></label>
            <label class="choice"><input type="radio" name="known" id="id_known_1" value="nee" checked>
              <span class="choice__text">No</span></label>
            <label class="choice"><input type="radio" name="known" id="id_known_2" value="onbekend">
              <span class="choice__text">I don't know</span></label>
          </div>
        </fieldset>""")


def test_several_boxes_keep_what_was_ticked_and_explain_each():
    assert drawn(PersonForm({**GOOD, "with_whom": ["m"]}), "with_whom") == parse_html("""
        <fieldset class="field field--many" id="id_with_whom">
          <legend class="field__label">With whom <span class="field__optional">(optional)</span></legend>
          <div class="choices choices--row">
            <label class="choice"><input type="checkbox" name="with_whom" id="id_with_whom_0" value="m" checked>
              <span class="choice__text">Mother<small>at home</small></span></label>
            <label class="choice"><input type="checkbox" name="with_whom" id="id_with_whom_1" value="f">
              <span class="choice__text">Father</span></label>
          </div>
        </fieldset>""")


def test_list_that_opens_starts_with_nothing_chosen_and_keeps_its_groups():
    assert drawn(PersonForm(GOOD), "grouped") == parse_html("""
        <div class="field field--pick">
          <label class="field__label" for="id_grouped">By region <span class="field__optional">(optional)</span></label>
          <select class="input" name="grouped" id="id_grouped">
            <option value="" selected>Choose</option>
            <optgroup label="North"><option value="a">Antwerpen</option></optgroup>
            <optgroup label="East"><option value="l">Limburg</option></optgroup>
          </select>
        </div>""")


def test_text_comes_back_exactly_as_it_was_typed():
    form = PersonForm({**GOOD, "account": "\n </textarea><b>&amp;", "name": '" autofocus onfocus="x'})

    assert drawn(form, "account").children[-1] == parse_html("""
        <textarea class="input" name="account" id="id_account" rows="6" aria-invalid="true"
          aria-describedby="id_account_help id_account_error">

 &lt;/textarea&gt;&lt;b&gt;&amp;amp;</textarea>""")
    assert dict(drawn(form, "name").children[-1].attributes)["value"] == '" autofocus onfocus="x'


def test_known_day_and_hour_are_shown_as_they_are_written_here():
    form = PersonForm(initial={"born": date(2012, 2, 3), "seen_at": time(9, 5)})

    assert dict(drawn(form, "born").children[-1].attributes)["value"] == "03/02/2012"
    assert dict(drawn(form, "seen_at").children[-1].attributes)["value"] == "9.05"


def test_password_and_file_are_never_shown_back():
    class Form(forms.Form):
        password = fields.secret(label="Password")
        report = fields.attach(label="Report", accept=(".pdf", ".docx"))

    form = Form({"password": "hunter2"}, {"report": SimpleUploadedFile("r.pdf", b"x")})

    assert dict(drawn(form, "password").children[-1].attributes)["value"] == ""
    assert dict(drawn(form, "report").children[-1].attributes)["accept"] == ".pdf,.docx"
    assert "hunter2" not in str(drawn(form, "password"))


def test_the_same_form_twice_on_a_page_keeps_its_fields_apart():
    forms_of_two = [PersonForm({f"{n}-name": "", f"{n}-known": ""}, prefix=str(n)) for n in (0, 1)]
    page = '{% import "web/ui.html" as ui %}{% for form in forms %}{{ ui.fields(form) }}{% endfor %}'
    html = engines["jinja"].from_string(page).render({"forms": forms_of_two})

    ids = _values(html, "id")
    assert len(ids) == len(set(ids))
    assert set(_values(html, "for")) <= set(ids)
    assert {name.partition("-")[0] for name in _values(html, "name")} == {"0", "1"}
    assert {one for several in _values(html, "aria-describedby") for one in several.split()} <= set(ids)


def test_summary_names_every_fault_and_leads_to_its_first_control():
    form = PersonForm({**GOOD, "name": "", "known": "", "sure": ""})
    form.add_error(None, "Somebody else closed this dossier")
    other = PersonForm({}, prefix="other")
    page = '{% import "web/ui.html" as ui %}{{ ui.error_summary(form, other) }}'

    assert parse_html(
        engines["jinja"].from_string(page).render({"form": form, "other": other})
    ) == parse_html("""
        <div class="error-summary" id="error-summary" role="alert" tabindex="-1" aria-labelledby="error-summary-title">
          <h2 id="error-summary-title">There is a problem</h2>
          <ul role="list">
            <li><strong>Somebody else closed this dossier</strong></li>
            <li><a href="#id_name">Fill in “Name”</a></li>
            <li><a href="#id_known_0">Say whether the family is known</a></li>
            <li><a href="#id_sure">Tick “I am sure” to go on</a></li>
            <li><a href="#id_other-name">Fill in “Name”</a></li>
            <li><a href="#id_other-account">Fill in “What happened”</a></li>
            <li><a href="#id_other-known_0">Say whether the family is known</a></li>
            <li><a href="#id_other-sure">Tick “I am sure” to go on</a></li>
          </ul>
        </div>""")


def test_summary_of_a_form_without_faults_is_not_there():
    page = '{% import "web/ui.html" as ui %}{{ ui.error_summary(form) }}'

    assert engines["jinja"].from_string(page).render({"form": PersonForm(GOOD)}).strip() == ""


def _values(html: str, attribute: str) -> list[str]:
    return [part.partition('"')[0] for part in html.split(f' {attribute}="')[1:]]
