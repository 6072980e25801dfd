"""The OpenAPI description, and what its page shows of it."""

from functools import cache
from typing import Any, NamedTuple

from wida.api.api import api

REFERENCE = "#/components/schemas/"


class Field(NamedTuple):
    name: str
    kind: str
    needed: bool
    about: str


class Shape(NamedTuple):
    """A body or a part of one: its fields, or the words it may be."""

    name: str
    about: str
    fields: list[Field]
    words: list[str]


class Operation(NamedTuple):
    method: str
    path: str
    summary: str
    about: str
    asks: list[Field]
    takes: str
    answers: list[tuple[str, str]]


@cache
def schema() -> dict[str, Any]:
    return dict(api.get_openapi_schema(path_prefix="/api/v1/"))


@cache
def operations() -> list[Operation]:
    return [
        Operation(
            method.upper(),
            path,
            told["summary"],
            told.get("description", ""),
            [
                Field(one["name"], _kind(one["schema"]), one["required"], one["in"])
                for one in told.get("parameters", ())
            ],
            _body(told["requestBody"]) if "requestBody" in told else "",
            _answers(told["responses"]),
        )
        for path, methods in schema()["paths"].items()
        for method, told in methods.items()
    ]


def _body(told: dict[str, Any]) -> str:
    return _kind(next(iter(told["content"].values()))["schema"])


def _answers(told: dict[str, Any]) -> list[tuple[str, str]]:
    """Each body with the statuses that carry it."""
    statuses: dict[str, list[str]] = {}
    for status, answer in sorted(told.items(), key=lambda one: str(one[0])):
        statuses.setdefault(_body(answer), []).append(str(status))
    return [(", ".join(several), body) for body, several in statuses.items()]


@cache
def shapes() -> list[Shape]:
    return [
        Shape(
            name,
            told.get("description", ""),
            [
                Field(field, _kind(about), field in told.get("required", ()), about.get("description", ""))
                for field, about in told.get("properties", {}).items()
            ],
            [str(word) for word in told.get("enum", ())],
        )
        for name, told in sorted(schema()["components"]["schemas"].items())
    ]


def _kind(told: dict[str, Any]) -> str:
    """What a field holds, in a few words."""
    if "$ref" in told:
        return told["$ref"].removeprefix(REFERENCE)
    for several in ("anyOf", "oneOf", "allOf"):
        if several in told:
            return " or ".join(_kind(one) for one in told[several])
    if told.get("type") == "array":
        return f"list of {_kind(told.get('items', {}))}"
    if "enum" in told:
        return " | ".join(map(str, told["enum"]))
    limits = [f"at most {told['maxLength']} characters"] if "maxLength" in told else []
    return ", ".join([told.get("format") or told.get("pattern") or told.get("type", "anything"), *limits])
