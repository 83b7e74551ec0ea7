"""Everything skillgap raises on purpose, as one tree.

    SkillgapError                   exit  what went wrong
    ├── UsageError                  2     the call itself is wrong (unknown skill, bad option)
    ├── InputError                  3     an input can't be read, or nothing in it can be used
    │   ├── UnreadableError         3     no file, no permission, not text, wrong format
    │   ├── NotAnAdError            3     text was read, but nothing in it looks like an ad
    │   └── NotAResumeError         3     text was read, but nothing in it looks like a resume
    └── TaxonomyError               2     the taxonomy has faults; ``faults`` lists them all

Each message is a sentence that names the input, the cause and the way out.
"""

from __future__ import annotations

from collections.abc import Sequence


class SkillgapError(Exception):
    """Base of every error raised on purpose; ``exit_code`` is what the command ends with."""

    exit_code = 2


class UsageError(SkillgapError):
    """The call can't be carried out as given."""


class NotFoundError(SkillgapError):
    """A name that was asked for (skill, step, role) is not in the taxonomy."""

    exit_code = 3


class InputError(SkillgapError):
    """One input could not be used."""

    exit_code = 3


class UnreadableError(InputError):
    """The input could not be opened or decoded."""


class NotAnAdError(InputError):
    """The input was read, but holds no skill and no requirement cue."""


class NotAResumeError(InputError):
    """The input was read, but holds no skill and no dated entry."""


class TaxonomyError(SkillgapError):
    """The taxonomy (or an overlay of it) is not valid.

    ``faults`` holds one ``file:line: cause`` string per fault, all of them at once.
    """

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        count = len(self.faults)
        super().__init__(
            f"the taxonomy has {count} fault{'s' if count != 1 else ''}:\n" + "\n".join(self.faults)
        )
