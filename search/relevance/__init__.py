"""How good are the answers? Queries, judgements (qrels), a ranking for each query, and its scores.

`judgements` reads the files, `evaluation` asks an index, `metrics` scores a ranking.
"""

from search.relevance.evaluation import Answered, Evaluation, absent, answers, named, summarise
from search.relevance.judgements import Judgements, read_judgements, read_queries
from search.relevance.metrics import Scores, mean, score

__all__ = [
    "Answered",
    "Evaluation",
    "Judgements",
    "Scores",
    "absent",
    "answers",
    "mean",
    "named",
    "read_judgements",
    "read_queries",
    "score",
    "summarise",
]
