"""Reading in a child process: what a hostile file breaks is the child, never skillgap.

Formats like PDF and DOCX can be made to fill the memory, to run for hours, or to abort the
process that reads them. The child gets the bytes on stdin and limits of time and memory, and gives
a Document or a sentence back as JSON; whatever else becomes of it is one UnreadableError.

The child is this Python with ``-I -S`` and the parent's ``sys.path``: it imports its reader and
nothing else, so that it starts in a few hundredths of a second.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from skillgap.errors import UnreadableError
from skillgap.model import Document

if TYPE_CHECKING:
    import subprocess

SECONDS = 15.0  # of wall time for one document
MEMORY = 1_000_000_000  # bytes of address space
MAX_TEXT = 10_000_000  # characters that a document may hold
_POLL = 0.02  # seconds between two looks at the child's memory, where the system sets no limit
_START = "import sys; sys.path[:] = sys.argv[7:]; from skillgap.reading.sandbox import serve; serve()"
_NEW = "open it, save or print it as a new file (PDF or text) and give that"


def run(
    kind: str, data: bytes, source: str, *, seconds: float | None = None, memory: int | None = None
) -> Document:
    """The Document that the reader of ``kind`` makes of these bytes, within limits.

    ``seconds`` is wall time (SECONDS if None), ``memory`` bytes (MEMORY if None). Raises
    UnreadableError with the reader's own sentence, or with one that says which limit was passed.
    """
    import subprocess

    from skillgap.reading import READERS

    seconds, memory = seconds or SECONDS, memory or MEMORY
    module, name = READERS[kind]
    home = str(Path(__file__).resolve().parents[2])
    folders = [home, *(folder for folder in sys.path if folder and folder != home)]
    limits = [str(seconds), str(memory)]
    command = [sys.executable, "-I", "-S", "-c", _START, module, name, kind, source, *limits, *folders]
    with subprocess.Popen(  # noqa: S603 - this Python, our own code, no shell
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as child:
        grown = _watch(child, memory)
        try:
            answer, _ = child.communicate(data, timeout=seconds)
        except subprocess.TimeoutExpired as error:
            raise UnreadableError(
                f"{source}: reading it takes longer than {seconds:g} seconds, so it is damaged or "
                f"far larger than an ad or resume; {_NEW}"
            ) from error
        finally:
            child.kill()  # no harm where it has ended; else it would outlive a Ctrl-C
    return _received(answer, kind, source, memory, grown=bool(grown))


def _received(answer: bytes, kind: str, source: str, memory: int, *, grown: bool) -> Document:
    try:
        result = json.loads(answer)
    except ValueError:
        result = {}
    if "text" in result:
        return Document(source, result["text"], result["kind"], None, result["meta"])
    if "error" in result:
        raise UnreadableError(result["error"])
    if grown or result.get("memory"):
        raise UnreadableError(
            f"{source}: reading it takes more than {memory // 1_000_000} MB of memory, so it is damaged "
            f"or made to do harm; {_NEW}"
        )
    raise UnreadableError(
        f"{source}: is damaged or made to do harm, since the reader of {kind.upper()} files broke on it or "
        f"ran out of memory; {_NEW}"
    )


def _watch(child: subprocess.Popen[bytes], memory: int) -> list[int]:
    """Kill a child that outgrows its memory, where the system itself sets no limit.

    Linux enforces RLIMIT_AS; macOS takes it and does nothing, Windows has none. The list returned
    holds the size that was seen if the child was killed.
    """
    seen: list[int] = []
    if sys.platform == "linux":
        return seen
    import threading

    threading.Thread(target=watch, args=(child.pid, memory, seen), daemon=True).start()
    return seen


def watch(pid: int, memory: int, seen: list[int]) -> None:
    """Look at a process until it ends; kill it, and note its size, once it is over ``memory`` bytes."""
    import time

    import psutil

    try:
        process = psutil.Process(pid)
        while process.is_running():
            size = process.memory_info().rss
            if size > memory:
                seen.append(size)
                process.kill()
                return
            time.sleep(_POLL)
    except psutil.Error:
        return  # it has ended


def serve() -> NoReturn:
    """The child's whole life: read stdin, answer on stdout, end without cleaning up."""
    import importlib
    import os

    module, name, kind, source, seconds, memory = sys.argv[1:7]
    stdout = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints must not mix with the answer
    limit(float(seconds), int(memory))
    data = sys.stdin.buffer.read()
    try:
        answer = _answer(getattr(importlib.import_module(module), name)(data, source), source)
    except UnreadableError as error:
        answer = {"error": str(error)}
    except MemoryError:
        answer = {"memory": True}
    except RecursionError:
        answer = {"error": f"{source}: its parts are nested far too deeply; {_NEW}"}
    except Exception:  # noqa: BLE001 - a library's complaint about a broken file, whatever its class
        answer = {"error": f"{source}: is damaged, so that its text can't be had; {_NEW}", "kind": kind}
    payload = json.dumps(answer).encode()
    while payload:
        payload = payload[os.write(stdout, payload) :]
    os._exit(0)


def _answer(document: Document, source: str) -> dict[str, Any]:
    if len(document.text) > MAX_TEXT:
        return {
            "error": f"{source}: holds more than {MAX_TEXT // 1_000_000} million characters, which no ad "
            "or resume does; save the part that matters as a new file"
        }
    return {"text": document.text, "kind": document.kind, "meta": dict(document.meta)}


def limit(seconds: float, memory: int) -> None:
    """Let the system end this process if it grows too large, or lives on without its parent."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for name, limit in (
        ("RLIMIT_AS", memory),
        ("RLIMIT_CPU", int(seconds) + 1),
        ("RLIMIT_CORE", 0),
    ):
        which = getattr(resource, name)
        _, hard = resource.getrlimit(which)
        wanted = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        try:
            resource.setrlimit(which, (wanted, hard))
        except (ValueError, OSError):
            continue  # this system does not take it; the watcher and the clock are there
