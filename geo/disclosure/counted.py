"""Complete a table of counts: every area with its homes, those without a client too."""

import pandas as pd

from geo.schema import COUNTED


def complete_counts(counts: pd.DataFrame, homes: pd.Series, *, names: dict[str, str] | None = None) -> pd.DataFrame:
    """Give every area its count and its homes.

    Parameters
    ----------
    counts
        Columns `count` and either `code` or `cell` (H3 index); areas without a client may be left out.
    homes
        Homes of every area, by code or cell; unknown homes count as none, so that nothing is shown there.
    names
        Of areas, by code.

    Returns
    -------
    pandas.DataFrame
        COUNTED table, sorted by code. Areas that `homes` does not know keep a row of their own: no client is lost.

    Examples
    --------
    >>> some = pd.DataFrame({"code": ["B"], "count": [4]})
    >>> complete_counts(some, pd.Series({"A": 200.0, "B": 90.0}))[["code", "count", "homes"]].to_numpy().tolist()
    [['A', 0, 200.0], ['B', 4, 90.0]]
    """
    key = "cell" if "cell" in counts else "code"
    counted = counts.groupby(key)["count"].sum()
    every = counted.index.union(homes.index)
    codes = [_code(area) for area in every]
    table = pd.DataFrame(
        {
            "code": pd.Series(codes, dtype="str"),
            "name": pd.Series([(names or {}).get(code, "") for code in codes], dtype="str"),
            "count": counted.reindex(every, fill_value=0).to_numpy(dtype="int64"),
            "homes": homes.reindex(every).fillna(0.0).to_numpy(dtype=float),
        }
    )
    return COUNTED.validate(table.sort_values("code", ignore_index=True))


def _code(area: object) -> str:
    """Write a cell in hexadecimal, and a code as it is."""
    return area if isinstance(area, str) else f"{area:x}"
