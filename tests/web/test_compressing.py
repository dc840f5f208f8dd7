"""Answers are made small, files once."""

from __future__ import annotations

import gzip
import zlib

import brotli
import pytest
import zstandard

from web import compressing
from web.compressing import KeptFiles
from web.version import VERSION

UNPACK = {
    "br": brotli.decompress,
    "gzip": gzip.decompress,
    "zstd": lambda data: zstandard.ZstdDecompressor().decompressobj().decompress(data),
}

SHEET = f"/static/{VERSION}/css/results.css"

LARGE = ["/?q=快递", "/api/search?q=快递", "/feed.atom", "/api/openapi.json", SHEET]


@pytest.mark.parametrize("coding", UNPACK)
@pytest.mark.parametrize("address", ["/?q=快递", "/api/stats?", SHEET])
def test_nothing_is_lost(client, address, coding):
    with (
        client.get(address) as plain,
        client.get(address, headers={"Accept-Encoding": coding}) as answer,
    ):
        found = answer.headers.get("Content-Encoding")
        data = UNPACK[found](answer.data) if found else answer.data
        assert len(data) == pytest.approx(len(plain.data), abs=20)  # the time taken is in it
        assert len(answer.data) == answer.content_length


@pytest.mark.parametrize("address", LARGE)
@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        ("gzip, deflate", "gzip"),
        ("gzip, deflate, br", "br"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip;q=1, br;q=0.5", "gzip"),
        ("identity", None),
        ("gzip;q=0", None),
        ("gzip;q=0, *", "zstd"),
        ("br;q=0, zstd;q=0, *", "gzip"),
        ("identity;q=0, gzip;q=0", None),
        ("gzip;q=0.5, identity", None),
        ("*;q=0", None),
        ("GZIP", "gzip"),
        ("nonsense;;q=, ,gzip", "gzip"),
        ("", None),
    ],
)
def test_the_quickest_that_is_accepted_is_taken(client, address, accepted, chosen):
    with client.get(address, headers={"Accept-Encoding": accepted}) as answer:
        assert answer.headers.get("Content-Encoding") == chosen
        assert "Accept-Encoding" in answer.headers["Vary"]


@pytest.mark.parametrize("address", ["/healthz", "/api/search?page=0", "/api/stats"])
def test_what_is_small_is_left_as_it_is(client, address):
    answer = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer.headers


def test_what_was_compressed_is_known_again(client):
    accepted = {"Accept-Encoding": "br"}
    tag = client.get("/?q=快递", headers=accepted).headers["ETag"]
    again = client.get("/?q=快递", headers={**accepted, "If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def test_no_part_of_a_file_is_given(client):
    asked = {"Accept-Encoding": "gzip", "Range": "bytes=0-9"}
    with client.get(SHEET, headers=asked) as answer:
        assert answer.status_code == 200
        assert gzip.decompress(answer.data)
        assert "Accept-Ranges" not in answer.headers


def test_files_are_kept_compressed_and_pages_are_not():
    kept = KeptFiles()
    kept.set("br;/static/a.css", b"small")
    kept.set("br;", b"page")
    kept.set("br;/static/b.css", b"x" * (compressing.MAX_KEPT_BYTES + 1))
    assert [kept.get(f"br;{name}") for name in ("/static/a.css", "", "/static/b.css")] == [
        b"small",
        None,
        None,
    ]


def test_a_file_is_compressed_once(client, monkeypatch):
    accepted = {"Accept-Encoding": "gzip"}
    with client.get(SHEET, headers=accepted) as first:
        data = first.data
    monkeypatch.setattr(gzip, "compress", None)
    monkeypatch.setattr(zlib, "compressobj", None)
    with client.get(SHEET.replace("/css/", "/css/./"), headers=accepted) as again:
        assert again.data == data
