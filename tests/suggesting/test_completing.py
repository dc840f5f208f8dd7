"""What is suggested while one types."""

from __future__ import annotations

import re
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin

from search.analysis import normalise
from search.engines.base import VocabularyEntry
from search.engines.locating import open_writer
from search.errors import RequestError
from search.service import open_index
from search.suggesting.completing import Completer
from search.suggesting.lexicon import Lexicon
from tests.articles import article
from tests.suggesting.conftest import TITLES
from tests.thoroughness import examples


def suggested(index, text, limit=20):
    return [(each.kind, each.text) for each in index.suggest(text, limit)]


@pytest.mark.parametrize(
    ("typed", "kind", "text"),
    [
        ("字", "company", "字节跳动"),
        ("字节", "company", "字节跳动"),
        ("zijie", "company", "字节跳动"),
        ("zij", "company", "字节跳动"),
        ("zjtd", "company", "字节跳动"),
        ("字jie", "company", "字节跳动"),
        ("zi节t", "company", "字节跳动"),
        ("zi'jie", "company", "字节跳动"),
        ("rengongzhi", "word", "人工智能"),
        ("rgzn", "word", "人工智能"),
        ("shujuku", "word", "数据库"),
        ("數據", "word", "数据库"),
        ("kube", "word", "kubernetes"),
        ("KUBE", "word", "kubernetes"),
        ("yinhang", "word", "银行"),
        ("jqzx", "author", "机器之心"),
        ("36", "author", "36kr"),
        ("zixun", "category", "资讯"),
        ("news", "category", "Hacker News"),
        ("hacker n", "category", "Hacker News"),
        ("yq", "tag", "物流 园区"),
        ("南京", "title", "南京的数据库索引"),
        ("shujuku", "title", "南京的数据库索引"),
        ("银行 数字", "title", "中国人民银行谈数字货币的风险"),
    ],
)
def test_a_beginning_in_characters_pinyin_initials_or_mixed_is_completed(index, typed, kind, text):
    assert (kind, text) in suggested(index, typed)


@pytest.mark.parametrize("typed", ["", "   ", "zzzz", "jiezi", "节跳", "，", "字 ", "x" * 200])
def test_what_begins_nothing_suggests_nothing(index, typed):
    assert [each for each in suggested(index, typed) if each[0] != "title"] == []


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("标题:shuju", "标题:数据库"),
        ("hacker n", 'category:"Hacker News"'),
        ("数据库 rgzn", "数据库 人工智能"),
        ("京东 -(rgzn", "京东 -(人工智能"),
        ("京东 jqzx", "京东 author:机器之心"),
        ("作者:jqzx", "author:机器之心"),
        ("zixun", "category:新媒体/资讯"),
        ("zjtd", "company:字节跳动"),
    ],
)
def test_the_last_word_is_completed_and_what_is_before_it_stays(index, typed, query):
    assert query in [each.query for each in index.suggest(typed)]


def test_behind_a_field_only_its_names_are_suggested(index):
    assert suggested(index, "author:j") == [("author", "机器之心")]
    assert {kind for kind, _ in suggested(index, "分类:z")} == {"category"}
    assert suggested(index, "标题:南京的") == [("title", "南京的数据库索引")]


def test_a_title_that_several_articles_have_is_suggested_once(index):
    [title] = [each for each in index.suggest("南京") if each.kind == "title"]
    assert (title.text, title.id) == ("南京的数据库索引", "2-0")


def test_counts_are_of_articles(index):
    [name] = [each for each in index.suggest("36k") if each.kind == "author"]
    assert name.count == 15
    [word] = [each for each in index.suggest("rgzn") if each.kind == "word"]
    assert word.count == 3


def test_each_kind_has_its_turn(index):
    assert [kind for kind, _ in suggested(index, "z", 3)] == ["word", "company", "category"]


@pytest.mark.parametrize(
    ("text", "limit", "message"),
    [("字", 0, "1"), ("字", 21, "20"), ("字" * 201, 8, "200")],
)
def test_too_much_is_refused_with_its_bound(index, text, limit, message):
    with pytest.raises(RequestError, match=message):
        index.suggest(text, limit)


@given(typed=st.text(alphabet="".join({*"".join(TITLES), *"數據銀 "}), max_size=5))
@examples(100)
def test_by_characters_a_suggestion_begins_so_or_a_word_in_it_does(index, typed):
    last = normalise(typed).split(" ")[-1]
    for each in index.suggest(typed, 20):
        text = normalise(each.text)
        if re.search("[a-z]", last):  # letters may be pinyin
            continue
        is_begun = text.startswith(last) or f" {last}" in text
        assert last in text if each.kind == "title" else is_begun


@given(typed=st.text(max_size=30), limit=st.integers(1, 20))
@examples(100)
def test_no_text_is_an_error_and_nothing_is_suggested_twice(index, typed, limit):
    found = index.suggest(typed, limit)
    assert len(found) == len({(each.kind, each.text, each.path, each.id) for each in found})
    assert len(found) <= limit


WORDS = ["字节跳动", "自己", "资金", "中国", "芯片", "西安", "先", "b站", "android", "爱你", "长城"]
INITIALS = {"zh", "ch", "sh"}
LEXICON = Lexicon(VocabularyEntry("word", word, 1) for word in WORDS)
COMPLETER = Completer(LEXICON)


def fits(typed: str, rest: list[tuple[str, str]]) -> bool:
    """Whether what was typed reads as a beginning of these characters, each with its sound."""
    if not typed:
        return True
    if not rest:
        return typed == "'"
    char, sound = rest[0]
    ways = [typed[1:]] if typed[0] == char else []
    if typed[0] == "'":
        return fits(typed[1:], rest)
    short = {sound, sound[:1], *({sound[:2]} & INITIALS)} if sound else set()
    ways += [typed[len(each) :] for each in short if typed.startswith(each)]
    return sound.startswith(typed) or any(fits(way, rest[1:]) for way in ways)


def characters(word: str) -> list[tuple[str, str]]:
    sounds = iter(lazy_pinyin("".join(char for char in word if not char.isascii())))
    return [(char, "" if char.isascii() else next(sounds)) for char in word]


@given(typed=st.text(alphabet="zijetdonghcxanb字节中国", min_size=1, max_size=7))
@examples(300)
def test_all_readings_are_followed(typed):
    """Against going through every word, letter by letter."""
    sounds = {word: characters(word) for word in WORDS}
    found = {LEXICON.texts[each] for each in COMPLETER.complete(typed, 20)["word"]}
    assert found == {word for word in WORDS if fits(typed, sounds[word])}


def test_whole_syllables_come_before_initials():
    entries = [VocabularyEntry("word", "战鹅", 9), VocabularyEntry("word", "这些", 1)]
    assert Completer(Lexicon(entries)).complete("zhe", 5)["word"] == [1, 0]


def test_a_word_that_is_a_name_too_is_suggested_as_the_name(index):
    assert [kind for kind, text in suggested(index, "kuaidi") if text == "快递"] == ["tag"]


def test_those_in_most_articles_come_first():
    entries = [VocabularyEntry("word", "资金", 2), VocabularyEntry("word", "自己", 5)]
    assert Completer(Lexicon(entries)).complete("zj", 2)["word"] == [1, 0]


def test_what_a_commit_brings_is_suggested_soon_and_meanwhile_what_there_was(tmp_path):
    location = str(tmp_path / "index")

    def put(name):
        with open_writer(location) as writer:
            writer.put(article(name, authors=(name,)))
            writer.commit()

    put("字节")
    with open_index(location) as index:
        assert suggested(index, "zi") == [("author", "字节")]
        put("自己")
        before = set(threading.enumerate())
        assert suggested(index, "zi") == [("author", "字节")]
        for maker in set(threading.enumerate()) - before:
            maker.join()
        assert sorted(suggested(index, "zi")) == [("author", "字节"), ("author", "自己")]
