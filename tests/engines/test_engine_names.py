"""Names that articles carry beside their text are words of it, and are asked for as words."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import TermKeys, index_terms
from search.article import Article, Entity
from search.engines.base import EngineRequest
from search.engines.whoosh import WhooshEngine
from search.engines.whoosh.snapshot import open_snapshot
from search.query import parse
from tests.articles import article

TEXT = "字节跳动和京东物流，都看字節跳動。"


def indexed(folder: Path, *articles: Article) -> Path:
    with WhooshEngine.new_writer(folder) as writer:
        for each in articles:
            writer.put(each)
        writer.commit()
    return folder


@pytest.mark.parametrize(
    "named",
    [
        {"entities": (Entity("字节跳动", ""),)},
        {"entities": (Entity("字節跳動", "5"), Entity("字节跳动", "6"))},
        {"authors": ("字节跳动",)},
        {"tags": (" 字节跳动", "另一个")},
        {"categories": (("新媒体", "字节跳动"),)},
    ],
)
def test_a_name_of_an_article_is_a_word_where_it_stands(tmp_path, named):
    plain = article("plain", "字节跳动", TEXT)
    snapshot = open_snapshot(indexed(tmp_path, plain, article("a", "字节跳动", TEXT, **named)))
    words = snapshot.segments[0].arrays
    for field, times in (("title_words", 1), ("body_words", 2)):
        found = words.field(field)
        term = found.find("字节跳动".encode())
        assert found.docs_of(term).tolist() == [1], field
        assert snapshot.doc_frequency(field, "字节跳动".encode()) == 1
        assert int(found.occurrences[term]) == times


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("京东", False),
        ("字节跳动", True),
        ("人民日报", False),
        ("物流都", False),
        ("36氪研究", False),
        ("字" * 41, False),
    ],
)
def test_a_name_is_of_three_characters_of_han_or_more_and_stands_there(tmp_path, name, word):
    text = f"{TEXT}36氪研究{'字' * 41}"
    one = article("a", "题", text, authors=(name,))
    assert open_snapshot(indexed(tmp_path, one)).has_word("body", name) == word


def test_what_the_segmenter_cut_as_a_word_counts_once():
    keys = TermKeys()
    text = "供应链，供应链管理"
    plain = sorted(keys.terms(keys.analyse([text]).words))
    assert plain.count("供应链") == 2
    assert sorted(keys.terms(keys.analyse([text], [["供应链"]]).words)) == plain


TEXTS = st.text(alphabet="字节跳动供应链京。a\n", max_size=30)
NAMES = st.lists(st.sampled_from(["字节跳动", "供应链", "字节跳", "链京东"]), unique=True)


@given(st.lists(st.tuples(TEXTS, NAMES), max_size=4))
def test_names_are_added_to_the_words_of_their_own_text_alone(several):
    keys = TermKeys()
    found = keys.analyse([text for text, _ in several], [names for _, names in several])
    words, start = keys.terms(found.words), 0
    for (text, names), count in zip(several, found.word_counts.tolist(), strict=True):
        own = words[start : start + count]
        start += count
        alone = index_terms(text).words
        for word in {*own, *alone}:
            wanted = max(alone.count(word), text.count(word) if word in names else 0)
            assert own.count(word) == wanted
    assert start == len(words)


def test_a_name_cut_in_two_scores_as_a_word_and_matches_as_before(tmp_path):
    named = article("named", "一", "字节跳动做得好。", entities=(Entity("字节跳动", ""),))
    apart = article("apart", "二", "字节跳动做得好。")
    parted = article("parted", "三", "跳动的字节。")
    engine = WhooshEngine(indexed(tmp_path, apart, named, parted))
    for text, ids in (("看字节跳动", []), ("字节跳动", ["named", "apart", "parted"])):
        hits = engine.search(EngineRequest(query=parse(text).query)).hits
        assert [hit.article.id for hit in hits] == ids
    first, second, *_ = engine.search(EngineRequest(query=parse("字节跳动").query)).hits
    assert first.score > second.score
