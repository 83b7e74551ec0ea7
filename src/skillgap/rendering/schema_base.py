"""What the shapes of all printed records share."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """A printed record: a field that is not named here is a fault, of ours or of the file's."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)
