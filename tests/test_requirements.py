"""Requirements that no room shows by itself; docs/requirements.md names each by its row."""

import contextlib
import json
import re
import subprocess
import sys
import time
import zipfile
from importlib import metadata

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse
from flit_core import buildapi
from psycopg import sql

from tests import cast, rich
from tests.test_setup import CHECKOUT
from wida.accounts.models import User
from wida.demo.organisations import PASSWORD
from wida.dossiers.codes import Stage
from wida.dossiers.models import Dossier
from wida.people.models import Person
from wida.records.models import Revision
from wida.records.sealing import SealedText
from wida.referrals.models import Inflow
from wida.situation.moments import parse_moment
from wida.situation.report_number import parse
from wida.web import parsing
from wida.web.text import render

# What a look leaves: its event, that somebody signed in and used the session, and what they opened in the work list.
LEFT_BY_A_LOOK = {"audit_event", "accounts_session", "accounts_user", "referrals_inflowseen"}


def tables() -> dict[str, str]:
    """A checksum of all rows of each table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'"
        )
        names = {name for (name,) in cursor.fetchall()} - LEFT_BY_A_LOOK
        sums = {}
        for name in sorted(names):
            rows = sql.SQL("select md5(coalesce(string_agg(t::text, '' order by t::text), '')) from {} t")
            cursor.execute(rows.format(sql.Identifier(name)))
            sums[name] = cursor.fetchone()[0]
    return sums


PAYLOAD = "\"'><script>zq1</script><img src=zq2 onerror=zq3>"
# Read back as something else than words: a day, or a frozen picture of rows.
NO_WORDS = {
    "person.birth_date",
    "weighing.snapshot",
    "decision.snapshot",
    "planversion.content",
    "draft.words",
    "contribution.recipients",
    "referral.unfinished",
}


def poison(dossier) -> int:
    """Puts the same unkind words behind whatever somebody wrote in a dossier; tells in how many kinds of field."""
    poisoned = set()
    triggers("replica")  # also what may never be changed
    for model in apps.get_models():
        sealed = [field.name for field in model._meta.concrete_fields if isinstance(field, SealedText)]
        linked = any(field.name == "dossier" for field in model._meta.concrete_fields)
        if not sealed or not (linked or model is Dossier) or model in (Revision, Inflow):
            continue
        for row in model.objects.filter(**({"dossier": dossier} if linked else {"pk": dossier.pk})):
            for name in sealed:
                if f"{model._meta.model_name}.{name}" not in NO_WORDS and getattr(row, name):
                    setattr(row, name, getattr(row, name) + PAYLOAD)
                    poisoned.add((model, name))
            row.save(update_fields=sealed)
    triggers("origin")
    return len(poisoned)


def triggers(role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select set_config('session_replication_role', %s, true)", [role])


def test_reading_changes_nothing_but_the_trail_and_what_was_typed_is_never_markup(house):
    dossier = rich.family(Stage.EXECUTION)
    fields = poison(dossier)
    before = tables()

    read = [place for place in rich.walk(dossier, "coordinator.limburg") if place.page]

    assert len(read) > 60
    assert fields > 40
    pages = {place.name: place.page.answer.content.decode() for place in read}
    assert [name for name, page in pages.items() if "<script>zq" in page or "<img src=zq" in page] == []
    assert len([name for name, page in pages.items() if "&lt;script&gt;zq1" in page]) > 15
    assert {name for name, checksum in tables().items() if checksum != before[name]} == set()


def test_a_password_is_kept_by_argon2id(house):
    user = User.objects.get(login="coordinator.limburg")

    assert user.password.startswith("argon2$argon2id$v=19$")
    assert PASSWORD not in user.password


def test_ten_thousand_signs_take_no_time():
    """No pattern of ours goes back over what somebody typed again and again."""
    unkind = (
        "a" * 10_000,
        "1" * 10_000,
        "[" * 10_000,
        "((((" * 2_500,
        "*_" * 5_000,
        " \n" * 5_000,
        "é-" * 5_000,
    )
    begin = time.process_time()

    for text in unkind:
        render(text)
        parse(text)
        for read in (parsing.parse_day, parsing.parse_clock, parsing.parse_phone, parse_moment):
            with contextlib.suppress(ValidationError):
                read(text)

    assert time.process_time() - begin < 1.5


def test_of_a_field_that_is_sent_twice_the_last_counts(house):
    dossier = cast.new_dossier()
    client = cast.signed_in("liaison.caw-limburg")
    address = reverse("people:add_person", args=[dossier.number])

    answer = client.post(
        address,
        {
            "group": "rechtstreeks",
            "given_name": ["Eerst", "Laatst"],
            "family_name": "Dubbelaar",
            "sex": "vrouw",
        },
    )

    assert answer.status_code == 303, answer.content.decode()
    added = next(p for p in Person.objects.of(dossier) if p.family_name == "Dubbelaar")
    assert added.given_name == "Laatst"


def test_what_is_installed_holds_no_tests(tmp_path, monkeypatch):
    monkeypatch.chdir(CHECKOUT)
    wheel = tmp_path / buildapi.build_wheel(str(tmp_path))

    names = zipfile.ZipFile(wheel).namelist()

    assert "wida/settings.py" in names
    assert {name.split("/")[0] for name in names if "dist-info" not in name} == {"wida"}
    assert [name for name in names if "test" in name.lower()] == []


def test_the_list_of_parts_names_what_is_installed_and_locked(tmp_path):
    listed = tmp_path / "parts.cdx.json"
    subprocess.run([sys.executable, CHECKOUT / "bin/parts", listed], check=True)

    told = json.loads(listed.read_text(encoding="utf-8"))
    parts = {part["name"]: part for part in told["components"]}
    assert (told["bomFormat"], told["specVersion"]) == ("CycloneDX", "1.6")
    assert parts["django"]["version"] == metadata.version("django")
    assert parts["django"]["purl"] == f"pkg:pypi/django@{metadata.version('django')}"
    assert len(parts) == len(told["components"]) > 50
    locked = (CHECKOUT / "requirements.txt").read_text(encoding="utf-8")
    assert [name for name, part in parts.items() if f"{name}=={part['version']}" not in locked] == []


ROOMS = sorted(path.name for path in (CHECKOUT / "tests").iterdir() if path.is_dir())
TEST_FILE = re.compile(rf"(?<![\w/])((?:(?:{'|'.join(ROOMS)})/)?test_\w+)(?: \(([^)]*)\))?")


def rows(document: str) -> list[list[str]]:
    """The rows with a number of the tables of a document."""
    text = (CHECKOUT / "docs" / document).read_text(encoding="utf-8")
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in text.splitlines()
        if re.match(r"\| \d+ \|", line)
    ]


def test_every_requirement_and_threat_names_tests_that_exist_or_says_that_it_is_open():
    found = rows("requirements.md")
    numbers = [int(row[0]) for row in found]
    wrong = []
    for row in found:
        shown, room = row[-1], ""
        for place, hint in TEST_FILE.findall(shown):
            room = place.rpartition("/")[0] or room
            files = [CHECKOUT / "tests" / f"{place}.py", CHECKOUT / "tests" / room / f"{place}.py"]
            file = next((file for file in files if file.exists()), None)
            names = re.findall(r"def test_(\w+)", file.read_text(encoding="utf-8")) if file else []
            hints = (
                [part.strip().removesuffix("…").strip("_") for part in hint.split(",")] if "_" in hint else []
            )
            if not names or [hint for hint in hints if not any(hint in name for name in names)]:
                wrong.append((row[0], place, hint))
        if not TEST_FILE.search(shown) and not re.search(
            r"open|host|make check|no decision is automatic|hashes", shown
        ):
            wrong.append((row[0], shown, "no test"))

    assert numbers == [*range(1, 106), *range(1, 41)]
    assert wrong == []
