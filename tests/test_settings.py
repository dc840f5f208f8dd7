"""The environment over wensou.toml over the defaults; what cannot be used is named."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from search.errors import SettingsError
from search.messages import use_language
from search.settings import VARIABLES, Settings, load_settings, spoken_language


def write(folder: Path, text: str) -> None:
    (folder / "wensou.toml").write_text(text, encoding="utf-8")


def test_without_anything_set_the_defaults_hold(tmp_path):
    assert load_settings({}, tmp_path) == Settings(
        index="var/index",
        timezone="UTC",
        language="zh-Hans",
        host="127.0.0.1",
        port=8000,
        address="",
        images="on",
        half_life_days=180,
        synonyms="",
        dictionary="",
    )


def test_every_setting_has_its_variable_and_no_variable_is_idle():
    assert list(VARIABLES) == [field.name for field in fields(Settings)]


@pytest.mark.parametrize(
    ("variable", "value", "name", "expected"),
    [
        ("WENSOU_INDEX", "elsewhere", "index", "elsewhere"),
        ("WENSOU_INDEX", "whoosh:///srv/index", "index", "whoosh:///srv/index"),
        ("WENSOU_TIMEZONE", "Asia/Shanghai", "timezone", "Asia/Shanghai"),
        ("WENSOU_LANG", "en", "language", "en"),
        ("WENSOU_HOST", "0.0.0.0", "host", "0.0.0.0"),
        ("WENSOU_PORT", "8080", "port", 8080),
        ("WENSOU_ADDRESS", "https://a.example/s/", "address", "https://a.example/s"),
        ("WENSOU_IMAGES", "off", "images", "off"),
        ("WENSOU_HALF_LIFE_DAYS", "36500", "half_life_days", 36_500),
        ("WENSOU_SYNONYMS", "words.txt", "synonyms", "words.txt"),
        ("WENSOU_DICTIONARY", "words.txt", "dictionary", "words.txt"),
    ],
)
def test_the_environment_is_over_the_file(tmp_path, variable, value, name, expected):
    write(
        tmp_path,
        'index = "a"\ntimezone = "Europe/Paris"\nlanguage = "zh"\nhost = "::1"\nport = 9000\n'
        'images = "proxy-free"\nhalf_life_days = 30\nsynonyms = "b"\ndictionary = "c"',
    )
    assert getattr(load_settings({variable: value}, tmp_path), name) == expected


def test_the_file_is_over_the_defaults(tmp_path):
    write(tmp_path, 'timezone = "Asia/Tokyo"\nlanguage = "en"\nhost = "::1"\nport = 9000')
    assert load_settings({"LANG": "zh_CN.UTF-8"}, tmp_path) == Settings(
        timezone="Asia/Tokyo", language="en", host="::1", port=9000
    )


def test_an_empty_variable_counts_as_not_set(tmp_path):
    write(tmp_path, 'language = "en"')
    empty = dict.fromkeys(VARIABLES.values(), "")
    assert load_settings(empty, tmp_path) == Settings(language="en")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("deep/index", "{folder}/deep/index"),
        ("/srv/index", "/srv/index"),
        ("whoosh:///srv/index", "whoosh:///srv/index"),
    ],
)
@pytest.mark.parametrize("name", ["index", "synonyms", "dictionary"])
def test_a_relative_path_in_the_file_is_relative_to_the_file(tmp_path, name, written, expected):
    write(tmp_path, f'{name} = "{written}"')
    assert getattr(load_settings({}, tmp_path), name) == expected.format(folder=tmp_path)


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({}, "zh-Hans"),
        ({"LANG": "C"}, "zh-Hans"),
        ({"LANG": "C.UTF-8"}, "zh-Hans"),
        ({"LC_ALL": "POSIX", "LANG": "en_US.UTF-8"}, "zh-Hans"),
        ({"LANG": "zh_TW.UTF-8"}, "zh-Hans"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "de_DE"}, "en"),
        ({"LANG": "zh_CN", "LC_MESSAGES": "en_US"}, "en"),
        ({"LC_ALL": "zh_CN", "LC_MESSAGES": "en_US"}, "zh-Hans"),
        ({"LC_ALL": "zh_CN", "WENSOU_LANG": "en"}, "en"),
        ({"LC_ALL": "", "LANG": "en_US"}, "en"),
    ],
)
def test_the_language_is_that_of_WENSOU_LANG_else_of_the_locale(environ, language):  # noqa: N802 -- the variable's name
    assert spoken_language(environ) == language


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('indx = "a"', '"indx" is not a setting of ours'),
        ("[index]", "index is {}"),
        ("index = 3", "index is 3"),
        ('index = ""', "index is ."),
        ("port = 0", 'port is "0", which is no port'),
        ("port = true", 'port is "True", which is no port'),
        ('port = "http"', 'port is "http", which is no port'),
        ("port = 65536", 'port is "65536", which is no port'),
        *(
            (f'address = "{each}"', f'address is "{each}", which is no address of a page.')
            for each in ("a.example", "ftp://a.example", "https://", "https://a/b?c", "https://a b")
        ),
        ('images = "of"', 'images is "of". Choose one of: on, proxy-free, off.'),
        ("images = 1", 'images is "1". Choose one of: on, proxy-free, off.'),
        ("half_life_days = 0", 'half_life_days is "0", which is no half-life'),
        ("half_life_days = 36501", "Give a whole number of days from 1 to 36500."),
        ("half_life_days = 0.5", 'half_life_days is "0.5", which is no half-life'),
        ("index = ", "cannot be read"),
    ],
)
def test_what_cannot_be_used_in_the_file_is_named_with_the_file(tmp_path, text, said):
    write(tmp_path, text)
    with use_language("en"), pytest.raises(SettingsError) as caught:
        load_settings({}, tmp_path)
    with use_language("en"):
        assert said in str(caught.value)
        assert "wensou.toml" in str(caught.value)


def test_an_unknown_name_in_the_file_is_answered_with_the_known_ones(tmp_path):
    write(tmp_path, "prot = 8000")
    with pytest.raises(
        SettingsError, match="index, timezone, language, host, port, address, images"
    ):
        load_settings({}, tmp_path)


def test_the_file_may_set_a_half_life(tmp_path):
    write(tmp_path, "half_life_days = 30")
    assert load_settings({}, tmp_path).half_life_days == 30


def test_a_port_in_the_environment_that_is_none_is_named_with_its_variable(tmp_path):
    with pytest.raises(SettingsError, match="WENSOU_PORT 是“８０”，不是端口"):
        load_settings({"WENSOU_PORT": "８０"}, tmp_path)


def test_a_file_that_is_no_text_is_named(tmp_path):
    (tmp_path / "wensou.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match=r"wensou\.toml 读不了"):
        load_settings({}, tmp_path)
