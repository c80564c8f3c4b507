"""How a column of a table is described."""

from typing import Final

import pandera.pandas as pa

NOT_NEGATIVE: Final = pa.Check.ge(0)


def column(kind: object, *, nullable: bool = False, check: pa.Check | None = None, unique: bool = False) -> pa.Column:
    """Describe a column: no blanks, unless it is nullable."""
    return pa.Column(kind, checks=check, nullable=nullable, unique=unique)
