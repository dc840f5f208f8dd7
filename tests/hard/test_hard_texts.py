"""Whatever stands in an article is found by typing it; what is marked is what was typed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from search.analysis import normalise
from search.indexer import index_paths
from search.query.request import SearchRequest
from search.results import Span
from search.service import Index, open_index
from tests import oracle
from tests.thoroughness import examples

CHARS = st.sampled_from(
    [*"京东物流大卫永远的了着著臺台裏里發髮发干乾幹𠮷々〇ー", "⼈", "⻚", "\uf900", "東",
     *"のタワガ", "ｶﾞ", "か\u3099", "한국", "\u1112\u1161\u11ab", "ㅋㅋ", "ไทย", "น้ำ", "京\u200b",
     "葛\U000e0100"]
)  # fmt: skip
WORDS = st.sampled_from(
    ["a", "B", "iPhone", "Ａ", "é", "e\u0301", "Straße", "Łódź", "Đà", "Αθήνα", "за\u0301мок",
     "ﬁ", "㎏", "Ⅳ", "①", "12", "３", "C++", "c#", "C", "JD.ID", "v2.7", "AT&T",
     "so\u00adft", "™", "℃", "👍🏽", "❤️", "1️⃣", "🇨🇳", "👨\u200d👩\u200d👧", "ｶ", "1,2",
     "+", "/", "%", "·", "《", "，", "。", "……", " ", "\u3000"]
)  # fmt: skip
TEXTS = st.lists(st.one_of(CHARS, WORDS), min_size=3, max_size=25)
OPERATORS = set('"“”„＂「」『』()（）-－~～*＊?？:：')


@contextmanager
def index_of(texts: Sequence[str]) -> Iterator[Index]:
    with TemporaryDirectory() as folder:
        source = Path(folder, "texts.jsonl")
        lines = [json.dumps({"id": f"{n}", "title": text}) for n, text in enumerate(texts)]
        source.write_text("\n".join(lines), encoding="utf-8")
        index_paths([source], Path(folder, "index"))
        with open_index(Path(folder, "index")) as index:
            yield index


def is_seam(left: str, right: str) -> bool:
    """Whether a text may be cut there: not inside a word, a number or what folds together."""
    both = normalise(f"{left}|{right}"), normalise(left + right)
    apart, together = (oracle.atoms(each) for each in both)
    return both[0].replace("|", "") == both[1] and [a.text for a in apart] == [
        a.text for a in together
    ]


def spans_of(index: Index, typed: str, text_id: str) -> tuple[str, tuple[Span, ...]]:
    page = index.search(SearchRequest(text=typed, match="all", limit=100))
    [hit] = [hit for hit in page.hits if hit.article.id == text_id]
    return hit.article.title, hit.title_spans


def check_marks(title: str, spans: tuple[Span, ...], typed: str) -> None:
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(set(edges))
    assert edges[0] >= 0
    assert edges[-1] <= len(title)
    wanted = {atom.text for atom in oracle.atoms(typed)}
    for start, end in spans:
        marked = normalise(title[start:end])
        assert {atom.text for atom in oracle.atoms(marked)} <= wanted
        assert normalise(title[:start]) + marked + normalise(title[end:]) == normalise(title)


@examples(30)
@given(data=st.data(), drawn=st.lists(TEXTS, min_size=4, max_size=8))
def test_what_stands_in_an_article_is_found_and_marked(
    data: st.DataObject, drawn: list[list[str]]
) -> None:
    texts = [" ".join("".join(parts).split()) for parts in drawn]
    texts = [text for text in texts if oracle.has_term(text)]
    with index_of(texts) as index:
        for number, text in enumerate(texts):
            seams = [at for at in range(len(text) + 1) if is_seam(text[:at], text[at:])]
            start, end = sorted(data.draw(st.tuples(*[st.sampled_from(seams)] * 2)))
            typed = text[start:end]
            if not oracle.has_term(typed):
                continue
            title, spans = spans_of(index, f'"{typed}"', f"{number}")
            check_marks(title, spans, typed)
            if not OPERATORS & set(typed):
                title, spans = spans_of(index, typed, f"{number}")
                check_marks(title, spans, typed)
