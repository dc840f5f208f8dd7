"""Help, versions, errors and exit codes, in both languages."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version

import pytest

COMMANDS = [
    "index",
    "search",
    "suggest",
    "show",
    "explain",
    "serve",
    "stats",
    "check",
    "export",
    "eval",
]


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "Usage: wensou COMMAND [OPTIONS]"), ("zh", "用法：wensou 命令 [选项]")],
)
def test_the_help_lists_every_command_in_the_language_in_force(wensou, lang, said):
    ran = wensou("--help", lang=lang)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(said)
    first_words = [line.split()[0] for line in ran.out.splitlines() if line]
    assert [name for name in first_words if name in COMMANDS] == COMMANDS


def test_the_program_alone_shows_its_help_as_a_usage_error(wensou):
    ran = wensou()
    assert (ran.code, ran.out) == (2, "")
    assert "Commands:" in ran.err


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", ["Usage: ", "Options:", "Show this help"]), ("zh", ["用法：", "选项:", "显示帮助"])],
)
def test_every_command_has_help_without_a_word_of_the_other_language(wensou, name, lang, words):
    ran = wensou(name, "--help", lang=lang)
    assert (ran.code, ran.err) == (0, "")
    for word in words:
        assert word in ran.out
    other = {"en": ["选项", "默认"], "zh": ["Options", "Show this", "default"]}[lang]
    assert not [word for word in other if word in ran.out]


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("index", "--rebuild --drafts --strict --warnings --quiet --index --json"),
        (
            "search",
            "--category --author --tag --company --from --to --sort --match --limit --offset "
            "--facets --index --json",
        ),
        ("show", "--html --index --json"),
        ("explain", "--sort --match --index --json"),
        ("serve", "--host --port --index"),
        ("stats", "--index --json"),
        ("check", "--index --json"),
        ("export", "--output --index"),
        ("eval", "--queries --qrels --run --index --json"),
    ],
)
def test_every_promised_option_is_there(wensou, name, options):
    listed = wensou(name, "--help").out
    assert [each for each in options.split() if f"{each} " not in listed] == []


def test_the_version_is_that_of_the_package(wensou):
    assert wensou("--version").out == f"wensou {version('wensou')}\n"


@pytest.mark.parametrize(
    ("words", "english", "chinese"),
    [
        (
            "foo",
            'There is no command "foo". There are: '
            "index, search, suggest, show, explain, serve, stats, check, export, eval. "
            "See: wensou --help",
            "没有“foo”这个命令。可用的命令："
            "index, search, suggest, show, explain, serve, stats, check, export, eval"
            "（用法：wensou --help）",
        ),
        (
            "search --categry x",
            "There is no option --categry. Is it --category? See: wensou search --help",
            "没有 --categry 这个选项。是不是要写 --category？（用法：wensou search --help）",
        ),
        (
            "stats --qqqq",
            "There is no option --qqqq. See: wensou stats --help",
            "没有 --qqqq 这个选项。（用法：wensou stats --help）",
        ),
        (
            "index",
            "PATH is missing. See: wensou index --help",
            "缺少 PATH。（用法：wensou index --help）",
        ),
        (
            "search --limit",
            "--limit lacks its value. See: wensou search --help",
            "--limit 后面缺少值。（用法：wensou search --help）",
        ),
        (
            "check --json=1",
            "--json takes no value. See: wensou check --help",
            "--json 不带值。（用法：wensou check --help）",
        ),
        (
            "stats here",
            "Nothing takes here. See: wensou stats --help",
            "多出了 here。（用法：wensou stats --help）",
        ),
        (
            "search --sort date",
            "--sort cannot be \"date\". Choose one of: relevance, hot, newest, oldest. "
            "See: wensou search --help",
            "--sort 没有“date”这个选择。可以写：relevance, hot, newest, oldest。"
            "（用法：wensou search --help）",
        ),
        (
            "search --from 2021-13",
            '"2021-13" is not a date. Write 2021, 2021-06 or 2021-06-16.',
            "“2021-13”不是日期。请写成 2021、2021-06 或 2021-06-16。",
        ),
        (
            "search --limit 1001",
            "Cannot show 1001 hits on one page. Give 0 to 1000.",
            "一页要 1001 条，不行。请写 0 到 1000 之间的数。",
        ),
        (
            "search --offset many",
            '--offset is to be a whole number, not "many".',
            "--offset 要写整数，不能是“many”。",
        ),
        (
            "serve --port 0",
            '--port is "0", which is no port. Give a whole number from 1 to 65535. '
            "See: wensou serve --help",
            "--port 是“0”，不是端口。请写 1 到 65535 之间的整数。（用法：wensou serve --help）",
        ),
    ],
)  # fmt: skip
def test_a_slip_is_answered_in_one_line_with_exit_code_2(wensou, words, english, chinese):
    assert wensou(*words.split()) == (2, "", f"Error: {english}\n")
    assert wensou(*words.split(), lang="zh") == (2, "", f"错误：{chinese}\n")


@pytest.mark.parametrize("words", ["search 京东", "show 1", "serve", "stats", "check", "export"])
def test_without_an_index_every_command_says_how_to_make_one(wensou, words):
    assert wensou(*words.split()) == (
        1,
        "",
        "Error: No index at var/index. Make one: wensou index FOLDER --index var/index\n",
    )


def test_settings_that_cannot_be_used_are_an_error_of_ours(wensou, tmp_path):
    (tmp_path / "wensou.toml").write_text("prot = 1")
    ran = wensou("--help")
    assert (ran.code, ran.out) == (1, "")
    assert 'wensou.toml: "prot" is not a setting of ours' in ran.err


def test_a_time_zone_that_there_is_not_is_an_error_of_ours(wensou, posts):
    ran = wensou("index", posts, WENSOU_TIMEZONE="Mars/Base")
    assert ran.code == 1
    assert 'There is no time zone "Mars/Base"' in ran.err


def test_the_index_is_that_of_the_option_else_of_the_settings(wensou, posts, tmp_path):
    wensou("index", posts, WENSOU_INDEX="by-variable")
    wensou("index", posts, "--index", "by-option", WENSOU_INDEX="by-variable")
    assert {path.name for path in tmp_path.iterdir()} == {"posts", "by-variable", "by-option"}


def test_help_waits_for_no_library_that_searches_or_serves():
    script = (
        "import sys; from search.cli import main; main(['--help']); "
        "print(*{'whoosh', 'numpy', 'flask', 'rich', 'jieba', 'yaml'} & sys.modules.keys())"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == ""
