"""Workbooks (xlsx, xls, xlsb, ods) -> rows, read in a child process with a memory limit.

A workbook is a zip of XML that can be made to fill any memory, and its sheet is in memory as a whole
while it is read. So the child reads it and hands its rows over one by one, a line of JSON each.

python-calamine read 5,000 ads in 0.5 s, openpyxl in read-only mode in 1.8 s, at equal memory (42 and
39 MB); only the first reads the older formats, too.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NoReturn

from skillgap.errors import UnreadableError
from skillgap.reading.fields import Row
from skillgap.reading.sandbox import limit, watch
from skillgap.reading.tables import Progress, named_rows

if TYPE_CHECKING:
    import subprocess

SECONDS = 120.0  # of computing; a hundred thousand ads take ten
MEMORY = 1_500_000_000  # bytes of address space
_START = "import sys; sys.path[:] = sys.argv[4:]; from skillgap.reading.workbook import serve; serve()"
_SAVE = "open it and save the sheet as CSV"


def workbook_rows(path: Path, source: str, progress: Progress, *, memory: int = MEMORY) -> Iterator[Row]:
    """The rows of the longest visible sheet, whose first filled row names the columns.

    Raises UnreadableError with a sentence for a password, a damaged file, or one over the limits.
    """
    return named_rows(_cells(path, source, progress, memory), source)


def _cells(path: Path, source: str, progress: Progress, memory: int) -> Iterator[list[Any]]:
    import subprocess

    home = str(Path(__file__).resolve().parents[2])
    folders = [home, *(folder for folder in sys.path if folder and folder != home)]
    limits = [str(SECONDS), str(memory)]
    command = [sys.executable, "-I", "-S", "-c", _START, str(path.absolute()), *limits, *folders]
    size = path.stat().st_size
    with subprocess.Popen(  # noqa: S603 - this Python itself
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as child:
        _guard(child, memory)
        try:
            total = _head(child.stdout, source, memory)
            for number, line in enumerate(child.stdout or (), 1):
                progress(size * number // (total or 1))
                yield json.loads(line)
        finally:
            child.kill()  # no harm where it has ended; else it would outlive a Ctrl-C


def _guard(child: subprocess.Popen[bytes], memory: int) -> None:
    """End a child that never comes to its rows, or outgrows its memory where the system sets no limit."""
    import threading

    late = threading.Timer(2 * SECONDS, child.kill)
    late.daemon = True
    late.start()
    if sys.platform != "linux":
        threading.Thread(target=watch, args=(child.pid, memory, []), daemon=True).start()


def _head(stream: IO[bytes] | None, source: str, memory: int) -> int:
    """The number of rows that will follow; raises what the child has to say instead."""
    line = stream.readline() if stream is not None else b""
    try:
        answer = json.loads(line)
    except ValueError:
        answer = {}
    if "rows" in answer:
        return int(answer["rows"])
    if answer.get("fault") == "password":
        raise UnreadableError(
            f"{source}: is a workbook protected by a password; save it without and give that"
        )
    if answer.get("fault") == "empty":
        raise UnreadableError(f"{source}: is a workbook without rows; {_SAVE} once it holds listings")
    if answer.get("fault") == "damaged":
        raise UnreadableError(f"{source}: is a damaged workbook, or one that was cut short; {_SAVE}")
    raise UnreadableError(
        f"{source}: reading it takes more than {memory // 1_000_000} MB of memory or {SECONDS:g} seconds, "
        f"so it is damaged or made to do harm; {_SAVE}"
    )


def serve() -> NoReturn:
    """The child's whole life: the number of rows, then each as a line of JSON, or one fault."""
    import os

    path, seconds, memory = sys.argv[1:4]
    limit(float(seconds), int(memory))
    out = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    try:
        for piece in _answer(path):
            out.write(json.dumps(piece, default=str) + "\n")
        out.flush()
    except BrokenPipeError:
        pass  # nobody wants the rest
    except BaseException:  # noqa: BLE001 - panics of the parser are no Exception; the parent says what to do
        os._exit(1)
    os._exit(0)


def _answer(path: str) -> Iterator[Any]:
    from python_calamine import CalamineError, PasswordError, SheetVisibleEnum, load_workbook

    try:
        book = load_workbook(path)
        visible = [s.name for s in book.sheets_metadata if s.visible == SheetVisibleEnum.Visible]
        sheets = [book.get_sheet_by_name(name) for name in visible or book.sheet_names]
    except PasswordError:
        yield {"fault": "password"}
        return
    except (CalamineError, OSError, ValueError):
        yield {"fault": "damaged"}
        return
    longest = max(sheets, key=lambda sheet: sheet.total_height, default=None)
    if longest is None or longest.total_height == 0:
        yield {"fault": "empty"}
        return
    yield {"rows": longest.total_height}
    for row in longest.iter_rows():
        yield [cell.isoformat() if hasattr(cell, "isoformat") else cell for cell in row]
