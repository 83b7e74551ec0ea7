"""Many listings into the store: only what is new is analysed, and one that fails stops nothing.

Results are saved chunk by chunk in the order of the listings, so that the store holds the same whatever
the number of workers, and a run that was killed goes on where it was.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from skillgap.errors import InputError
from skillgap.market.store import Analysed, Saved, Store, content_key, pack
from skillgap.market.workers import Workers, in_order
from skillgap.model import Document
from skillgap.reading.listings import Listing

CHUNK = 16  # listings in one transaction; the last of each worker are waited for
_COST_OF_READING = 0.3  # of a page, in ads analysed

ReadAd = Callable[[Document], Mapping[str, Any]]  # a document -> its ``skillgap/job@1`` record
Factory = Callable[[], ReadAd]  # can be pickled and hashed; makes what reads ads, once in each process


@dataclass(frozen=True, slots=True)
class Failure:
    """A listing that could not be used, and why."""

    source: str
    row: str | None
    sentence: str

    def to_dict(self) -> dict[str, Any]:
        return {"source": self.source, "row": self.row, "error": self.sentence}


@dataclass(slots=True)
class Summary:
    """What a run has done so far: listings ``read``, of which ``new`` to the store, ``known`` or failed.

    ``analysed`` are those that the taxonomy had not read before, ``again`` those of them that were in the
    store under another taxonomy.
    """

    read: int = 0
    new: int = 0
    known: int = 0
    analysed: int = 0
    again: int = 0
    failed: list[Failure] = field(default_factory=list)


@dataclass(slots=True)
class _Chunk:
    """Listings on their way into the store; ``to_do`` holds the places of those to be analysed."""

    items: list[Saved]
    to_do: list[int]
    is_new: list[bool]


def run(  # noqa: PLR0913 - each is a choice of the caller
    listings: Iterable[Listing],
    store: Store,
    analyzer_factory: Factory,
    taxonomy_digest: str,
    *,
    workers: int | None = None,
    progress: Callable[[Summary], None] | None = None,
) -> Summary:
    """Read listings into the store, then what the store holds that this taxonomy has not read yet.

    ``workers`` None takes as many processes as pay. ``progress`` is called after each chunk. Raises what the
    store raises; what was saved stays saved, whatever ends the run.
    """
    summary = Summary()
    with Workers(workers) as pool:
        sources = (listings, map(_again, store.stale(taxonomy_digest)))
        for number, source in enumerate(sources):
            chunks = _chunks(source)
            loaded = in_order(chunks, lambda chunk: pool.submit(_load, chunk, cost=_unread(chunk)), pool)
            sorted_out = (_sorted_out(chunk, store, taxonomy_digest) for _, chunk in loaded)
            done = in_order(sorted_out, lambda chunk: _submit(pool, analyzer_factory, chunk), pool)
            for chunk, results in done:
                _save(chunk, results, store, taxonomy_digest, summary, again=number == 1)
                if progress is not None:
                    progress(summary)
    _made.cache_clear()  # what comes after the reading needs the room
    return summary


def _chunks(listings: Iterable[Listing]) -> Iterator[list[Listing]]:
    listings = iter(listings)
    while chunk := list(itertools.islice(listings, CHUNK)):
        yield chunk


def _again(saved: Saved) -> Listing:
    return Listing(saved.source, saved.row, saved.number, saved.document)


def _unread(chunk: Sequence[Listing]) -> float:
    return _COST_OF_READING * sum(item.document is None and item.failure is None for item in chunk)


def _load(chunk: list[Listing]) -> list[Listing]:
    return [_loaded(listing) for listing in chunk]


def _loaded(listing: Listing) -> Listing:
    try:
        return listing.load()
    except Exception as error:  # noqa: BLE001 - whatever a hostile file does to a reader, the run goes on
        sentence = f"{listing.source}: can't be read ({_cause(error)}); paste its text into a .txt file"
        return replace(listing, failure=sentence)


def _sorted_out(chunk: list[Listing], store: Store, taxonomy_digest: str) -> _Chunk:
    """What of a chunk is to be analysed; the rest is known or failed."""
    contents = [content_key(item.document) if item.document else "" for item in chunk]
    known = store.known((content for content in contents if content), taxonomy_digest)
    sorted_out = _Chunk([], [], [])
    for place, (listing, content) in enumerate(zip(chunk, contents, strict=True)):
        failure, is_new = listing.failure, False
        if content:
            is_new = not store.has(listing.source, listing.row, content)
            if content not in known:
                failure = store.failed_before(listing.source, listing.row, content, taxonomy_digest)
                if failure is None:
                    sorted_out.to_do.append(place)
        where = listing.source, listing.row, listing.number
        sorted_out.items.append(Saved(*where, listing.document, failure, content=content))
        sorted_out.is_new.append(is_new)
    return sorted_out


def _submit(pool: Workers, factory: Factory, chunk: _Chunk) -> Any:
    documents = [chunk.items[place].document for place in chunk.to_do]
    return pool.submit(_analyse, factory, documents, cost=float(len(documents)))


def _analyse(factory: Factory, documents: list[Document]) -> list[Analysed | str]:
    return [_analysed(_made(factory), document) for document in documents] if documents else []


@cache
def _made(factory: Factory) -> ReadAd:
    """What reads ads, made once in this process: it takes longer than an ad."""
    return factory()


def _analysed(read: ReadAd, document: Document) -> Analysed | str:
    """The analysis, or the sentence that says why there is none."""
    try:
        return pack(read(document))
    except InputError as error:
        sentence = str(error)
    except Exception as error:  # noqa: BLE001 - one listing that breaks the analysis must not end the run
        sentence = (
            f"{document.source}: can't be analysed ({_cause(error)}); leave it out, and report it to us"
        )
    if document.row is None:
        return sentence
    return sentence.replace(f"{document.source}:", f"{document.source}, row {document.row}:", 1)


def _cause(error: Exception) -> str:
    return type(error).__name__


def _save(  # noqa: PLR0913
    chunk: _Chunk,
    results: Sequence[Analysed | str],
    store: Store,
    taxonomy_digest: str,
    summary: Summary,
    *,
    again: bool,
) -> None:
    for place, result in zip(chunk.to_do, results, strict=True):
        if isinstance(result, str):
            chunk.items[place] = replace(chunk.items[place], failure=result)
        else:
            chunk.items[place] = replace(chunk.items[place], analysed=result)
    to_do = set(chunk.to_do)
    fresh = [
        item
        for place, (item, is_new) in enumerate(zip(chunk.items, chunk.is_new, strict=True))
        if is_new or place in to_do or item.failure is not None
    ]
    if fresh:
        store.save(fresh, taxonomy_digest)
    analysed = sum(not isinstance(result, str) for result in results)
    summary.analysed += analysed
    summary.again += analysed if again else 0
    for item, is_new in zip(chunk.items, chunk.is_new, strict=True):
        summary.read += not again
        if item.failure is not None:
            failed = Failure(item.source, item.row, item.failure)
            if not again or failed not in summary.failed:
                summary.failed.append(failed)
        elif not again:
            summary.new += is_new
            summary.known += not is_new
