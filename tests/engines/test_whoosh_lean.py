"""Whoosh is imported without an HTTP client, asyncio and English endings, and nobody notices."""

from __future__ import annotations

import subprocess
import sys

OTHERS_GET_THE_REAL_ONES = """
import search.engines.whoosh
import sys
assert not {"urllib.request", "cached_property", "asyncio"} & set(sys.modules)
import cached_property
import urllib.request
assert cached_property.__file__ and urllib.request.__file__
assert urllib.request.urlretrieve
assert "whoosh.lang.morph_en" not in sys.modules
from whoosh.fields import TEXT, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.lang.morph_en import variations
from whoosh.query import Variations
assert "rendered" in variations("render")
index = RamStorage().create_index(Schema(a=TEXT))
with index.writer() as writer:
    writer.add_document(a="it rendered")
with index.searcher() as searcher:
    assert len(searcher.search(Variations("a", "render"))) == 1
"""

WHOOSH_WORKS = """
import search.engines.whoosh
from whoosh.fields import TEXT, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.query import Term
index = RamStorage().create_index(Schema(title=TEXT(stored=True)))
for title in ("alfa", "bravo"):
    writer = index.writer()
    writer.add_document(title=title)
    writer.commit(merge=False)
with index.searcher() as searcher:
    assert searcher.reader().is_atomic() is False
    assert [hit["title"] for hit in searcher.search(Term("title", "bravo"))] == ["bravo"]
"""

THREADS_ARE_LEFT_ALONE = """
import sys
import threading
done = threading.Event()
threading.Thread(target=done.wait).start()
import search.engines.whoosh
done.set()
assert sys.modules["urllib.request"].__file__ and sys.modules["cached_property"].__file__
"""


def run(program: str) -> None:
    subprocess.run([sys.executable, "-c", program], check=True)


def test_others_get_the_real_ones() -> None:
    run(OTHERS_GET_THE_REAL_ONES)


def test_whoosh_works() -> None:
    run(WHOOSH_WORKS)


def test_nothing_stands_in_while_others_run() -> None:
    run(THREADS_ARE_LEFT_ALONE)
