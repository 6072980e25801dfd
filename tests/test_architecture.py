"""What holds the house together: names, sizes, who may write, what may never stand in a template."""

import importlib
import inspect
import re
from pathlib import Path

import pytest
import stdnum.be.ssn
from django.apps import apps
from django.db import models
from django.template import engines

from tests.addresses import every_address

PACKAGE = Path(__file__).resolve().parent.parent / "wida"
REPOSITORY = PACKAGE.parent
MODULES = sorted(path for path in PACKAGE.glob("**/*.py") if "migrations" not in path.parts)
TEMPLATES = sorted(PACKAGE.glob("**/templates/**/*.html"))
ROOMS = (
    "people",
    "situation",
    "risk",
    "referrals",
    "consults",
    "sharing",
    "meetings",
    "plans",
    "closure",
    "attachments",
    "inspection",
    "notify",
    "drafts",
    "api",
    "figures",
)


def relative(path: Path) -> str:
    return str(path.relative_to(REPOSITORY))


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_no_module_grows_into_a_second_house():
    too_long = {relative(path): len(text_of(path).splitlines()) for path in MODULES}

    assert {name: lines for name, lines in too_long.items() if lines > 400} == {}


def test_no_template_grows_past_reading():
    assert {
        relative(p): len(text_of(p).splitlines()) for p in TEMPLATES if len(text_of(p).splitlines()) > 250
    } == {}


def test_there_is_no_junk_drawer():
    drawers = {"utils", "common", "helpers", "services", "core", "mixins"}

    assert [relative(path) for path in MODULES if path.stem in drawers or path.parent.name in drawers] == []


def test_nothing_listens_to_signals():
    listeners = re.compile(
        r"@receiver\b|django\.(db\.models|dispatch|core)\.?(signals)?\b.*\b(receiver|post_save|pre_save)\b"
    )

    assert [relative(path) for path in MODULES if listeners.search(text_of(path))] == []


def test_views_are_functions():
    classes = [
        address.name
        for address in every_address()
        if hasattr(address.view, "view_class") and ":" in address.name
    ]

    assert classes == []


def test_a_view_is_called_as_its_address():
    exceptions = {
        "dossiers:search": "search_dossiers",  # `search` is the module beside it
        "dossiers:overview": "overview_page",  # `overview` is the module beside it
    }
    differing = {
        address.name: address.view.__name__
        for address in every_address()
        if ":" in address.name and address.name.split(":")[1] != address.view.__name__
    }

    assert differing == exceptions


WRITES = re.compile(
    r"\.(save|bulk_create|bulk_update|update_or_create|get_or_create)\(|objects\.create\(|\)\.(update|delete)\("
)
MAY_NOT_WRITE = ("views", "queries", "forms", "urls", "codes", "page", "pages")


def test_only_actions_write():
    writers = [
        relative(path)
        for path in MODULES
        if path.parent.name in (*ROOMS, "dossiers", "access", "accounts", "views", "forms")
        and (path.stem in MAY_NOT_WRITE or path.parent.name in ("views", "forms"))
        and WRITES.search(text_of(path))
    ]

    assert writers == []


@pytest.mark.parametrize(
    "forbidden",
    [
        r"\|\s*safe\b",
        r"\bstyle=",
        r"\bon(click|submit|change|load|input)=",
        r"<script(?![^>]*\bsrc=)",
        r"<style\b",
        r"javascript:",
    ],
)
def test_templates_keep_to_the_security_policy(forbidden):
    assert [relative(path) for path in TEMPLATES if re.search(forbidden, text_of(path))] == []


def test_every_template_can_be_read_by_the_engine():
    engine = engines.all()[0]
    broken = []
    for path in TEMPLATES:
        name = str(path).split("/templates/")[1]
        try:
            engine.get_template(name)
        except Exception as error:  # whatever it is, it is told
            broken.append((name, str(error)))

    assert broken == []


def test_keys_are_hung_on_the_ring_only_where_access_was_decided():
    hangers = {relative(path) for path in MODULES if re.search(r"\bhang\(", text_of(path))}

    assert hangers == {
        "wida/records/sealing.py",
        "wida/access/emergency.py",
        "wida/access/queries.py",
        "wida/dossiers/queries.py",
        "wida/drafts/actions.py",
        "wida/drafts/queries.py",
        "wida/people/matching/find.py",
        "wida/api/reports.py",
        "wida/api/renew.py",  # of the owner's command alone
        "wida/jobs.py",
        "wida/referrals/queue.py",
        "wida/consults/queries.py",
    }


def lines_of_the_glossary() -> str:
    return text_of(REPOSITORY / "docs" / "glossary.md")


def test_every_model_has_a_line_in_the_glossary():
    glossary = lines_of_the_glossary()
    names = [m._meta.object_name for m in apps.get_models() if m.__module__.startswith("wida.")]

    assert len(names) > 50
    assert [name for name in names if f"| `{name}` |" not in glossary] == []


def code_lists() -> list[type[models.Choices]]:
    found = []
    for room in ("accounts", "dossiers", *ROOMS):
        if not (PACKAGE / room / "codes.py").exists():
            continue
        module = importlib.import_module(f"wida.{room}.codes")
        for value in vars(module).values():
            if (
                inspect.isclass(value)
                and issubclass(value, models.TextChoices)
                and value.__module__ == module.__name__
            ):
                found.append(value)
    return found


def test_every_code_list_has_a_line_in_the_glossary():
    glossary = lines_of_the_glossary()

    assert [code.__name__ for code in code_lists() if f"| `{code.__name__}` |" not in glossary] == []


def test_stored_codes_are_plain_words():
    odd = [
        (code.__name__, value)
        for code in code_lists()
        for value in code.values
        if not re.fullmatch(r"[a-z0-9_]+", value)
    ]

    assert odd == []


NUMBER = re.compile(r"(?<!\d)\d{2}[. ]?\d{2}[. ]?\d{2}[- ]?\d{3}[. ]?\d{2}(?!\d)")
# The numbers in the examples of the library itself, for tests about valid numbers.
KNOWN = {"85073003328", "85471234589", "17073003384"}


def test_no_national_number_in_the_repository_could_be_somebodys():
    found = set()
    for folder in ("wida", "tests", "docs"):
        for path in (REPOSITORY / folder).glob("**/*"):
            if path.suffix in {".py", ".html", ".md", ".po", ".js"}:
                for number in NUMBER.findall(text_of(path)):
                    digits = re.sub(r"\D", "", number)
                    if stdnum.be.ssn.is_valid(digits) and digits not in KNOWN:
                        found.add((relative(path), number))

    assert found == set()


def test_no_path_of_a_machine_stands_in_the_repository():
    homes = re.compile(r"(?<![\w.])/(?:home|Users|root)/\w+")
    found = [
        relative(path)
        for folder in ("wida", "tests", "docs")
        for path in (REPOSITORY / folder).glob("**/*")
        if path.suffix in {".py", ".html", ".md"} and homes.search(text_of(path))
    ]

    assert found == []
