"""The embedded engine: a Whoosh index whose postings are arrays, evaluated whole.

`schema` names the fields, `arrays` is the file format and `segment` says what its arrays mean;
`rows` packs an article, `building` makes a segment of articles and `merging` one of several;
`codec` lets Whoosh itself read them. `translating` turns our queries into Whoosh's (`queries` has
the one type it lacks) and `evaluating` answers those over whole arrays; `facets` counts, `ranking`
puts in order. `snapshot` is an open commit, `writer` makes the next, `engine` is the door.
"""

from search.engines.whoosh.lean import import_whoosh

import_whoosh()

from search.engines.whoosh.engine import WhooshEngine  # noqa: E402 -- it imports Whoosh

__all__ = ["WhooshEngine"]
