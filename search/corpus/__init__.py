"""Files to articles: what is there (`discover`), its bytes (`Entry.load`), what it says (`read`).

    PATHs --discover--> Entry --load--> bytes --read--> Article
              decoding     which of UTF-8, UTF-16, GB18030 and Big5
              front_matter YAML, TOML, JSON or none; yaml_fields, yaml_plain: scalars as typed
              fields       title, categories, tags, authors, draft, addresses, in all their shapes
              bounds       how many names, how long and how deep
              dates        the moment that a date means
              body         HTML, Markdown or plain text: markdown, then safe_html, then text
              jsonl        the same from the lines of a JSON Lines file

Everything is a function of its arguments; nothing is kept between two articles.
"""

from search.corpus.discovery import SUFFIXES, discover, source_of, stamped
from search.corpus.entry import MAX_BYTES, Entry, Problem, Reading, ReadOptions
from search.corpus.reading import READER_VERSION, fingerprint, read

__all__ = [
    "MAX_BYTES",
    "READER_VERSION",
    "SUFFIXES",
    "Entry",
    "Problem",
    "ReadOptions",
    "Reading",
    "discover",
    "fingerprint",
    "read",
    "source_of",
    "stamped",
]
