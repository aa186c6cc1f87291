"""Ports for servers that live as long as a test."""

import secrets
import socket
import time
from contextlib import closing

# Below the ports that a system takes for connections of its own (32768 and up on Linux, 49152 on
# others): a server that stops and starts again finds its port as it left it.
_OURS = range(20_000, 32_000)


def free() -> int:
    """Return a port on the loopback address that nobody uses."""
    while not is_free(port := secrets.choice(_OURS)):
        pass
    return port


def is_free(port: int) -> bool:
    """Say whether a server could listen there now."""
    try:
        with closing(socket.create_server(("127.0.0.1", port))):
            return True
    except OSError:
        return False


def wait_until_free(port: int) -> None:
    """Wait for the last process of a killed server to be gone."""
    until = time.monotonic() + 60
    while not is_free(port):
        assert time.monotonic() < until, f"somebody still listens on port {port}"
        time.sleep(0.02)
