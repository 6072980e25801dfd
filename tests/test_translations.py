"""Dutch is complete, and the tool that keeps it so sees everything a screen can say."""

import gettext
from pathlib import Path

import pytest

from wida import translations


def test_every_room_is_completely_translated():
    assert translations.check() == []


@pytest.fixture
def package(tmp_path) -> Path:
    """A package with one room that says things in every way there is."""
    room = tmp_path / "garden"
    (room / "templates/garden").mkdir(parents=True)
    (room / "__init__.py").touch()
    (room / "views.py").write_text(
        "from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext\n"
        '_("plain")\ngettext_lazy("lazy")\nngettext("%(n)s tree", "%(n)s trees", 2)\npgettext("door", "open")\n'
    )
    (room / "templates/garden/page.html").write_text(
        '{{ _("named %(name)s", name=x) }} {{ macro(_("inside a call")) }}\n'
        "{% trans %}a whole block{% endtrans %}\n"
        '{{ ngettext("%(num)s leaf", "%(num)s leaves", 3) }} {{ pgettext("eye", "open") }}\n'
    )
    return tmp_path


def sources(path: Path) -> set[tuple[str, str | None]]:
    catalogue = translations._read(path)
    return {(translations._first(message.id), message.context) for message in catalogue if message.id}


def catalogue_of(package: Path) -> Path:
    return package / "garden/locale/nl/LC_MESSAGES/django.po"


def test_update_finds_every_way_to_say_something(package):
    counts = list(translations.update([], package=package))

    assert counts == [translations.Count("garden", 9, 9, 0)]
    assert sources(catalogue_of(package)) == {
        ("plain", None),
        ("lazy", None),
        ("%(n)s tree", None),
        ("open", "door"),
        ("named %(name)s", None),
        ("inside a call", None),
        ("a whole block", None),
        ("%(num)s leaf", None),
        ("open", "eye"),
    }


def test_update_keeps_translations_drops_the_rest_and_is_stable(package):
    list(translations.update([], package=package))
    path = catalogue_of(package)
    path.write_text(path.read_text().replace('msgid "plain"\nmsgstr ""', 'msgid "plain"\nmsgstr "gewoon"'))
    views = package / "garden/views.py"
    views.write_text(views.read_text().replace('gettext_lazy("lazy")', "pass"))

    list(translations.update([], package=package))
    once = path.read_text()
    list(translations.update([], package=package))

    assert path.read_text() == once
    assert 'msgid "plain"\nmsgstr "gewoon"' in once
    assert "lazy" not in once
    assert "Date" not in once


def test_check_says_what_is_missing(package):
    list(translations.update([], package=package))

    problems = translations.check(package=package)

    assert "garden: untranslated: 'plain'" in problems
    assert len(problems) == 9


def test_check_sees_a_catalogue_that_is_out_of_step_and_a_lost_placeholder(package):
    list(translations.update([], package=package))
    path = catalogue_of(package)
    wrong = 'msgid "named %(name)s"\nmsgstr "met naam %(naam)s"'
    path.write_text(path.read_text().replace('msgid "named %(name)s"\nmsgstr ""', wrong))
    (package / "garden/forms.py").write_text('_("new")\n')

    problems = translations.check(package=package)

    assert problems[0] == "garden: the catalogue is not in step: run `wida translate`"
    assert "garden: unknown named placeholder 'naam': 'named %(name)s'" in problems


def test_check_sees_two_dutch_texts_for_one_message(package):
    shed = package / "shed"
    shed.mkdir()
    for room, dutch in ((package / "garden", "effen"), (shed, "gewoon")):
        (room / "__init__.py").touch()
        (room / "views.py").write_text('_("plain")\n')
        (room / "templates/garden/page.html").unlink(missing_ok=True)
        list(translations.update([room.name], package=package))
        path = room / "locale/nl/LC_MESSAGES/django.po"
        path.write_text(
            path.read_text().replace('msgid "plain"\nmsgstr ""', f'msgid "plain"\nmsgstr "{dutch}"')
        )

    assert translations.check(package=package) == ["two Dutch texts for 'plain': garden: effen; shed: gewoon"]


def test_compiled_catalogue_speaks(package):
    list(translations.update([], package=package))
    path = catalogue_of(package)
    trees = 'msgid_plural "%(n)s trees"\nmsgstr[0] "%(n)s boom"\nmsgstr[1] "%(n)s bomen"'
    path.write_text(path.read_text().replace('msgid_plural "%(n)s trees"\nmsgstr[0] ""\nmsgstr[1] ""', trees))

    assert translations.compile_catalogues(package=package) == 1
    assert translations.compile_catalogues(package=package) == 0

    with path.with_suffix(".mo").open("rb") as file:
        spoken = gettext.GNUTranslations(file)
    assert spoken.ngettext("%(n)s tree", "%(n)s trees", 1) == "%(n)s boom"
    assert spoken.ngettext("%(n)s tree", "%(n)s trees", 2) == "%(n)s bomen"
