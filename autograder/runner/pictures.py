"""How large a picture is, by its first bytes; nothing of it is decoded."""

from __future__ import annotations

import struct

_PNG = struct.Struct(">8s4x4sII")


def png_pixels(raw: bytes) -> int:
    """How many pixels a PNG file says that it has.

    Args:
        raw: the file, or any bytes.

    Returns:
        Width times height; 0 if it is not a PNG file.
    """
    if len(raw) < _PNG.size:
        return 0
    signature, chunk, width, height = _PNG.unpack_from(raw)
    return width * height if (signature, chunk) == (b"\x89PNG\r\n\x1a\n", b"IHDR") else 0
