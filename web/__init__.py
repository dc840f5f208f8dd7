"""The page and the HTTP interface: addresses to requests, answers to HTML or JSON.

application    the Flask application, its parts put together
pages          the search page and the page of an article
api            the same as JSON
query_string   parameters of an address <-> `search.SearchRequest`
addresses      where each search and each article is found
facets         what a search can be narrowed by, and what narrows it
view           all else that a page shows: orders, chips, pages, other languages
figures        the archive in numbers
ages           how old an article is, in words
reading_time   how long it takes to read
ways_out       searches that do find something, where one finds nothing
marking        spans -> <mark>
speaking       the language of an answer
protection     headers that bound what a page may do
serving        waitress
"""

from pathlib import Path

from search.messages import add_catalogue
from web.application import create_app
from web.serving import serve

add_catalogue(Path(__file__).parent / "locale")

__all__ = ["create_app", "serve"]
