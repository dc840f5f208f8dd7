"""The bench of the page asks real servers for real pages, here of the seeds, and few of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.bench.asks import Ask
from tests.bench.bare import bare
from tests.bench.page import load, render, targets
from tests.bench.visits import visits, with_repeats

ASKS = [
    Ask(kind="facets", text="京东"),
    Ask(kind="filtered", text="物流", category=("新媒体", "36kr"), first_day=date(2021, 6, 1)),
]
IN_CHINESE = {
    "/?q=%E4%BA%AC%E4%B8%9C",
    "/?q=%E4%BA%AC%E4%B8%9C&page=2",
    "/?q=%E4%BA%AC%E4%B8%9C&sort=hot",
    "/?q=%E4%BA%AC%E4%B8%9C&sort=newest",
}
NARROWED = "q=%E7%89%A9%E6%B5%81&category=%E6%96%B0%E5%AA%92%E4%BD%93%2F36kr&from=2021-06-01"


def test_each_question_is_visited_four_times_in_one_language_or_the_other():
    found = visits(ASKS, seed=1)
    assert {each.removesuffix("&lang=en") for each in found} >= IN_CHINESE
    assert sum(NARROWED in each for each in found) == 4
    assert len(set(found)) == len(found) == 8


def test_every_second_visit_was_made_before():
    found = with_repeats("abcdefgh", seed=2)
    assert "".join(found[::2]) == "abcdefgh"
    assert all(again in found[: 2 * at + 1] for at, again in enumerate(found[1::2]))
    assert found == with_repeats("abcdefgh", seed=2) != with_repeats("abcdefgh", seed=3)


def test_visits_are_the_same_for_the_same_seed():
    assert visits(ASKS, seed=3) == visits(ASKS, seed=3) != visits(ASKS, seed=4)


def test_pages_are_rendered_whole(seed_index: Path):
    found = render(seed_index, visits(ASKS, seed=1) * 2)
    assert found["pages"] == 15  # the first is not timed
    assert found["mean_bytes"] > 5_000
    assert found["times"]["p99"] >= found["processor"]["p50"] > 0


def test_engines_are_asked_for_facets_alone(seed_index: Path, tmp_path: Path):
    (tmp_path / "index-wensou").symlink_to(seed_index)
    (found,) = bare(tmp_path, ASKS * 3, seed=1)
    assert found["engine"] == "wensou"
    assert found["p95"] >= found["p50"] > 0
    assert found["two_processors_per_s"] == pytest.approx(2000 / found["mean"])


def test_servers_are_asked_by_clients(seed_index: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("tests.bench.page._SETTLE_S", 0)
    found = load(seed_index, visits(ASKS, seed=1), seconds=0.4, processes=2)
    assert [each["visits"] for each in found] == ["all anew", "half repeated"]
    for each in found:
        assert each["requests_per_s"] > 0
        assert each["private_bytes"] > 10**7
    assert [(each["requests"], each["distinct"]) for each in found] == [(4, 4), (4, 2)]


def test_what_was_not_measured_has_no_target():
    seen = {"render": {"times": {"p95": 21.0}}}
    assert [(each.name, each.is_met) for each in targets(seen)] == [
        ("search page on the server, p95", False)
    ]
