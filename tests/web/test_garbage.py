"""What a page was made of goes when it is sent, without the garbage collector."""

from __future__ import annotations

import gc

import pytest
from flask.testing import FlaskClient

from search.article import Article
from search.results import Page
from web.view import View


@pytest.mark.parametrize("address", ["/", "/?q=物流", "/?q=zzzz", "/?category=新闻"])
def test_no_page_waits_for_the_collector(client: FlaskClient, address: str) -> None:
    client.get(address)  # what is made once is made
    gc.collect()
    gc.disable()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        client.get(address)
        gc.collect()
        left = [type(each) for each in gc.garbage]
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()
    assert not {Article, Page, View} & set(left)
