"""What a person may mean: completions of what is being typed, rewritings of what found little.

Both come from the vocabulary of an index (`search.engines.base.Engine.vocabulary`). `doubting` and
`renewing` are for every search; all else is loaded by those that find little.
"""
