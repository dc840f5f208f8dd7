"""The embedded engine: a Whoosh index whose postings are arrays, evaluated whole.

docs/index-format.md explains it, with drawings.

* **The door**: `engine`. `schema` names the fields.
* **On the disk**: `arrays` and `array_writer` are the file format, `segment` says what its arrays
  mean; `postings` are records of bits (`packing`), those of `dense` terms maps, beside `terms`,
  `heads`, `sets` and `rows`.
* **Writing**: `gathering` has `building` make sorted `runs` of articles; `merging` makes of these
  and of old segments (`sources`) a new one, its `documents` included, whose files `making` writes
  side by side. `policy` says what is merged, `contents` makes a commit visible, `writer` does all
  of it or nothing.
* **Reading**: `snapshot` is an open commit. `translating` turns our queries into Whoosh's, with
  `expanding` for what stands for many terms; `evaluating` answers these over whole arrays
  (`field`, `records`, `docsets`, `places`, `positions`, `scoring`, `pruning`); `facets` counts,
  `ranking` puts in order; `caching` remembers.
* **By Whoosh**: `queries` has the types it lacks, `codec` lets its own searcher read the same.
"""

from search.engines.whoosh.lean import import_whoosh

import_whoosh()

from search.engines.whoosh.engine import WhooshEngine  # noqa: E402 -- it imports Whoosh

__all__ = ["WhooshEngine"]
