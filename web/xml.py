"""XML: trees of the standard library, in which nothing stands that XML cannot hold."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement, tostring

from flask import Response

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that are no ``Char`` of XML 1.0, section 2.2: most controls, and lone surrogates."""


def new_root(name: str, namespace: str) -> Element:
    """Return the root of a document, all of whose elements are of ``namespace``."""
    return Element(name, {"xmlns": namespace})


def add(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    """Add an element to ``parent``, and return it."""
    found = SubElement(parent, name, {key: clean(value) for key, value in attributes.items()})
    found.text = clean(text) or None
    return found


def clean(text: str) -> str:
    r"""Return ``text`` without the characters that XML cannot hold.

    >>> clean("a\x08b\x00")
    'ab'
    """
    return _FORBIDDEN.sub("", text)


def xml_answer(root: Element, mimetype: str) -> Response:
    """Return a document as an answer."""
    text = tostring(root, encoding="utf-8", xml_declaration=True)
    return Response(text + b"\n", content_type=f"{mimetype}; charset=utf-8")
