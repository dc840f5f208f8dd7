"""The command line: words in, a request to `search.service` or `search.indexer`, text or JSON out.

    program     `main`: settings, language, the commands, what an error prints and exits with
    speaking    click's own words (usage, options, what is wrong with them) in our languages
    options     options that several commands have, and the values they take
    index, search, show, serve, stats, check, export
                one command each: ``command(settings)`` makes it, in the language in force
    listening, sharing, keeping  sockets of ``wensou serve``, who takes a connection, the processes
    settling    what a server does once with its memory
    lean        NumPy without its docstrings
    progress    how far ``wensou index`` is
    result_text hits and facets for people

A command imports what it works with when it runs: ``wensou --help`` does not wait for NumPy.
"""

from search.cli.program import main

__all__ = ["main"]
