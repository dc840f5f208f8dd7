"""The page about the HTTP interface, made from its OpenAPI document."""

from __future__ import annotations

import shlex
from typing import Any, NamedTuple
from urllib.parse import urlencode

from flask import request

from search.messages import say
from search.wire import Json
from web.addresses import EVERYTHING, Addresses
from web.pages import here
from web.problems import KINDS
from web.rendering import render
from web.view import View


class Operation(NamedTuple):
    """Something that can be asked.

    Attributes:
        path: below the address of the interface.
        about: what the document says of it.
        answer: the name of the schema of its answer; "" where it has none.
        example: an address to try; "" where it needs an id, which nobody knows beforehand.
        command: the same for a shell.
    """

    path: str
    about: Json
    answer: str
    example: str
    command: str


class ReferenceView(View):
    """What the page shows around the document."""

    def _here(self, addresses: Addresses) -> str:
        return addresses.reference


def reference_page(document: Json) -> str:
    """Return the page."""
    base = document["servers"][0]["url"]
    return render(
        "api.html",
        view=ReferenceView(EVERYTHING, here()),
        document=document,
        operations=[
            _operation(base, path, methods["get"]) for path, methods in document["paths"].items()
        ],
        schemas=document["components"]["schemas"],
        type_text=type_text,
        limits_text=limits_text,
        problem_kinds=KINDS,
    )


def _operation(base: str, path: str, about: Json) -> Operation:
    host = request.host_url.rstrip("/")
    pairs = _example_pairs(about["parameters"])
    lines = [
        f"curl --get {shlex.quote(f'{host}{base}{path}')}",
        *(f"  --data-urlencode {shlex.quote(f'{name}={value}')}" for name, value in pairs),
    ]
    [content] = about["responses"]["200"]["content"].values()
    return Operation(
        path=path,
        about=about,
        answer=_name(content.get("schema", {})),
        example="" if "{" in path else f"{base}{path}?{urlencode(pairs)}".rstrip("?"),
        command=" \\\n".join(lines),
    )


def _example_pairs(parameters: list[Json]) -> list[tuple[str, str]]:
    found = []
    for each in parameters:
        example = each.get("example", [])
        values = example if isinstance(example, list) else [example]
        found += [(each["name"], str(value)) for value in values]
    return found


def type_text(schema: Json) -> str:
    """Return the type of a value in a few signs; a reference as the name of what it refers to.

    >>> type_text({"type": "array", "items": {"type": ["string", "null"]}})
    '[string | null]'
    """
    if name := _name(schema):
        return name
    if "anyOf" in schema:
        return "string"
    kind: Any = schema.get("type", "string")
    if kind == "array":
        return f"[{type_text(schema['items'])}]" if "items" in schema else "[…]"
    return kind if isinstance(kind, str) else " | ".join(kind)


def limits_text(schema: Json) -> str:
    """Return what bounds a value, in as few words as say what is counted; "" for nothing.

    >>> limits_text({"minimum": 1, "maximum": 20}), limits_text({"enum": ["a", "b"]})
    ('1–20', 'a | b')
    """
    if "enum" in schema:
        return " | ".join(schema["enum"])
    if "maximum" in schema:
        return f"{schema['minimum']:,}–{schema['maximum']:,}"
    for name, text in (("maxLength", "api.limit_characters"), ("maxItems", "api.limit_values")):
        if name in schema:
            return say(text, count=schema[name])
    return ""


def _name(schema: Json) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]
