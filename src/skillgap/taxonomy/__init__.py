"""taxonomy/*.yaml -> Taxonomy: what can be known, how it is written, how it is learned."""

from skillgap.taxonomy.entries import Alias, Skill, Source, Step
from skillgap.taxonomy.loading import load_taxonomy
from skillgap.taxonomy.runtime import Taxonomy

__all__ = ["Alias", "Skill", "Source", "Step", "Taxonomy", "load_taxonomy"]
