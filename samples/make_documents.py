"""Makes the sample resumes in every format, and beside each the text that a perfect reader gives.

    pip install reportlab python-docx odfpy pikepdf pypdfium2 pillow
    python samples/make_documents.py

The three people are invented; ``resumes/*.json`` (JSON Resume) is where everything about them
stands. Each document is written from there, and so is its ``.expected.txt``: it never comes from a
reader. The same input gives the same bytes.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.dont_write_bytecode = True  # this folder ships in the wheel

from making import office, pages, paper, plain  # noqa: E402 - the folder beside this script

RESUMES = HERE / "resumes"
LARGEST = 60_000  # bytes


def main() -> None:
    """Write all documents; complain about one that is too large."""
    backend, nurse, analyst = (
        json.loads((RESUMES / f"{name}.json").read_text("utf-8"))
        for name in ("backend-developer", "nurse-to-ai", "data-analyst")
    )
    made = {
        "backend-developer.txt": plain.wrapped_text(backend),
        "backend-developer.html": pages.web_page(backend),
        "backend-developer.pdf": paper.two_columns(backend),
        "backend-developer.docx": office.word(backend),
        "nurse-to-ai.md": plain.markdown(nurse),
        "nurse-to-ai.pdf": paper.one_column(nurse),
        "nurse-to-ai.odt": office.open_document(nurse),
        "data-analyst.txt": plain.open_text(analyst),
        "data-analyst.pdf": paper.like_latex(analyst),
        "data-analyst.rtf": office.rich_text(analyst),
    }
    made["nurse-to-ai-scan.pdf"] = (paper.scan(made["nurse-to-ai.pdf"][0]), "")
    for person, name in ((backend, "backend-developer"), (nurse, "nurse-to-ai"), (analyst, "data-analyst")):
        made[f"{name}.json"] = ((RESUMES / f"{name}.json").read_bytes(), plain.json_resume(person))
    for name, (data, expected) in made.items():
        if len(data) > LARGEST:
            sys.exit(f"{name}: is {len(data)} bytes; keep samples under {LARGEST}")
        (RESUMES / name).write_bytes(data)
        if expected:
            (RESUMES / f"{name}.expected.txt").write_text(expected, "utf-8", newline="\n")


if __name__ == "__main__":
    main()
