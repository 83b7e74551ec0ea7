"""What the commands share: options, inputs, and output that is whole or not at all."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from skillgap.errors import UnreadableError, UsageError
from skillgap.model import Document
from skillgap.rendering.terminal import encodable, page_width, push, say, wants_color

if TYPE_CHECKING:
    from skillgap.overrides import Overrides

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


def format_option(*layouts: str, text: str = "How to print.") -> Callable[[Command], Command]:
    """--format; the first of ``layouts`` is the default."""
    choices = layouts or ("text", "json")
    return click.option(
        "--format",
        "layout",
        type=click.Choice(choices),
        default=choices[0],
        show_default=True,
        help=text,
    )


def clipboard_option(what: str) -> Callable[[Command], Command]:
    """--clipboard; ``what`` is read from there."""
    return click.option("--clipboard", is_flag=True, help=f"Read the {what} from the clipboard.")


def all_option(text: str) -> Callable[[Command], Command]:
    """--all, and what that shows."""
    return click.option("--all", "full", is_flag=True, help=text)


def explain_option(text: str) -> Callable[[Command], Command]:
    """--explain SKILL, and what that says."""
    return click.option("--explain", metavar="SKILL", help=text)


def with_text_option(command: Command) -> Command:
    """--with-text."""
    text = "Put the text that offsets refer to into the records."
    return click.option("--with-text", is_flag=True, help=text)(command)


def quiet_option(command: Command) -> Command:
    """-q."""
    text = "No remarks on stderr; failures still show."
    return click.option("-q", "--quiet", is_flag=True, help=text)(command)


def override_option(command: Command) -> Command:
    """--override FILE."""
    return click.option(
        "--override",
        metavar="FILE",
        envvar="SKILLGAP_OVERRIDE",
        help="Your corrections: know, ignore, required, and per ad applied or skip (YAML).",
    )(command)


def tell_unused(
    overrides: Overrides,
    ads: Iterable[tuple[str, str | None]],
    file: str,
    *,
    quiet: bool,
    names: bool = True,
) -> None:
    """Say which names of ads in a file of corrections fit none of the ads, given as (source, row)."""
    unused = overrides.unused(ads)
    if unused:
        told = f": {', '.join(unused)}" if names else ""
        note(f"skillgap: {len(unused)} of the ads that {file} names not found here{told}", quiet=quiet)


def anonymise_option(command: Command) -> Command:
    """--anonymise."""
    text = "Leave names, contacts, employers, file names and quotes out of the output."
    return click.option("--anonymise", is_flag=True, help=text)(command)


def as_of_option(command: Command) -> Command:
    """--as-of DAY."""
    return click.option(
        "--as-of",
        metavar="DAY",
        callback=lambda _ctx, _param, value: a_day("--as-of", value),
        help="The day that 'present' stands for, as YYYY-MM-DD (today by default).",
    )(command)


def a_day(option: str, value: str | None) -> date | None:
    """A day written as 2026-11-22; UsageError names the option otherwise."""
    if value is None:
        return None
    try:
        return datetime.strptime(value.strip(), "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no time zone
    except ValueError as error:
        raise UsageError(f"{option} {value}: is no day of the calendar; write it as 2026-11-22") from error


def default_resume() -> str | None:
    """The resume that SKILLGAP_RESUME names."""
    return os.environ.get("SKILLGAP_RESUME") or None


def dump_json(value: Any) -> str:
    """A value as indented JSON, as every command prints it."""
    return json.dumps(value, ensure_ascii=not can_show_unicode(), indent=2) + "\n"


class Output:
    """Where a command's data goes."""

    def __init__(self, path: str | None, *, no_color: bool, inputs: Sequence[str] = ()) -> None:
        self.path = path
        if path is not None:
            if not path.strip() or path.endswith(("/", os.sep)):
                raise UsageError(f"{path!r}: is no file name; name a file to write to")
            self._refuse(Path(path), inputs)
        self.color = path is None and wants_color(sys.stdout, disabled=no_color)
        self.width = 80 if path else page_width(sys.stdout)

    @staticmethod
    def _refuse(target: Path, inputs: Sequence[str]) -> None:
        """An output that would destroy an input, or that can't be a file, is refused before any work."""
        if target.is_dir() or not str(target.name):
            raise UsageError(f"{target}: is a folder; name a file in it")
        for name in inputs:
            if name != "-" and target.exists() and Path(name).exists() and target.samefile(name):
                raise UsageError(
                    f"{target}: is one of the inputs and would be overwritten; choose another name"
                )

    def write(self, text: str) -> None:
        """Write it all; a file appears only once it is complete, a device or pipe is written in place."""
        if self.path is None:
            say(text)
            return
        self.write_pieces([text if text.endswith("\n") else text + "\n"])

    def write_pieces(self, pieces: Iterable[str]) -> None:
        """Write pieces of text as they come; a file appears only once all of it is there."""
        if self.path is None:
            encoding = getattr(sys.stdout, "encoding", None)
            for piece in pieces if sys.stdout is not None else ():
                push(encodable(piece, encoding), sys.stdout)
            return

        def fill(path: Path) -> None:
            with path.open("w", encoding="utf-8", newline="\n") as file:
                file.writelines(pieces)

        self.write_file(fill)

    def write_file(self, fill: Callable[[Path], None], *, in_place: bool = True) -> None:
        """Have a file filled; it appears only once that is done.

        A device or pipe is written in place, or refused if that would not do. UsageError where there is no
        file to write to, or it can't be written.
        """
        if self.path is None:
            raise UsageError("this format is no text; name a file for it with -o FILE")
        target = Path(self.path).resolve()
        try:
            if target.exists() and not target.is_file():
                if not in_place:
                    raise UsageError(f"{self.path}: is no file; name one for this format")
                fill(target)
                return
            with tempfile.TemporaryDirectory(dir=target.parent, prefix=".skillgap-") as folder:
                made = Path(folder) / "output"
                fill(made)
                made.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
                made.replace(target)
        except OSError as error:
            cause = error.strerror or type(error).__name__
            raise UsageError(f"{self.path}: can't be written ({cause}); choose another place") from error


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def can_show_unicode() -> bool:
    """Whether stdout takes any character."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    return encoding.lower().replace("-", "").startswith("utf")


def note(text: str, *, quiet: bool = False) -> None:
    """A remark for the person, never for the data: stderr."""
    if not quiet:
        say(text, stream=sys.stderr)


def inputs(paths: Sequence[str], *, clipboard: bool, what: str = "ad") -> Iterator[Callable[[], Document]]:
    """One reader per input, so that one that fails stops no other; ``what`` is asked for if none is named."""
    from skillgap.reading import read

    if clipboard:
        yield lambda: _from_clipboard(what)
    for path in paths:
        if path == "-":
            yield _from_stdin
        else:
            yield lambda path=path: read(path)  # type: ignore[misc]
    if not paths and not clipboard:
        on_terminal = sys.stdin is not None and sys.stdin.isatty()
        yield (lambda: _pasted(what)) if on_terminal else _from_stdin


def _from_stdin() -> Document:
    from skillgap.reading import read_bytes

    if sys.stdin is None:
        raise UnreadableError("<stdin>: standard input is closed; name a file")
    return read_bytes(sys.stdin.buffer.read(), "<stdin>")


def _pasted(what: str) -> Document:
    key = "Ctrl-Z and Enter" if os.name == "nt" else "Ctrl-D"
    note(f"Paste the {what}, then press Enter and {key} (Ctrl-C gives up):")
    return _from_stdin()


def _from_clipboard(what: str) -> Document:
    command = "resume" if what == "resume" else "analyze"
    try:
        import pyperclip
    except ImportError as error:
        raise UsageError(
            "--clipboard needs one more package: python -m pip install pyperclip; "
            f"or paste the {what} after a bare: skillgap {command}"
        ) from error
    try:
        text = pyperclip.paste()
    except pyperclip.PyperclipException as error:
        raise UnreadableError(
            "<clipboard>: this system offers no clipboard to programs; "
            f"paste the {what} after a bare: skillgap {command}"
        ) from error
    if not text.strip():
        raise UnreadableError(f"<clipboard>: it is empty or holds no text; copy the text of the {what} first")
    return Document(source="<clipboard>", text=text.replace("\r\n", "\n").replace("\r", "\n"))
