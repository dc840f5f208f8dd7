"""The query language in a table: the help on every page, and that of docs/query-language.md."""

from __future__ import annotations

from typing import NamedTuple


class Sign(NamedTuple):
    """Something that can be typed.

    Attributes:
        written: how; "…" stands for any text.
        finds: the key of the message that says what it finds.
        examples: queries that have it.
    """

    written: tuple[str, ...]
    finds: str
    examples: tuple[str, ...]


SYNTAX = (
    Sign(("… …", "AND"), "web.finds_words", ("京东 物流", "京东 AND 物流")),
    Sign(('"…"', "“…”", "「…」", "『…』"), "web.finds_phrase", ('"京东物流"',)),
    Sign(('"… …"~3',), "web.finds_near", ('"京东 物流"~3',)),
    Sign(("-…",), "web.finds_not", ("物流 -快递", '-"最后一公里"', "-(京东 OR 顺丰)")),
    Sign(("OR",), "web.finds_or", ("物流 京东 OR 顺丰",)),
    Sign(("(…)", "（…）"), "web.finds_group", ("(京东 物流) OR 顺丰",)),
    Sign(("…*",), "web.finds_beginning", ("iph*", "2021*")),
    Sign(("*", "?"), "web.finds_wildcard", ("te?t", "iph*ne", "*phone", "京?物流")),
    Sign(("…~", "…~2"), "web.finds_spelling", ("kubernets~", "postgersql~2")),
    Sign(("title:", "标题:"), "web.finds_title", ("title:供应链", "标题:(京东 OR 顺丰)")),
    Sign(("author:", "作者:"), "web.finds_author", ("author:36kr", '作者:"机器之心"')),
    Sign(("category:", "分类:"), "web.finds_category", ("category:新媒体/36kr",)),
    Sign(("tag:", "标签:"), "web.finds_tag", ("tag:物流",)),
    Sign(("company:", "公司:"), "web.finds_company", ("company:京东", "公司:字节跳动")),
    Sign(("before:", "早于:"), "web.finds_before", ("before:2021-06-16", "早于:2021年6月")),
    Sign(("after:", "晚于:"), "web.finds_after", ("after:2021", "晚于:2021-06")),
)
"""Each sign and each field of the language, the everyday ones first."""
