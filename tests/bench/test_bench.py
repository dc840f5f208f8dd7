"""The bench asks every peer the same: totals and buckets agree, here on few and tiny articles."""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from search.article import Article
from tests.articles import article
from tests.bench import floor, measuring, queries
from tests.bench.asks import HITS, KINDS, Ask, Kind
from tests.bench.corpus import MAKE_POSTS, dealt_anew, read_articles, write_articles
from tests.bench.figures import Figures, PeerFigures
from tests.bench.peers import EXACT, PEERS, Searching, load
from tests.bench.session import Session, timed_asks
from tests.bench.targets import targets

COUNT = 150
WORDS = (
    *("京东", "物流", "仓储", "人工智能", "大模型", "新", "的", "搜索", "引擎", "搜索引擎", "東京"),
    *("快递", "供应链", "京城", "iPhone", "15", "C++", "3月", "2024年", "Café", "AI", "GPU"),
)
TAGS = ("物流", "AI 应用", "京东")
AUTHORS = ("36kr", "虎嗅", "机器之心", "张 三")
PATHS = (("新媒体", "36kr", "资讯"), ("新媒体", "36kr"), ("前沿", "机器之心"), ("编程",))
TEXTS = (
    *("京东", "物流", "搜索", "人工智能", "的", "新", "京", "大模型", "搜索引擎", "东京"),
    *("京东物流", "物流京东", "3月", "2024年", "iphone", "C++", "cafe", "15", "gpu"),
)
PHRASES = (
    *('"京东物流"', '"京东 物流"', '"新 搜索"', '"的 3月"', '"京 东"', '"搜索，引擎"'),
    *('"iPhone 15"', '"C++ 15"', '"物流 gpu"'),
)
PREFIXES = ("京*", "iph*", "供应*", "ca*", "2*", "京东 g*", "3月*", "c+*")


def _text(dealer: random.Random, most: int) -> str:
    words = dealer.choices(WORDS, k=dealer.randint(1, most))
    return "".join(word + dealer.choice(("", "", " ", "，", "\n")) for word in words)


def _articles() -> Iterator[Article]:
    dealer = random.Random(7)
    for number in range(COUNT):
        day = date(2019, 1, 1) + timedelta(days=dealer.randrange(1000))
        yield article(
            f"a{number}",
            _text(dealer, 4).replace("\n", " "),
            _text(dealer, 30),
            day.isoformat() if dealer.random() < 0.9 else None,
            authors=tuple(dealer.sample(AUTHORS, dealer.randint(0, 2))),
            tags=tuple(dealer.sample(TAGS, dealer.randint(0, 2))),
            categories=tuple(dealer.sample(PATHS, dealer.randint(0, 2))),
        )


def _asks() -> list[Ask]:
    dealer = random.Random(8)
    texts = (*TEXTS, *PHRASES, *PREFIXES, *(" ".join(dealer.sample(TEXTS, 3)) for _ in range(10)))
    plain = [Ask(kind="facets", text=text) for text in texts]
    filters = [
        {"category": ("新媒体",), "first_day": date(2019, 6, 1), "last_day": date(2020, 12, 31)},
        {"category": ("新媒体", "36kr")},
        {"first_day": date(2020, 1, 1)},
    ]
    return [*plain, *(replace(ask, kind="filtered", **dealer.choice(filters)) for ask in plain)]


def _opened(name: str, folder: Path) -> Searching:
    if name == "tantivy":
        pytest.importorskip("tantivy", reason="tantivy is of the bench extra: make bench")
    folder.mkdir()
    peer = load(name)
    peer.index(_articles(), folder)
    return peer.open(folder)


@pytest.fixture(scope="module")
def wensou(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searching]:
    with closing(_opened("wensou", tmp_path_factory.mktemp("bench") / "wensou")) as searching:
        yield searching


@pytest.mark.parametrize("name", EXACT)
def test_totals_and_buckets_are_those_of_wensou(name, wensou, tmp_path):
    with closing(_opened(name, tmp_path / name)) as peer:
        for ask in _asks():
            ours, theirs = wensou.search(ask), peer.search(ask)
            assert (theirs.total, theirs.facets) == (ours.total, ours.facets), ask


def test_there_is_something_to_agree_on(wensou):
    answers = [wensou.search(ask) for ask in _asks()]
    assert len(answers) > 80
    assert sum(answer.total > 0 for answer in answers) > 60
    assert all(answer.facets.keys() == {"category", "author", "tag", "date"} for answer in answers)


@pytest.mark.parametrize("name", PEERS)
def test_a_peer_loads_its_hits_and_counts_the_authors_of_one_article(name, tmp_path):
    only = article("only", "京东物流", "仓储", "2021-06-16", authors=("36kr", "张 三"))
    if name == "tantivy":
        pytest.importorskip("tantivy", reason="tantivy is of the bench extra: make bench")
    peer = load(name)
    peer.index(iter([only]), tmp_path)
    with closing(peer.open(tmp_path)) as searching:
        found = searching.search(Ask(kind="facets", text="物流"))
        newest = searching.search(Ask(kind="newest", text="物流"))
    assert (found.total, found.hits) == (newest.total, newest.hits) == (1, ("only",))
    assert found.facets["author"] == {"36kr": 1, "张 三": 1}
    assert found.facets["date"] == {"2021-06": 1}


@pytest.mark.parametrize("name", ["fts5", "tantivy"])
def test_the_newest_come_first_and_those_without_a_date_last(name, wensou, tmp_path):
    ask = Ask(kind="newest", text="物流")
    days = {each.id: each.day or date.min for each in _articles()}
    with closing(_opened(name, tmp_path / name)) as peer:
        seen = [days[hit] for hit in peer.search(ask).hits]
    assert seen == sorted(seen, reverse=True) == [days[hit] for hit in wensou.search(ask).hits]
    assert len(seen) == HITS


def test_questions_are_the_same_for_the_same_seed():
    asks = queries.choose(_articles(), 5, seed=3)
    assert asks == queries.choose(_articles(), 5, seed=3)
    assert asks != queries.choose(_articles(), 5, seed=4)
    assert [ask.kind for ask in timed_asks(asks)] == [kind for kind in KINDS for _ in range(5)]
    assert asks == [Ask.from_json(ask.as_json()) for ask in asks]


@pytest.mark.parametrize(
    ("kind", "form"),
    [("phrase", r'"[^"]+"'), ("prefix", r"[^*]+\*"), ("top-10", r"\S+( \S+){0,3}")],
)
def test_questions_have_the_form_of_their_kind(kind: Kind, form: str):
    asks = queries.choose(_articles(), 20, seed=5)
    texts = [ask.text for ask in asks if ask.kind == kind]
    assert texts
    assert not [text for text in texts if not re.fullmatch(form, text)]


def test_articles_dealt_anew_are_the_same_for_the_same_seed(tmp_path):
    path = tmp_path / "articles.pickle"
    long = "一段足够长的文字，可以拿来重新发牌，做成别的文章。"
    write_articles((replace(each, text=long) for each in _articles()), path)
    assert len(list(read_articles(path, most=10))) == 10
    dealt = list(dealt_anew(path, 30, seed=1))
    assert dealt == list(dealt_anew(path, 30, seed=1))
    assert len({each.id for each in dealt}) == 30


def test_percentiles_are_of_the_nearest_rank():
    values = [float(each) for each in range(200, 0, -1)]
    assert [measuring.percentile(values, percent) for percent in (50, 95, 99)] == [100, 190, 198]
    assert measuring.percentile([3.0], 99) == 3.0


def test_memory_of_a_child_of_a_child_is_seen():
    hold = "x = bytearray(64 << 20); import time; time.sleep(0.5)"
    start = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {hold!r}])"
    assert measuring.run([sys.executable, "-c", start], watch_memory=True).peak_bytes > 64 << 20


def test_a_command_that_fails_is_an_error_with_its_words():
    with pytest.raises(measuring.CommandError, match="no such thing"):
        measuring.run([sys.executable, "-c", "raise SystemExit('no such thing')"])


def test_targets_say_what_was_not_measured():
    times = {kind: {"p50": 1.0, "p95": 2.0, "p99": 3.0} for kind in KINDS}
    ours = PeerFigures(
        articles=100,
        seconds=0.01,
        text_bytes=10,
        index_bytes=12,
        peak_bytes=10**9,
        private_bytes=4 * 10**8,
        kinds=times,
    )
    theirs = replace(ours, disagreements=("京东: 3, not 2",))
    figures = Figures(
        posts=100,
        queries=5,
        rounds=1,
        seed=1,
        machine="",
        peers={"wensou": ours, "tantivy": theirs},
        cold_s=0.5,
        arrivals_s={"own folder": 2.0},
    )
    assert {each.name: each.is_met for each in targets(figures)} == {
        "whole index": True,
        "index over text": True,
        "peak memory, indexing": True,
        "private memory, searching": False,
        "100 new files, own folder": False,
        "cold search": True,
        "whole index over stock Whoosh": None,
        "faceted p95 over tantivy": False,
        "faceted p95 over stock Whoosh": None,
        "top-10 p50 over tantivy": True,
        "phrase p95 over tantivy": True,
        "answers unlike tantivy": False,
        "faceted p95 at a million articles": None,
    }


@pytest.mark.shared
def test_a_run_of_the_bench_measures_everything(shared_dir, tmp_path):
    assert shared_dir == MAKE_POSTS.parent.parent
    told: list[str] = []
    session = Session(
        work=tmp_path,
        posts=40,
        stock=40,
        million=20,
        queries=3,
        rounds=2,
        seed=1,
        peers=("fts5",),
        tell=told.append,
    )
    figures = session.measure_growth(session.measure())
    assert figures.peers["fts5"].disagreements == ()
    assert figures.peers["wensou"].articles > 30
    assert figures.peers["wensou"].peak_bytes > figures.peers["wensou"].private_bytes > 10**6
    assert [each.articles for each in figures.growth] == [2, 20]
    assert all(each.seen is not None for each in targets(figures) if "over" not in each.name)
    assert len(told) > 8


def test_the_floor_is_of_work_that_is_done(root: Path) -> None:
    shares = floor.take(sorted((root / "seeds").rglob("*.md")))
    assert all(seconds > 0 for seconds in shares)
