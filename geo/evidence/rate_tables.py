"""Turn rates into a table that people open in Excel and QGIS: one row a place, nobody left out."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from geo.evidence.rates import Rates
from geo.evidence.tables import cell_names
from geo.schema import RATES


def rates_table(rates: Rates, names: Mapping[int, str] | Mapping[str, str]) -> pd.DataFrame:
    """List every place, and last the clients that no place can be given.

    Parameters
    ----------
    rates
        By cell or by area.
    names
        The name of each cell's place, or of each area.

    Returns
    -------
    pandas.DataFrame
        Columns status, cell (15-digit hexadecimal text) or code, place, and those of the RATES schema. `status` is
        "located" for a place, "left_out" for clients set aside by a flag, else the reason why they have no place; such
        rows are blank but for their count. The counts sum to every episode chosen.
    """
    key = "cell" if rates.level == "cell" else "code"
    table = rates.table
    named = table.assign(status="located", place=table[key].map(dict(names)).fillna(""))
    if key == "cell":
        named = named.assign(cell=cell_names(table["cell"]))
    lost = rates.unmapped | ({"left_out": rates.left_out} if rates.left_out else {})
    rest = pd.DataFrame({"status": list(lost), "count": np.array(list(lost.values()), dtype=np.int64)})
    columns = ["status", key, "place", *RATES.columns]
    if rest.empty:
        return named[columns]
    blank = dict.fromkeys(("institution", "shared_point", "newer_postcodes"), "Int64")
    marks = dict.fromkeys(("newer", "unreliable"), "boolean")
    rest = rest.assign(**{key: "", "place": ""}).reindex(columns=columns)
    figures = dict.fromkeys((name for name in RATES.columns if named[name].dtype == "float64"), "float64")
    parts = [part[columns].astype(blank | marks | figures) for part in (named, rest)]
    return pd.concat(parts, ignore_index=True)
