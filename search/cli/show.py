"""``wensou show``: one article."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from search.article import Article, article_id
from search.cli.options import flag, index_option, json_option, opened
from search.cli.printing import console, print_json, printable
from search.cli.speaking import Command
from search.errors import ArticleNotFound
from search.messages import say
from search.settings import Settings

if TYPE_CHECKING:
    from search.service import Index


def command(settings: Settings) -> Command:
    """Make the command, in the language in force."""

    def run(name: str, location: str, html: bool, as_json: bool) -> None:
        with opened(location, settings) as index:
            article = find(index, name)
        if as_json:
            from search.wire import whole_article_json

            print_json(whole_article_json(article))
        elif html:
            click.echo(article.html.rstrip("\n"))
        else:
            _print_article(article)

    return Command(
        "show",
        callback=run,
        help=say("cli.help_show"),
        options_metavar=say("cli.options_metavar"),
        params=[
            click.Argument(["name"], metavar="ID"),
            flag("--html", help=say("cli.option_html")),
            index_option(settings),
            json_option(),
        ],
    )


def find(index: Index, name: str) -> Article:
    """Return the article with the id ``name``, or of the file ``name``.

    A file is named as in the index, or as it is named from the current folder.

    Raises:
        ArticleNotFound: there is none.
    """
    try:
        return index.article(name)
    except ArticleNotFound as error:
        if found := _of_file(index, name):
            return found
        raise ArticleNotFound("cli.no_article", name=name) from error


def _of_file(index: Index, name: str) -> Article | None:
    """Return the article whose path ``name`` is, or ends with, in its own folder."""
    parts = PurePosixPath(Path(name).as_posix()).parts
    whole = Path(name).absolute()
    for start in range(len(parts)):
        path = "/".join(parts[start:])
        try:
            article = index.article(article_id(path))
        except ArticleNotFound:
            continue
        if start == 0 or Path(article.source, path) == whole:
            return article
    return None


def _print_article(article: Article) -> None:
    from rich.text import Text

    from search.cli.result_text import FACTS, FAINT, TITLE, facts

    out = console()
    out.print(Text(article.title, TITLE), soft_wrap=True)
    tags = " ".join(f"#{tag}" for tag in article.tags)
    for line, style in (
        (facts(article), FACTS),
        (tags, FACTS),
        (article.url, FAINT),
        (f"{article.path}  [{article.id}]", FAINT),
    ):
        if line:
            out.print(Text(printable(line), style), soft_wrap=True)
    if article.text:
        out.print()
        out.print(Text(article.text), soft_wrap=True)
