"""Sockets that ``wensou serve`` listens on; they can be handed to several processes."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager


@contextmanager
def listening(host: str, port: int) -> Iterator[list[socket.socket]]:
    """Yield sockets bound to every address that ``host`` is a name of.

    Args:
        host: an address, or a name such as ``localhost``, which is one of both IPv4 and IPv6.
        port: 1 to 65535.

    Raises:
        OSError: the system does not let us listen there.
    """
    try:
        found = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP, flags=socket.AI_PASSIVE
        )
    except UnicodeError as error:  # no name, such as one with two dots together
        raise socket.gaierror(socket.EAI_NONAME, str(error)) from error
    with ExitStack() as opened:
        sockets = []
        for family, kind, protocol, _, address in dict.fromkeys(found):
            made = opened.enter_context(socket.socket(family, kind, protocol))
            if os.name == "posix":  # elsewhere it would let two programs have the same port
                made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            made.bind(address)
            # Two programs may bind the same port; only the first may listen on it.
            made.listen()
            sockets.append(made)
        yield sockets
