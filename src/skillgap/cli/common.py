"""What the commands share: options, inputs, and output that is whole or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from skillgap.errors import UnreadableError, UsageError
from skillgap.model import Document
from skillgap.rendering.terminal import page_width, say, wants_color

Command = TypeVar("Command", bound=Callable[..., Any])


def output_options(command: Command) -> Command:
    """-o, --no-color."""
    command = click.option("--no-color", is_flag=True, help="No colour, even on a terminal.")(command)
    return click.option(
        "-o", "--output", metavar="FILE", help="Write to FILE, whole or not at all, not to stdout."
    )(command)


def taxonomy_option(command: Command) -> Command:
    """--taxonomy DIR."""
    return click.option(
        "--taxonomy",
        "overlays",
        multiple=True,
        metavar="DIR",
        help="Lay a folder of YAML files over the taxonomy: adds and overrides.",
    )(command)


class Output:
    """Where a command's data goes."""

    def __init__(self, path: str | None, *, no_color: bool) -> None:
        self.path = path
        self.color = path is None and wants_color(sys.stdout, disabled=no_color)
        self.width = 80 if path else page_width(sys.stdout)

    def write(self, text: str) -> None:
        """Write it all; a file appears only once it is complete."""
        if self.path is None:
            say(text)
            return
        target = Path(self.path)
        try:
            handle, name = tempfile.mkstemp(dir=target.resolve().parent, prefix=".skillgap-")
        except OSError as error:
            raise UsageError(
                f"{target}: can't be written ({error.strerror}); choose another place"
            ) from error
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text if text.endswith("\n") else text + "\n")
            Path(name).chmod(0o666 & ~_umask())
            Path(name).replace(target)
        except OSError as error:
            Path(name).unlink(missing_ok=True)
            raise UsageError(
                f"{target}: can't be written ({error.strerror}); choose another place"
            ) from error


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def note(text: str, *, quiet: bool = False) -> None:
    """A remark for the person, never for the data: stderr."""
    if not quiet:
        say(text, stream=sys.stderr)


def inputs(paths: Sequence[str], *, clipboard: bool) -> Iterator[Callable[[], Document]]:
    """One reader per input, so that one that fails stops no other."""
    from skillgap.reading import read

    if clipboard:
        yield _from_clipboard
    for path in paths:
        if path == "-":
            yield _from_stdin
        else:
            yield lambda path=path: read(path)  # type: ignore[misc]
    if not paths and not clipboard:
        yield _pasted if sys.stdin.isatty() else _from_stdin


def _from_stdin() -> Document:
    from skillgap.reading import read_bytes

    return read_bytes(sys.stdin.buffer.read(), "<stdin>")


def _pasted() -> Document:
    key = "Ctrl-Z and Enter" if os.name == "nt" else "Ctrl-D"
    note(f"Paste the ad, then press Enter and {key} (Ctrl-C gives up):")
    return _from_stdin()


def _from_clipboard() -> Document:
    try:
        import pyperclip  # type: ignore[import-untyped]
    except ImportError as error:
        raise UsageError(
            "--clipboard needs one more package: python -m pip install 'skillgap[clipboard]'; "
            "or paste the ad after a bare: skillgap analyze"
        ) from error
    try:
        text = pyperclip.paste()
    except pyperclip.PyperclipException as error:
        raise UnreadableError(
            "<clipboard>: this system offers no clipboard to programs; "
            "paste the ad after a bare: skillgap analyze"
        ) from error
    if not text.strip():
        raise UnreadableError("<clipboard>: it is empty or holds no text; copy the ad's text first")
    return Document(source="<clipboard>", text=text.replace("\r\n", "\n").replace("\r", "\n"))
