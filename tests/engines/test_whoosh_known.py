"""What the indexer must know of documents comes back from its columns, whatever it is."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given
from hypothesis import strategies as st

from search.article import article_id
from search.engines.base import Known
from search.engines.whoosh.array_writer import ArrayWriter
from search.engines.whoosh.arrays import ArrayFile
from search.engines.whoosh.known import NO_STAMP, KnownColumns, KnownWriter

TEXT = st.text(alphabet="京东物流 a/<&>\n\0\ud800é\x01", max_size=12)
DIGITS = st.text(alphabet="0123456789abcdef", min_size=16, max_size=16)
KNOWN = st.builds(
    Known, TEXT, TEXT, TEXT, DIGITS | TEXT, st.booleans(), st.just("") | DIGITS | TEXT
)
WHOLE = Known("", "/文", "甲/乙.md", "0123456789abcdef", False, "fedcba9876543210")


def columns(known: list[Known]) -> KnownColumns:
    noted = KnownWriter()
    for each in known:
        noted.note(each)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "known"
        with ArrayWriter(path, durable=False) as out:
            noted.write(out)
        return KnownColumns(ArrayFile(path), lambda doc: known[doc].id)


@given(st.lists(KNOWN, min_size=1, max_size=5))
@example([WHOLE, WHOLE._replace(path="甲/丙.md"), WHOLE._replace(path="乙.md", stamp="")])
@example([WHOLE._replace(fingerprint="f"), WHOLE._replace(stamp="s")])
def test_it_comes_back(known: list[Known]) -> None:
    known = [each._replace(id=each.id or article_id(each.path)) for each in known]
    found = columns(known)
    assert [found.of(doc) for doc in range(len(known))] == known
    assert list(found.of_all(range(len(known)))) == known
    sources = {each.source for each in known[1:]}
    assert found.is_from(sources).tolist() == [each.source in sources for each in known]


def test_stamps_are_those_of_articles_that_are_no_drafts() -> None:
    known = [WHOLE, WHOLE._replace(draft=True), WHOLE._replace(stamp=""), WHOLE._replace(stamp="s")]
    assert columns(known).stamps() == [WHOLE.stamp, NO_STAMP, NO_STAMP, NO_STAMP]
    odd_print = WHOLE._replace(fingerprint="f")
    assert columns([odd_print]).stamps() == [WHOLE.stamp]
