"""What stands on the pages; how they look and behave is seen in tests/browser."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

from search.service import Index
from web import view
from web.syntax import SYNTAX
from web.version import VERSION

Make = Callable[..., FlaskClient]


def page(
    client: FlaskClient, address: str, status: int = 200, language: str = "zh"
) -> LexborHTMLParser:
    response = client.get(address, headers={"Accept-Language": language})
    assert response.status_code == status
    assert response.mimetype == "text/html"
    return LexborHTMLParser(response.get_data(as_text=True))


def texts(tree: LexborHTMLParser, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in tree.css(selector)]


def test_hits_show_what_a_reader_chooses_by(client: FlaskClient) -> None:
    tree = page(client, "/?q=快递")
    hit = tree.css_first(".hit")
    assert hit
    assert hit.css_first("h2 mark").text() == "快递"
    assert hit.css_first(".author").text() in ("36kr", "澎湃")
    assert hit.css_first("time").attributes["datetime"].startswith("2023-11-")
    assert hit.css(".crumbs a")
    assert hit.css_first(".snippet mark").text() == "快递"


def test_another_text_that_finds_more_is_a_link_that_keeps_the_filters(client: FlaskClient) -> None:
    tree = page(client, "/?q=黑动&author=果壳&page=2")
    [link] = tree.css(".note a")
    assert texts(tree, ".note") == ["您要找的是不是： 黑洞"]
    assert link.attributes["href"] == "/?q=%E9%BB%91%E6%B4%9E&author=%E6%9E%9C%E5%A3%B3"
    assert not page(client, "/?q=黑洞").css(".note a")


def test_check_boxes_keep_what_is_chosen(client: FlaskClient) -> None:
    tree = page(client, "/?q=快递&author=36kr&category=新媒体&author=没有这一家")
    chosen = [node.attributes["value"] for node in tree.css("input:checked")]
    assert chosen == ["新媒体", "36kr", "没有这一家"]
    assert texts(tree, ".chip") == [
        "分类 新媒体×", "来源 36kr×", "来源 没有这一家×", "全部去掉"
    ]  # fmt: skip


def test_a_chip_takes_its_filter_away_and_nothing_else(client: FlaskClient) -> None:
    tree = page(client, "/?q=快递&author=36kr&category=新媒体&sort=newest&page=2")
    hrefs = [unescape(str(node.attributes["href"])) for node in tree.css(".chip")]
    assert hrefs == [
        "/?q=%E5%BF%AB%E9%80%92&author=36kr&sort=newest",
        "/?q=%E5%BF%AB%E9%80%92&category=%E6%96%B0%E5%AA%92%E4%BD%93&sort=newest",
        "/?q=%E5%BF%AB%E9%80%92&sort=newest",
    ]


def test_pages_are_linked_and_end(client: FlaskClient) -> None:
    first = page(client, "/?sort=newest")
    assert texts(first, ".page-link")[:4] == ["1", "2", "3", "…"]
    last_number = texts(first, ".page-link")[-2]
    last = page(client, f"/?page={last_number}")
    assert len(last.css(".hit")) <= 10
    assert not last.css("[rel=next]")
    assert last.css_first("ol.hits").attributes["start"] == str((int(last_number) - 1) * 10 + 1)
    past = page(client, f"/?page={int(last_number) + 1}")
    assert texts(past, ".nothing h2") == ["这一页没有文章了"]


def test_the_last_page_within_reach_says_what_is_behind_it(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def notes(address: str, language: str = "zh") -> list[str]:
        return texts(page(client, address, language=language), ".pages ~ .note, nav ~ .note")

    total = int(texts(page(client, "/?q=的"), ".summary p")[0].split()[1])
    assert notes("/?q=的&page=2") == []
    monkeypatch.setattr(view, "MAX_DEPTH", 25)
    assert notes("/?q=的") == []
    [note] = notes("/?q=的&page=2")
    assert note.startswith(f"页面只能翻到这里，后面还有 {total - 20} 篇。")
    assert notes("/?q=的&page=2", "en")[0].startswith(
        f"No more pages are shown; {total - 20} more articles follow."
    )


@pytest.mark.parametrize(
    ("language", "note", "link"),
    [
        ("zh", "结束日期 2020-06-30 早于开始日期 2024-01-01。", "改搜 2020-06-01 至 2024-12-31"),
        ("en", "The days end (2020-06-30) before they", "Take 2020-06-01 to 2024-12-31 instead"),
    ],
)
def test_days_the_wrong_way_round_are_named_and_turned(
    client: FlaskClient, language: str, note: str, link: str
) -> None:
    tree = page(client, "/?q=快递&from=2024&to=2020-06&author=36kr&page=2", language=language)
    [said] = texts(tree, ".problem")
    assert said.startswith(note)
    assert said.endswith(link)
    href = tree.css_first(".problem a").attributes["href"]
    assert href == "/?q=%E5%BF%AB%E9%80%92&author=36kr&from=2020-06-01&to=2024-12-31"
    assert not texts(page(client, "/?q=快递&from=2020&to=2020"), ".problem")


def test_nothing_found_leads_to_searches_that_find_something(client: FlaskClient) -> None:
    tree = page(client, '/?q="快递与没有这样的一句话"&author=没有这一家&match=all')
    assert texts(tree, ".nothing h2") == ["没有找到文章"]
    ways = [unquote(str(node.attributes["href"])) for node in tree.css(".nothing a")]
    assert ways == ["/?q=快递与没有这样的一句话", "/?sort=newest"]
    assert texts(tree, ".ways li")[0].startswith("去掉筛选、引号等条件再搜 共 ")


def test_a_note_says_how_the_text_was_read(client: FlaskClient) -> None:
    assert texts(page(client, '/?q="快递'), ".note") == [
        "有一个引号没有配对，它后面的文字按普通词搜索。"
    ]
    assert texts(page(client, "/?sort=best", language="en"), ".problem") == [
        'sort cannot be "best". Choose one of: relevance, hot, newest, oldest.'
    ]


def test_too_few_with_all_words_are_followed_by_some(client: FlaskClient) -> None:
    tree = page(client, "/?q=快递 咖啡 黑洞")
    assert tree.css(".hit")
    let_go, relaxed = texts(tree, ".note")
    assert let_go.startswith("没有文章同时包含所有词，已略去：")
    assert relaxed.startswith("同时包含所有词的文章太少")
    assert texts(tree, ".note s") == ["快递", "咖啡"]


@pytest.mark.parametrize(
    ("accepts", "address", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "/", "zh-Hans"),
        ("en-GB", "/", "en"),
        ("de", "/", "zh-Hans"),
        ("en", "/?lang=zh-Hans", "zh-Hans"),
        ("zh", "/?lang=en", "en"),
        ("zh", "/?lang=xx", "zh-Hans"),
    ],
)
def test_the_page_speaks_the_readers_language(
    client: FlaskClient, accepts: str, address: str, language: str
) -> None:
    tree = page(client, address, language=accepts)
    assert tree.css_first("html").attributes["lang"] == language
    assert texts(tree, ".box button") == [{"zh-Hans": "搜索", "en": "Search"}[language]]


def test_a_language_chosen_stays_chosen(client: FlaskClient) -> None:
    tree = page(client, "/?lang=en&q=快递")
    for selector in (".hit h2 a", ".sorts a", ".author"):
        assert "lang=en" in str(tree.css_first(selector).attributes["href"])
    assert tree.css_first('input[name="lang"]').attributes["value"] == "en"


def test_the_title_of_the_page_says_what_was_asked(client: FlaskClient) -> None:
    assert texts(page(client, "/?q=快递"), "head title") == ["快递 · 文搜"]
    filtered = page(client, "/?category=新媒体/36kr&tag=物流", language="en")
    assert texts(filtered, "head title") == ["新媒体 / 36kr · 物流 · wensou"]
    assert texts(page(client, "/"), "head title") == ["文搜"]


def test_an_article_without_date_text_or_author_says_so(client_of: Make) -> None:
    client = client_of(a="---\ntitle: 空\nurl: https://a.example/b\ntags: [甲, 乙]\n---\n")
    assert texts(page(client, "/"), ".facts") == ["日期不详"]
    tree = page(client, str(page(client, "/").css_first(".hit h2 a").attributes["href"]))
    assert texts(tree, ".bodiless") == ["这篇文章没有正文。"]
    assert texts(tree, ".tags li") == ["甲", "乙"]
    original = tree.css_first("footer a").attributes
    assert (original["href"], original["rel"]) == ("https://a.example/b", "noopener noreferrer")


def test_pictures_tell_their_hosts_nothing(client_of: Make) -> None:
    client = client_of(a="---\ntitle: 图\n---\n<img src='https://a.example/b.png'>文")
    picture = page(client, "/?sort=newest").css_first(".thumbnail img")
    assert picture.attributes["referrerpolicy"] == "no-referrer"
    assert (picture.attributes["loading"], picture.attributes["alt"]) == ("lazy", "")


SCRIPTS = [f"/static/{VERSION}/js/theme.js", f"/static/{VERSION}/js/main.js"]

EVIL = "<script>alert(1)</script>\"'&{{7*7}}"


def test_nothing_in_an_article_or_an_address_runs(client_of: Make) -> None:
    client = client_of(
        evil=f"---\ntitle: |\n  {EVIL}\nauthor: |\n  {EVIL}\ncategories: |\n  {EVIL}\n"
        "thumbnail: javascript:alert(1)\nurl: javascript:alert(1)\n---\n"
        f"物流 {EVIL} <img src=x onerror=alert(1)> <a href='javascript:alert(1)'>a</a>",
    )
    for address in ("/", f"/?q={EVIL}", f"/?author={EVIL}&category={EVIL}", "/?q=物流"):
        tree = page(client, address.replace("&{", "%26{"))
        assert [node.attributes.get("src") for node in tree.css("script")] == SCRIPTS
        assert not tree.css("[onerror]")
        assert not tree.css('[href^="javascript"], [src^="javascript"]')
    found = page(client, str(page(client, "/").css_first(".hit h2 a").attributes["href"]))
    assert "<script>alert(1)</script>" in found.css_first("h1").text()
    assert len(found.css("script")) == len(SCRIPTS)
    assert not found.css('[href^="javascript"], [onerror]')


def test_an_article_shows_its_hits_across_inline_tags(client_of: Make) -> None:
    client = client_of(
        a="---\ntitle: 空调\n---\n<p>日臻完<a href='http://a.example'>美的</a>空调 &lt;完美&gt;</p>"
    )
    href = str(page(client, "/?q=完美").css_first(".hit h2 a").attributes["href"])
    body = page(client, href).css_first(".body")
    assert [node.text() for node in body.css("mark")] == ["完", "美", "完美"]
    assert body.text().strip() == "日臻完美的空调 <完美>"


def test_the_way_back_leads_to_the_same_search(client: FlaskClient) -> None:
    tree = page(client, "/?q=快递&author=36kr&sort=newest")
    href = str(tree.css_first(".hit h2 a").attributes["href"])
    back = page(client, href).css_first(".back a").attributes["href"]
    assert back == "/?q=%E5%BF%AB%E9%80%92&author=36kr&sort=newest#a-1"


def test_every_article_of_the_seeds_can_be_read(client: FlaskClient, index: Index) -> None:
    for article in index.articles():
        tree = page(client, f"/articles/{article.id}?q=的")
        assert tree.css_first("h1").text() == article.title


def test_an_empty_index_says_what_to_do(client_of: Make) -> None:
    tree = page(client_of(), "/")
    assert texts(tree, ".nothing h2") == ["索引里还没有文章"]


@pytest.mark.parametrize("address", ["/", "/?q=快递", "/nowhere"])
@pytest.mark.parametrize(
    ("language", "first"), [("zh", "包含所有词的文章"), ("en", "articles with all")]
)
def test_every_page_says_what_can_be_typed(
    client: FlaskClient, address: str, language: str, first: str
) -> None:
    tree = page(client, address, 404 if address == "/nowhere" else 200, language)
    assert texts(tree, ".help code") == [each for sign in SYNTAX for each in sign.written]
    assert texts(tree, ".help a") == [each for sign in SYNTAX for each in sign.examples]
    assert texts(tree, ".help dd")[0].startswith(first)
    links = [node.attributes["href"] or "" for node in tree.css(".help a")]
    assert unquote(links[0]) == "/?q=京东+物流"
