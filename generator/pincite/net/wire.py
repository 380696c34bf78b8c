"""An HTTP connection that goes where it was told and ends in time, whatever the other side does."""

import io
import socket
import ssl
import time
from collections.abc import Sequence
from http.client import HTTPConnection
from typing import Any

from pincite.net.addresses import Endpoint


class Exhausted(Exception):  # noqa: N818 - told apart from errors of the other side
    """More bytes came than were asked for."""


class Deadline:
    """A moment by which all must be done, and the longest silence until then. Seconds."""

    def __init__(self, seconds: float, idle: float) -> None:
        self._end = time.monotonic() + seconds
        self._idle = idle

    def left(self) -> float:
        """Return for how long the next step may wait. Raises TimeoutError when time is up."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError("time is up")
        return min(left, self._idle)


class _Reader(io.RawIOBase):
    """The bytes of a socket, at most *most* of them, and none after the deadline."""

    def __init__(self, sock: socket.socket, deadline: Deadline, most: int) -> None:
        self._sock = sock
        self._deadline = deadline
        self._left = most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._sock.settimeout(self._deadline.left())
        count = self._sock.recv_into(buffer)
        self._left -= count
        if self._left < 0:
            raise Exhausted
        return count


class _Bounded:
    """As much of a socket as ``http.client`` uses."""

    def __init__(self, sock: socket.socket, deadline: Deadline, most: int) -> None:
        self._sock = sock
        self._deadline = deadline
        self._most = most

    def makefile(self, mode: str) -> io.BufferedReader:
        del mode  # always "rb"
        return io.BufferedReader(_Reader(self._sock, self._deadline, self._most))

    def sendall(self, data: Any) -> None:
        self._sock.settimeout(self._deadline.left())
        self._sock.sendall(data)

    def close(self) -> None:
        """Let the socket be: http.client says this before the body is read."""


class Wire(HTTPConnection):
    """A connection to one of *endpoints*; *context* speaks TLS for *host*, None speaks none.

    At most *most* bytes are read, headers included, and nothing after *deadline*.
    """

    def __init__(
        self,
        host: str,
        port: int,
        *,
        endpoints: Sequence[Endpoint],
        context: ssl.SSLContext | None,
        deadline: Deadline,
        most: int,
    ) -> None:
        super().__init__(host, port)
        # Else http.client would write `Host: example.org:443`.
        self.default_port = 443 if context else 80
        self._endpoints = endpoints
        self._context = context
        self._deadline = deadline
        self._most = most
        self._socket: socket.socket | None = None

    def connect(self) -> None:
        self._socket = self._dial()
        if self._context is not None:
            self._socket.settimeout(self._deadline.left())
            self._socket = self._context.wrap_socket(self._socket, server_hostname=self.host)
        self.sock: Any = _Bounded(self._socket, self._deadline, self._most)

    def hang_up(self) -> None:
        """Close the connection for good."""
        self.close()
        if self._socket is not None:
            self._socket.close()

    def _dial(self) -> socket.socket:
        problem: OSError | None = None
        for endpoint in self._endpoints:
            sock = socket.socket(endpoint.family, socket.SOCK_STREAM)
            try:
                sock.settimeout(self._deadline.left())
                sock.connect(endpoint.address)
            except OSError as failed:
                sock.close()
                problem = failed
            else:
                return sock
        raise problem or OSError("no address to connect to")
