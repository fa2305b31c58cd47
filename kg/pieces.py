"""Pieces of bytes → a file that is read once: what is made piece by piece need never lie in memory as a whole."""

import io
from collections.abc import Iterable
from typing import IO, cast


class _Pieces(io.RawIOBase):
    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces, self._left = iter(pieces), memoryview(b"")

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while not self._left:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._left = memoryview(piece)
        size = size if size >= 0 else len(self._left)
        part, self._left = self._left[:size], self._left[size:]
        return bytes(part)


def open_pieces(pieces: Iterable[bytes]) -> IO[bytes]:
    """Open pieces as a file that makes each as it comes to it; a read gives no more than the piece at hand.

    >>> list(iter(lambda file=open_pieces([b"abc", b"", b"d"]): file.read(2), b""))
    [b'ab', b'c', b'd']
    """
    return cast(IO[bytes], _Pieces(pieces))
