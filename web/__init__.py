"""The page and the HTTP interface: addresses to requests, answers to HTML or JSON.

application    the Flask application, its parts put together
pages          the front page, the search page and the page of an article
api            the same as JSON
openapi        what there is of that, described; openapi_schemas: the shapes of its answers
reference      the page made from the description
problems       errors for programs
feed           any search as an Atom feed
opensearch     how a browser searches here from its address bar
xml            what both are written in
caching        what a browser may keep, and whether that still holds
kept_pages     search pages as they were sent, for whoever asks the same
version        which program answers
compressing    answers made small, files once
query_string   parameters of an address <-> `search.SearchRequest`
addresses      where each search and each article is found
facets         what a search can be narrowed by, and what narrows it; facet_search: found by name
histogram      when the articles were written, as bars; months: as a table
periods        years and months, in words
rendering      templates, compiled for each language
writing        choices, bars, months and links to pages -> HTML; hits: articles that were found
view           all else that a page shows: orders, chips, pages, other languages
figures        the archive in numbers
ages           how old an article is, in words
reading_time   how long it takes to read
ways_out       searches that do find something, where one finds nothing
reading        an article made ready: marking, outline, pictures
marking        spans -> <mark>
outline        headings -> a table of contents
pictures       which of other sites are shown
neighbours     the hits before and after an article
syntax         the query language, as the help tells it
keys           which there are
speaking       the language of an answer, and the cookie that keeps the one chosen
protection     headers that bound what a page may do
behind         the address that readers ask a proxy for
serving        waitress
connections    how long one stays open, and which makes room
dispatching    which thread of a process works
"""

from pathlib import Path

from search.messages import add_catalogue
from web.application import create_app
from web.behind import Behind
from web.serving import serve

add_catalogue(Path(__file__).parent / "locale")

__all__ = ["Behind", "create_app", "serve"]
