"""Unpack a body that a server packed with gzip on its own account, piece by piece and never past its size."""

import zlib
from collections.abc import Iterable, Iterator
from typing import Final

from layers.fetching import words
from layers.fetching.transport import BrokenOffError

_GZIP: Final = 16 + zlib.MAX_WBITS
_PIECE: Final = 1024 * 1024


def unpacked(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Give the plain bytes.

    Raises
    ------
    BrokenOffError
        It is damaged, or ends early.
    """
    decoder = zlib.decompressobj(_GZIP)
    try:
        for chunk in chunks:
            rest = chunk
            while rest:
                if decoder.eof:  # several packed pieces may follow each other
                    decoder = zlib.decompressobj(_GZIP)
                if plain := decoder.decompress(rest, _PIECE):
                    yield plain
                rest = decoder.unconsumed_tail or decoder.unused_data
    except zlib.error as error:
        raise BrokenOffError(words.UNPACKING) from error
    if not decoder.eof:
        raise BrokenOffError(words.ENDED_EARLY)
