"""What every group of options is: frozen, and closed to names it does not know."""

from pydantic import BaseModel, ConfigDict


class Options(BaseModel):
    """One group of options."""

    model_config = ConfigDict(frozen=True, extra="forbid")
