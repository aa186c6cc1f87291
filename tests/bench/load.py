"""A load that costs little beside what it measures: plain sockets in processes of their own."""

import multiprocessing
import socket
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

Address = tuple[str, int]
PATIENCE = 60


@dataclass(frozen=True, kw_only=True)
class Request:
    """One request, written out in full, and the status that answers it."""

    address: Address
    content: bytes
    status: int = 200


@dataclass(frozen=True, kw_only=True)
class Round:
    """What some clients got done in one short round."""

    requests: int
    seconds: float
    milliseconds: tuple[float, ...]

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.requests / self.seconds

    @property
    def median(self) -> float:
        """The median time of an answer, in milliseconds."""
        return statistics.median(self.milliseconds)


def written(
    address: Address, method: str, path: str, *, cookies: str = "", body: str = "", more: str = ""
) -> bytes:
    """Write a request out in full."""
    head = [f"{method} {path} HTTP/1.1", f"Host: {address[0]}:{address[1]}"]
    if cookies:
        head.append(f"Cookie: {cookies}")
    if body:
        head.append("Content-Type: application/x-www-form-urlencoded")
        head.append(f"Content-Length: {len(body.encode())}")
    return "\r\n".join([*head, *([more] if more else []), "", body]).encode()


class Line:
    """One connection, opened again whenever the server has closed it."""

    def __init__(self) -> None:
        self._socket: socket.socket | None = None
        self._address: Address | None = None

    def ask(self, request: Request) -> bytes:
        """Send a request and return the whole answer; one with another status is an error."""
        if self._socket is None or self._address != request.address:
            self.close()
            self._socket = socket.create_connection(request.address, timeout=PATIENCE)
            self._address = request.address
        self._socket.sendall(request.content)
        answer = self._read(self._socket)
        if not answer.startswith(b"HTTP/1.1 %d " % request.status):
            raise RuntimeError(answer[:400].decode(errors="replace"))
        return answer

    def close(self) -> None:
        """Close the connection."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _read(self, line: socket.socket) -> bytes:
        content, wanted, closes = b"", -1, False
        while wanted < 0 or len(content) < wanted:
            piece = line.recv(65536)
            if not piece:
                break
            content += piece
            if wanted < 0 and (end := content.find(b"\r\n\r\n")) >= 0:
                head = content[:end].lower()
                closes = b"connection: close" in head
                length = head.partition(b"content-length:")[2].split(b"\r\n")[0].strip()
                wanted = end + 4 + int(length) if length else 1 << 60
        if closes:
            self.close()
        return content


class Clients:
    """Some clients, each in a process of its own, all asking at the same time."""

    def __init__(self, pool: Any, count: int) -> None:
        self._pool = pool
        self.count = count

    def round(self, requests: Sequence[Request], seconds: float) -> Round:
        """Let each client ask its own request again and again for some seconds."""
        work = [(requests[at % len(requests)], seconds) for at in range(self.count)]
        began = time.perf_counter()
        found = self._pool.map(_drive, work, chunksize=1)
        took = time.perf_counter() - began
        times = tuple(each for client in found for each in client)
        return Round(requests=len(times), seconds=took, milliseconds=times)


@contextmanager
def clients(count: int) -> Iterator[Clients]:
    """Start clients, and end them after."""
    with multiprocessing.get_context("fork").Pool(count) as pool:
        yield Clients(pool, count)


def _drive(work: tuple[Request, float]) -> list[float]:
    request, seconds = work
    line, times = Line(), []
    end = time.perf_counter() + seconds
    while (began := time.perf_counter()) < end:
        line.ask(request)
        times.append((time.perf_counter() - began) * 1000)
    line.close()
    return times
