"""What reaches a terminal, a pipe or a file: width, colour, and consoles that are not UTF-8."""

from __future__ import annotations

import io
import os
import re
import shutil
import sys
from collections.abc import Callable
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

WIDTH = 80
_NARROWEST, _WIDEST = 40, 100
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_PLAIN = str.maketrans({
    "·": "-", "•": "*", "–": "-", "—": "-", "…": "...", "→": "->", "“": '"', "”": '"', "‘": "'", "’": "'",
    "≥": ">=", "≤": "<=", "×": "x", "\u00a0": " ", "✓": "ok", "✗": "x",
})  # fmt: skip


def wants_color(stream: IO[str] | None, *, disabled: bool) -> bool:
    """Colour only on a terminal, unless NO_COLOR or ``--no-color`` says no."""
    return not disabled and not os.environ.get("NO_COLOR") and _is_terminal(stream)


def page_width(stream: IO[str] | None) -> int:
    """80 columns in a pipe; on a terminal what it has, between 40 and 100."""
    columns = shutil.get_terminal_size((WIDTH, 24)).columns if _is_terminal(stream) else WIDTH
    return max(_NARROWEST, min(_WIDEST, columns))


def _is_terminal(stream: IO[str] | None) -> bool:
    return stream is not None and stream.isatty()


def harmless(text: str) -> str:
    """The text without control characters and direction overrides: an ad must not steer a terminal."""
    return _CONTROL.sub("", text)


def render(draw: Callable[[Console], None], *, color: bool, width: int = WIDTH) -> str:
    """Draw on a rich console and return what it printed."""
    from rich.console import Console

    buffer = io.StringIO()
    console = Console(
        file=buffer,
        width=width,
        force_terminal=color,
        no_color=not color,
        color_system="standard" if color else None,
        highlight=False,
        emoji=False,
        markup=False,
        legacy_windows=False,
    )
    draw(console)
    return "\n".join(line.rstrip() for line in buffer.getvalue().split("\n"))


def encodable(text: str, encoding: str | None) -> str:
    """The text as a stream of this encoding can take it, in plain signs where it has to be."""
    codec = encoding or "utf-8"
    try:
        text.encode(codec)
    except (UnicodeEncodeError, LookupError):
        return text.translate(_PLAIN).encode("ascii" if not encoding else codec, "replace").decode(codec)
    return text


def say(text: str, *, stream: IO[str] | None = None) -> None:
    """Write to a stream (stdout by default) whatever it can show."""
    target = stream or sys.stdout
    if target is None:
        return  # a closed stream: there is nobody to tell
    push(encodable(text, getattr(target, "encoding", None)), target)
    if not text.endswith("\n"):
        push("\n", target)


def push(text: str, target: IO[str]) -> None:
    """Write; a reader that has seen enough (``| head``) ends the command without a fault."""
    try:
        target.write(text)
        target.flush()
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - lasts to the end
        raise SystemExit(0) from None
