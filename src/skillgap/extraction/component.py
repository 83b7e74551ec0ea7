"""The spaCy component: ``nlp.add_pipe("skillgap")`` sets ``doc.spans["skills"]`` in any pipeline.

Spans carry the skill's kind as label and its id as span id. They are the spans of the command
line, widened to the pipeline's own tokens where those cut differently.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

from skillgap.extraction.blocks import Sectioner, lay_out
from skillgap.extraction.matcher import SkillMatcher
from skillgap.extraction.shadow import cast
from skillgap.taxonomy import Taxonomy, load_taxonomy

SPANS_KEY = "skills"


class SkillComponent:
    """Finds skills in a Doc; ``find`` gives the matches, ``__call__`` writes them."""

    def __init__(self, taxonomy: Taxonomy, spans_key: str = SPANS_KEY) -> None:
        self.taxonomy = taxonomy
        self.spans_key = spans_key
        self._matcher = SkillMatcher(taxonomy)
        self._sectioner = Sectioner(taxonomy)

    def find(self, text: str) -> list[tuple[int, int, str, str]]:
        """(start, end, kind, skill id) of every match, as offsets into ``text``."""
        shadow = cast(text)
        flat = lay_out(shadow.text, self._sectioner).flat
        return [(*shadow.span(m.start, m.end), m.kind, m.skill) for m in self._matcher(flat)]

    def __call__(self, doc: Doc) -> Doc:
        spans = []
        for start, end, kind, skill in self.find(doc.text):
            span = doc.char_span(start, end, label=kind, span_id=skill, alignment_mode="expand")
            if span is not None:
                spans.append(span)
        doc.spans[self.spans_key] = SpanGroup(doc, name=self.spans_key, spans=spans)
        return doc


@Language.factory("skillgap", default_config={"spans_key": SPANS_KEY, "overlays": []})
def make_skillgap(
    nlp: Language,  # noqa: ARG001 - spaCy passes it by name
    name: str,  # noqa: ARG001
    spans_key: str,
    overlays: Sequence[str | os.PathLike[str]],
) -> SkillComponent:
    """Factory of the component; ``overlays`` are taxonomy folders laid over the shipped one."""
    return SkillComponent(load_taxonomy(*overlays), spans_key)
