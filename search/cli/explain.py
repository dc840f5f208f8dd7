"""``wensou explain``: why an article ranks where it does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from search.cli.options import index_option, json_option, match_option, opened, sort_option
from search.cli.printing import console, print_json, printable
from search.cli.show import find
from search.cli.speaking import Command, WordsCommand
from search.messages import say
from search.query.request import SearchRequest
from search.results import Contribution, ContributionKind, Explanation
from search.settings import Settings

if TYPE_CHECKING:
    from rich.table import Table


def command(settings: Settings) -> Command:
    """Make the command, in the language in force."""

    def run(text: str, name: str, location: str, as_json: bool, **asked: Any) -> None:
        with opened(location, settings) as index:
            article = find(index, name)
            found = index.explain(SearchRequest(text=text, **asked), article.id)
        if as_json:
            from search.wire import explanation_json

            print_json(explanation_json(found))
        else:
            _print(found)

    return WordsCommand(
        "explain",
        callback=run,
        help=say("cli.help_explain"),
        options_metavar=say("cli.options_metavar"),
        params=[
            click.Argument(["text"], metavar="QUERY"),
            click.Argument(["name"], metavar="PATH"),
            sort_option(),
            match_option(),
            index_option(settings),
            json_option(),
        ],
    )


def _print(found: Explanation) -> None:
    from rich.text import Text

    from search.cli.result_text import FAINT, NOTE, TITLE

    out = console()
    out.print(Text(printable(found.article.title), TITLE), soft_wrap=True)
    path = printable(f"{found.article.path}  [{found.article.id}]")
    out.print(Text(path, FAINT), soft_wrap=True)
    for note in _notes(found):
        out.print(Text(printable(note), NOTE), soft_wrap=True)
    for line in _facts(found):
        out.print(Text(printable(line)), soft_wrap=True)
    if found.contributions:
        out.print()
        out.print(_table(found.contributions))


def _notes(found: Explanation) -> Iterator[str]:
    yield from found.notes
    if found.let_go:
        yield say("cli.let_go", words=", ".join(found.let_go))
    if found.relaxed:
        yield say("cli.relaxed")


def _facts(found: Explanation) -> Iterator[str]:
    if found.rank is None:
        yield say("cli.explain_none", total=found.total)
    else:
        score = f"{found.score:.4f}"
        yield say("cli.explain_rank", rank=found.rank, total=found.total, score=score)
    if found.freshness != 1:
        yield say("cli.explain_freshness", factor=f"{found.freshness:.3g}")
    if found.is_preferred:
        yield say("cli.explain_preferred")
    for is_there, key in ((True, "cli.explain_there"), (False, "cli.explain_missing")):
        things = [each.text for each in found.wanted if each.is_there is is_there]
        if things:
            yield say(key, things=", ".join(things))


def _table(contributions: tuple[Contribution, ...]) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for key in ("cli.explain_kind", "cli.explain_part", "cli.explain_term"):
        table.add_column(say(key), overflow="fold")
    for key in (
        "cli.explain_frequency",
        "cli.explain_articles",
        "cli.explain_weight",
        "cli.explain_score",
    ):
        table.add_column(say(key), justify="right")
    kinds, parts = _kinds(), _parts()
    for each in contributions:
        table.add_row(
            kinds[each.kind],
            parts[each.part],
            printable(" … ".join(each.texts)),
            str(each.frequency or ""),
            str(each.articles or ""),
            f"{each.weight:.3f}" if each.weight else "",
            f"{each.score:.4f}",
        )
    return table


def _kinds() -> dict[ContributionKind, str]:
    return {
        "word": say("cli.kind_word"),
        "pair": say("cli.explain_pair"),
        "character": say("cli.explain_character"),
        "link": say("cli.explain_link"),
        "pattern": say("cli.explain_pattern"),
        "value": say("cli.explain_value"),
        "constant": say("cli.explain_constant"),
        "closeness": say("cli.explain_closeness"),
        "title": say("cli.explain_title"),
    }


def _parts() -> dict[str, str]:
    return {
        "title": say("cli.kind_title"),
        "body": say("cli.explain_body"),
        "tags": say("cli.kind_tag"),
        "": "",
    }
