"""Results as a table for people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple

from rich.table import Table

from tests.relevance.results import Result


def result_table(results: Sequence[Result]) -> Table:
    """Return the results as a table, set by set, systems in their order."""
    columns = ("MRR@10", "nDCG@10", "Recall@10", "Recall@100", "found@10")
    table = Table("set (queries)", "system", *columns)
    for column in table.columns[2:]:
        column.justify = "right"
    for asked in dict.fromkeys(each.asked for each in results):
        rows = [each for each in results if each.asked == asked]
        for number, each in enumerate(rows):
            name = "" if number else f"{asked} ({each.queries:,})"
            values = (*astuple(each.scores), each.found_at_10)
            table.add_row(name, each.system, *(f"{value:.4f}" for value in values))
        table.add_section()
    return table
