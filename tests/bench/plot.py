"""Figures as a picture: SVG on white, so that it reads the same on light and on dark pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.bench.asks import KINDS
from tests.bench.figures import Figures

_COLOURS = {
    "wensou": "#d1495b",
    "tantivy": "#2e6f95",
    "fts5": "#6a994e",
    "stock_whoosh": "#8d8d8d",
}

_BELOW = (0.5, -0.06)  # of the axes: under the names of the kinds


def draw(figures: Figures, path: Path) -> None:
    """Write the picture to ``path``; its suffix says which format.

    Raises:
        ImportError: matplotlib is not installed.
    """
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot

    mpl.rcParams.update({"svg.hashsalt": "wensou", "font.size": 9, "axes.spines.top": False})
    mpl.rcParams.update({"axes.spines.right": False, "figure.facecolor": "white"})
    picture, axes = pyplot.subplots(2, 2, figsize=(11, 7.5), width_ratios=(2, 1))
    _draw_times(axes[0][0], figures)
    _draw_bars(axes[0][1], figures, "articles indexed a second", "articles_per_s")
    _draw_growth(axes[1][0], figures)
    _draw_bars(axes[1][1], figures, "bytes of index over bytes of text", "index_share")
    picture.suptitle(f"{figures.posts:,} articles; {figures.machine}", fontsize=10)
    picture.tight_layout()
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.savefig(path, metadata={"Date": None})
    pyplot.close(picture)


def _label(figures: Figures, name: str) -> str:
    """Return a peer's name, with its size where that is another than wensou's."""
    count = figures.peers[name].articles
    words = name.replace("_", " ")
    return words if count == figures.peers["wensou"].articles else f"{words} ({count:,} articles)"


def _draw_times(axes: Any, figures: Figures) -> None:
    """Draw p95 as a bar, and a line from p50 to p99 in it, for every kind and peer."""
    width = 0.8 / len(figures.peers)
    for order, (name, peer) in enumerate(figures.peers.items()):
        places = [at + (order - (len(figures.peers) - 1) / 2) * width for at in range(len(KINDS))]
        times = [peer.kinds[kind] for kind in KINDS]
        colour, label = _COLOURS[name], _label(figures, name)
        axes.bar(places, [each["p95"] for each in times], width * 0.9, color=colour, label=label)
        low, high = ([each[percent] for each in times] for percent in ("p50", "p99"))
        axes.vlines(places, low, high, color="black", linewidth=1)
    axes.set_yscale("log")
    axes.set_xticks(range(len(KINDS)), list(KINDS))
    axes.set_title("milliseconds a question: p95 (bar), p50 to p99 (line)")
    axes.legend(frameon=False, ncols=len(figures.peers), loc="upper center", bbox_to_anchor=_BELOW)


def _draw_bars(axes: Any, figures: Figures, title: str, attribute: str) -> None:
    names = list(figures.peers)[::-1]
    values = [getattr(figures.peers[name], attribute) for name in names]
    bars = axes.barh(
        [name.replace("_", " ") for name in names], values, color=[_COLOURS[n] for n in names]
    )
    axes.bar_label(bars, [f"{each:,.2f}" if each < 10 else f"{each:,.0f}" for each in values])
    axes.set_xlim(0, max(values) * 1.2)
    axes.set_title(title)


def _draw_growth(axes: Any, figures: Figures) -> None:
    """Draw faceted times over the size of the index; where one size was seen, it is a point."""
    ours = figures.peers["wensou"]
    points = [(each.articles, each.times) for each in figures.growth]
    points = points or [(ours.articles, ours.kinds["facets"])]
    for percent, style in (("p50", ":"), ("p95", "-"), ("p99", "--")):
        axes.plot(
            [count for count, _ in points],
            [times[percent] for _, times in points],
            f"o{style}",
            color=_COLOURS["wensou"],
            label=percent,
        )
    axes.set_xscale("log")
    axes.set_ylim(bottom=0)
    axes.set_xlabel("articles")
    axes.set_title("wensou: milliseconds a faceted question")
    axes.legend(frameon=False)
