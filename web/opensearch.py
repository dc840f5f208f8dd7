"""The OpenSearch description (1.1): with it a browser adds the archive to its address bar."""

from __future__ import annotations

from flask import Blueprint, Response, url_for

from search.messages import say
from web.addresses import Addresses
from web.feed import MEDIA_TYPE as ATOM
from web.feed import from_anywhere
from web.pages import here
from web.xml import add, new_root, xml_answer

MEDIA_TYPE = "application/opensearchdescription+xml"


def create_opensearch() -> Blueprint:
    """Return the route of the description."""
    opensearch = Blueprint("opensearch", __name__)

    @opensearch.get("/opensearch.xml")
    def describe() -> Response:
        site = from_anywhere(here())
        root = new_root("OpenSearchDescription", "http://a9.com/-/spec/opensearch/1.1/")
        add(root, "ShortName", say("web.name"))  # at most 16 characters
        add(root, "Description", say("api.opensearch"))
        add(root, "InputEncoding", "UTF-8")
        icon = url_for("static", filename="icon.svg", _external=True)
        add(root, "Image", icon, type="image/svg+xml", width="16", height="16")
        for media_type, path in (
            ("text/html", "/"),
            (ATOM, "/feed.atom"),
            ("application/x-suggestions+json", "/api/suggest/opensearch"),
        ):
            add(root, "Url", type=media_type, template=_template(site, path))
        return xml_answer(root, MEDIA_TYPE)

    return opensearch


def _template(site: Addresses, path: str) -> str:
    """Return an address with a place in it for what is searched."""
    language = f"&lang={site.lang}" if site.lang else ""
    return f"{site.root}{path}?q={{searchTerms}}{language}"
