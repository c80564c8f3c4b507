"""Read what each site costs: a CSV file with the columns site (id or name) and cost (pounds)."""

from pathlib import Path

import numpy as np
import pandas as pd

from geo.errors import BadInputError


def read_prices(path: Path) -> dict[str, float]:
    """Read the costs of sites.

    Raises
    ------
    BadInputError
        There is no such file, it lacks a column, or a cost is no number of pounds.
    """
    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except FileNotFoundError as error:
        message = f"There is no file {path.name} at the place named."
        raise BadInputError(message) from error
    except (OSError, ValueError) as error:  # ValueError: not UTF-8, or no table
        message = f"{path.name} cannot be read as a CSV file; expected the columns site and cost."
        raise BadInputError(message) from error
    table.columns = [str(name).strip().casefold() for name in table.columns]
    if not {"site", "cost"} <= set(table.columns):
        message = f"{path.name} has the columns {', '.join(table.columns)}; expected site and cost."
        raise BadInputError(message)
    pounds = pd.to_numeric(table["cost"].str.replace("[£, ]", "", regex=True), errors="coerce").to_numpy(dtype=float)
    bad = ~(np.isfinite(pounds) & (pounds >= 0))
    if bad.any():
        message = f"{path.name}, row {int(np.argmax(bad)) + 2}: the cost is no number of pounds, 0 or more."
        raise BadInputError(message)
    return dict(zip(table["site"].str.strip(), pounds.tolist(), strict=True))
