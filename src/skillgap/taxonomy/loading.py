"""Find the taxonomy, and load it from the compiled index or compile it.

An installed package carries the index ready-made. A checkout compiles its YAML files the first
time and keeps the result in the user's cache folder under the digest of those files; so do
overlays. A cache that can't be written or read is no fault: the index is compiled again.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from skillgap.errors import TaxonomyError, UnreadableError
from skillgap.taxonomy.index import INDEX_VERSION, IndexFormatError
from skillgap.taxonomy.runtime import Taxonomy
from skillgap.taxonomy.source import yaml_files

_DATA = Path(__file__).resolve().parent.parent / "_data"
_CHECKOUT = Path(__file__).resolve().parents[3] / "taxonomy"


def taxonomy_folder() -> Path:
    """The folder of YAML files that belongs to this installation."""
    return _CHECKOUT if (_CHECKOUT / "words.yaml").is_file() else _DATA / "taxonomy"


def samples_folder() -> Path:
    """The folder of sample ads that belongs to this installation."""
    beside = taxonomy_folder().parent / "samples"
    return beside if beside.is_dir() else _DATA / "samples"


def digest_of(folders: Sequence[Path]) -> str:
    """SHA-256 over the names and bytes of all YAML files, in order."""
    total = hashlib.sha256(str(INDEX_VERSION).encode())
    for folder in folders:
        for path in yaml_files(folder):
            total.update(path.relative_to(folder).as_posix().encode())
            total.update(path.read_bytes())
    return total.hexdigest()


def _cache_file(digest: str) -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("skillgap", appauthor=False) / f"taxonomy-{digest[:24]}.index"


def _stored(path: Path) -> Taxonomy | None:
    """The taxonomy of a compiled index, or None if there is none of this version."""
    try:
        return Taxonomy(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, IndexFormatError):
        return None


def write_index(text: str, path: Path) -> None:
    """Write the index whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def compile_folders(folders: Sequence[Path]) -> str:
    """Validate and compile to the text of an index; raises TaxonomyError with every fault."""
    from skillgap.taxonomy.checking import check_folders
    from skillgap.taxonomy.compiler import compile_index

    files, faults = check_folders(folders)
    if faults:
        raise TaxonomyError(faults)
    return compile_index(files, digest_of(folders))


def _compiled(folders: Sequence[Path]) -> Taxonomy:
    path = _cache_file(digest_of(folders))
    stored = _stored(path)
    if stored is not None:
        return stored
    text = compile_folders(folders)
    with contextlib.suppress(OSError):  # a read-only home costs some seconds per start, nothing else
        write_index(text, path)
    return Taxonomy(text)


def load_taxonomy(*overlays: str | os.PathLike[str]) -> Taxonomy:
    """Load the taxonomy, with folders laid over it in order (they add and override).

    Raises UnreadableError for an overlay that is no folder, TaxonomyError for faults in it.
    """
    folders = [Path(overlay) for overlay in overlays]
    for folder in folders:
        if not folder.is_dir():
            raise UnreadableError(f"{folder}: no such taxonomy folder; give a folder of YAML files")
        if not yaml_files(folder):
            raise UnreadableError(
                f"{folder}: holds no taxonomy; it needs skills/NAME.yaml or another YAML file"
            )
    if not folders:
        shipped = _stored(_DATA / "taxonomy.index") if not _CHECKOUT.is_dir() else None
        if shipped is not None:
            return shipped
    return _compiled([taxonomy_folder(), *folders])
