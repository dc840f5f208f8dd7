"""Whole archives: the generated one against its manifest, the real post, the seeds."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from search.article import Article, Entity
from search.corpus import Entry, ReadOptions, discover, read
from search.errors import ArticleError

ROOT = Path(__file__).parent.parent.parent


def read_all(folder: Path) -> tuple[dict[str, Article], dict[str, ArticleError]]:
    """Return by path the articles under ``folder``, and why the other files are none."""
    articles, faults = {}, {}
    for entry in discover([folder]):
        assert isinstance(entry, Entry), entry
        try:
            article = read(entry, entry.load(), ReadOptions()).article
        except ArticleError as error:
            faults[entry.path] = error
        else:
            if article:
                articles[entry.path] = article
    return articles, faults


def as_in_the_manifest(article: Article) -> dict[str, object]:
    return {
        "title": article.title,
        "categories": list(article.categories[0]) if article.categories else [],
        "author": article.author,
        "date": article.date.isoformat() if article.date else None,
    }


@pytest.mark.shared
def test_generated_posts_are_what_their_manifest_says(shared_dir: Path, tmp_path: Path) -> None:
    script = str(shared_dir / "corpus/make_posts.py")
    subprocess.run([sys.executable, script, "600", str(tmp_path)], check=True)
    lines = (tmp_path / "manifest.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
    manifest = [json.loads(line) for line in lines]
    articles, faults = read_all(tmp_path)
    assert len({post["quirk"] for post in manifest}) == 14
    assert set(articles) == {post["path"] for post in manifest if post["indexed"]}
    assert set(faults) == {post["path"] for post in manifest if not post["indexed"]}
    for post in manifest:
        if not post["indexed"]:
            assert str(faults[post["path"]])
        elif post["quirk"] != "no-front-matter":  # the manifest gives no title for these
            found = as_in_the_manifest(articles[post["path"]])
            assert found == {name: post[name] for name in found}, post["path"]


@pytest.mark.shared
def test_the_real_post(shared_dir: Path) -> None:
    articles, faults = read_all(shared_dir / "articles")
    article = articles["seed-36kr.md"]
    assert faults == {}
    assert as_in_the_manifest(article) == {
        "title": "字节爱上京东……",
        "categories": ["新媒体", "36kr", "资讯"],
        "author": "36kr",
        "date": "2021-06-16T08:36:09+00:00",
    }
    assert Entity("京东", "27570") in article.entities
    assert len(article.entities) == 11
    assert (article.thumbnail or "").startswith("https://img.36krcdn.com/20210616/v2_79f6")
    for said in ("字节跳动", "供应链", "京东物流", "TikTok", "JD.ID", "200亿元GMV"):
        assert said in article.text
    assert article.html.count("<img ") == article.html.count('referrerpolicy="no-referrer"') > 0


def test_the_seeds_hold_the_faults_of_archives() -> None:
    articles, faults = read_all(ROOT / "seeds")
    assert len(articles) >= 60
    assert {error.key for error in faults.values()} == {"corpus.yaml", "corpus.empty"}
    assert {each.encoding for each in articles.values()} == {"utf-8", "gb18030", "big5"}
    assert ("天气", "中国天气", "今日推荐 / 精选") in {
        path for each in articles.values() for path in each.categories
    }
    assert any(each.date is None for each in articles.values())
