"""Bytes that are no article: a picture under a page's name, a torn gzip; and gzip whose bytes never change."""

from __future__ import annotations

import hashlib
import struct
import zlib

PICTURE_BLOCKS = 24  # of 32 bytes: enough that the head alone gives it away, and small on disk
GZIP_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"  # deflate, no name, no time, unknown system
STORED_BLOCK_BYTES = 65535  # the most that a stored deflate block holds (RFC 1951, 3.2.4)

COURT_LIST = """Marlow Haven magistrates, week of 5 January

Keeping a swan without a licence: adjourned, the swan being unwell.

Obstructing a footpath with a piano stool: fined £60.
"""


def picture_bytes() -> bytes:
    """A PNG signature and header followed by bytes that mean nothing."""
    header = struct.pack(">IIBBBBB", 640, 480, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", len(header)) + b"IHDR" + header + struct.pack(">I", zlib.crc32(b"IHDR" + header))
    noise = b"".join(hashlib.sha256(bytes([number])).digest() for number in range(PICTURE_BLOCKS))
    return b"\x89PNG\r\n\x1a\n" + chunk + struct.pack(">I", len(noise)) + b"IDAT" + noise


def stored_gzip(content: bytes) -> bytes:
    """Gzip without compression: equal bytes under every zlib, which compressed output does not promise."""
    starts = range(0, max(len(content), 1), STORED_BLOCK_BYTES)
    blocks = []
    for start in starts:
        piece = content[start : start + STORED_BLOCK_BYTES]
        is_last = start == starts[-1]
        blocks.append(struct.pack("<BHH", is_last, len(piece), len(piece) ^ 0xFFFF) + piece)
    tail = struct.pack("<II", zlib.crc32(content), len(content) & 0xFFFFFFFF)
    return GZIP_HEADER + b"".join(blocks) + tail


def torn_gzip() -> bytes:
    """A gzip file whose download broke off half way."""
    whole = stored_gzip(COURT_LIST.encode())
    return whole[: len(whole) // 2]
