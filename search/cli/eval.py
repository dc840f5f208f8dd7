"""``wensou eval``: how good the answers to queries are whose relevant articles are known."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from search.cli.options import index_option, json_option, opened
from search.cli.printing import print_json, printable
from search.cli.replacing import replacing
from search.cli.speaking import Command
from search.messages import say
from search.settings import Settings

if TYPE_CHECKING:
    from click.types import OptionHelpExtra

    from search.relevance import Answered, Evaluation


def command(settings: Settings) -> Command:
    """Make the command, in the language in force."""

    def run(queries: str, qrels: str, run_file: str | None, location: str, as_json: bool) -> None:
        evaluation, missing = _evaluate(Path(queries), Path(qrels), run_file, location, settings)
        if as_json:
            from search.wire import evaluation_json

            print_json(evaluation_json(evaluation))
        else:
            click.echo("\n".join(_lines(evaluation, missing)))

    return Command(
        "eval",
        callback=run,
        help=say("cli.help_eval"),
        options_metavar=f"--queries FILE --qrels FILE {say('cli.options_metavar')}",
        params=[
            _Needed(["--queries"], metavar="FILE", required=True, help=say("cli.option_queries")),
            _Needed(["--qrels"], metavar="FILE", required=True, help=say("cli.option_qrels")),
            click.Option(["--run", "run_file"], metavar="FILE", help=say("cli.option_run")),
            index_option(settings),
            json_option(),
        ],
    )


class _Needed(click.Option):
    """An option that must be there: the usage line says so, in place of click's English word."""

    def get_help_extra(self, ctx: click.Context) -> OptionHelpExtra:
        """Return what click adds to the help, without that the option is required."""
        extra = super().get_help_extra(ctx)
        extra.pop("required", None)
        return extra


def _evaluate(
    queries: Path, qrels: Path, run_file: str | None, location: str, settings: Settings
) -> tuple[Evaluation, set[str]]:
    """Return how good the answers are, and which relevant articles the index does not have."""
    from search.relevance import (
        absent,
        answers,
        named,
        read_judgements,
        read_queries,
        summarise,
    )

    texts = read_queries(queries)
    judgements = read_judgements(qrels, texts)
    with ExitStack() as stack:
        index = stack.enter_context(opened(location, settings))
        names = named(index, judgements)
        missing = absent(judgements, names)
        answered = answers(index, texts, judgements, names)
        if run_file is not None:
            stream = stack.enter_context(replacing(Path(run_file).resolve()))
            answered = _written(answered, stream)
        bar = click.progressbar(
            answered,
            length=len(texts),
            label=say("cli.progress_asking"),
            file=sys.stderr,
            hidden=not sys.stderr.isatty(),
        )
        return summarise(stack.enter_context(bar), len(missing)), missing


def _written(answered: Iterable[Answered], stream: IO[bytes]) -> Iterator[Answered]:
    """Yield what comes of each query, its hits written to ``stream``, a line each."""
    for each in answered:
        stream.writelines(
            f"{each.query}\t{hit.name}\t{rank}\t{hit.score:.6f}\n".encode()
            for rank, hit in enumerate(each.hits, start=1)
        )
        yield each


def _lines(evaluation: Evaluation, missing: set[str]) -> Iterator[str]:
    yield say(
        "cli.eval_queries",
        queries=f"{evaluation.queries:,}",
        unjudged=f"{evaluation.unjudged:,}",
    )
    if missing:
        seen = printable(min(missing))
        yield say("cli.eval_absent", absent=f"{evaluation.absent:,}", seen=seen)
    scores = evaluation.scores
    yield say(
        "cli.eval_scores",
        mrr=f"{scores.mrr_at_10:.4f}",
        ndcg=f"{scores.ndcg_at_10:.4f}",
        recall_10=f"{scores.recall_at_10:.4f}",
        recall_100=f"{scores.recall_at_100:.4f}",
    )
    yield say("cli.eval_times", mean=f"{evaluation.mean_ms:.1f}", p95=f"{evaluation.p95_ms:.1f}")
