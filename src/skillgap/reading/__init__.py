"""Bytes -> Document."""

from __future__ import annotations

import os
from pathlib import Path

from skillgap.errors import UnreadableError
from skillgap.model import Document
from skillgap.reading.text import decode

__all__ = ["read", "read_bytes"]


def read_bytes(data: bytes, source: str) -> Document:
    """The document in these bytes; ``source`` names it in messages and records.

    Raises UnreadableError for anything that is not text.
    """
    return Document(source=source, text=decode(data, source))


def read(path_or_bytes: str | os.PathLike[str] | bytes, source: str | None = None) -> Document:
    """Read a file, or bytes that are already there.

    Raises UnreadableError if there is no such file, it may not be read, or it is not text.
    """
    if isinstance(path_or_bytes, bytes):
        return read_bytes(path_or_bytes, source or "<bytes>")
    path = Path(path_or_bytes)
    name = source or str(path_or_bytes)
    try:
        data = path.read_bytes()
    except IsADirectoryError as error:
        raise UnreadableError(
            f"{name}: is a folder; give the files in it, for example {name}/*.txt"
        ) from error
    except FileNotFoundError as error:
        raise UnreadableError(f"{name}: there is no such file; check the name and the folder") from error
    except (OSError, ValueError) as error:
        cause = getattr(error, "strerror", None) or str(error)
        raise UnreadableError(
            f"{name}: can't be opened ({cause}); check the name and its permissions"
        ) from error
    return read_bytes(data, name)
