"""Every field has a class, and a text in clear was thought about."""

import pytest
from django.apps import apps
from django.db import models

from tests.test_setup import CHECKOUT
from wida.records import classes


def test_the_catalogue_of_fields_is_that_of_the_models():
    """Made anew by `wida fields > docs/fields.md`."""
    assert (CHECKOUT / "docs/fields.md").read_text(encoding="utf-8") == classes.as_markdown()


def test_who_adds_a_text_in_clear_is_asked_why():
    person = apps.get_model("people.person")
    field = models.TextField()
    field.name, field.model = "story", person

    with pytest.raises(classes.Unclassified, match=r"people\.person\.story"):
        classes.class_of(field)


def test_what_tells_of_a_family_in_words_is_sealed():
    clear = {
        f"{table}.{field.name}"
        for table, fields in classes.fields()
        for field in fields
        if field.kind in ("identity", "protected", "narrative") and not field.sealed
    }
    open_texts = {f"{table}.{name}" for table, names in classes.OPEN_TEXTS.items() for name in names.split()}

    # Municipality and police district stand in clear for figures, and are withheld with a protected address.
    assert clear - open_texts == {"people.address.municipality", "situation.incident.report_district"}


def test_a_name_in_the_catalogue_is_a_field():
    there = {(table, field.name) for table, fields in classes.fields() for field in fields}
    named = {
        (table, name)
        for kind in classes.NAMED.values()
        for table, names in kind.items()
        for name in names.split()
    }

    assert named - there == set()
