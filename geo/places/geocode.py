"""Give every postcode text exactly one status, and a place where it has one.

The whole of it is one Ibis expression over the distinct texts: clean, classify, join, mend. The intake runs it on
a few hundred rows and the bulk command on millions.
"""

from typing import Final

import geopandas as gpd
import ibis
import pandas as pd
from ibis.expr.types import BooleanValue, StringValue, Table

from geo.places.engine import literal_path, open_engine
from geo.places.gazetteer import Gazetteer
from geo.places.gazetteer_readers import NO_LOCATION
from geo.places.postcode import PSEUDO, PSEUDO_SHAPE, SHAPE

SHARED_POINT_MIN: Final = 5
"""Live postcodes on one point from which on it is flagged. In Great Britain 99.3 % of points hold one and a tower
block two to four; the delivery offices of Test Valley and Hart hold 7 to 32, and no other point there more than 3."""

_MISSING: Final = ("", "N/A", "NA", "NONE", "NULL", "NIL", "-", ".")
_NO_FIXED_ABODE: Final = ("NFA", "NOFIXEDABODE", "NOFIXEDADDRESS")
_NOT_KNOWN: Final = ("UNKNOWN", "NOTKNOWN", "NK", "N/K")

# Every kind of space that spreadsheets leave behind, the no-break and zero-width ones too.
_SPACES: Final = r"[\s\x{00A0}\x{2000}-\x{200D}\x{202F}\x{3000}\x{FEFF}]+"
# A postcode but for O and 0, I and 1. No postcode ends in O or I, so a digit there is no slip: "SP10 1A" is malformed.
_SLIPPED_SHAPE: Final = r"^[A-Z01]{1,2}[0-9OI][A-Z0-9]?[0-9OI][A-Z]{2}$"
_PLACE: Final = ("easting", "northing", "quality", "terminated", "shared_point", "district", "h3_7", "h3_8", "h3_9")
_CELLS: Final = ("h3_7", "h3_8", "h3_9")


def resolve(postcodes: pd.Series, gazetteer: Gazetteer, boundary: gpd.GeoDataFrame) -> pd.DataFrame:
    """Find where each postcode text belongs.

    Parameters
    ----------
    postcodes
        Texts as they stand in an export; None and NaN count as missing.
    gazetteer
        Where postcodes are.
    boundary
        The district, in a stated CRS.

    Returns
    -------
    pandas.DataFrame
        A row for each input row, with its index: `status` (of geo.schema.STATUSES, all but duplicate and withheld),
        `terminated`, `shared_point`, `repaired`; `postcode` (compact; empty where the text is none); `easting`,
        `northing` (EPSG:27700 metres) and `h3_7`, `h3_8`, `h3_9`, all 0 unless located or outside; `district` (GSS
        code, empty unless located or outside and known).
    """
    texts = postcodes.astype("string").fillna("").astype(object)
    distinct = ibis.memtable(pd.DataFrame({"postcode": texts.unique()}), schema={"postcode": "string"})
    inside = ibis.memtable(gazetteer.within(boundary)[["postcode"]])
    with open_engine() as engine:
        places = engine.read_parquet(literal_path(gazetteer.path))
        found: pd.DataFrame = engine.to_pandas(resolve_expression(distinct, places, inside))
    by_text = found.drop(columns="rows").set_index("text")
    return by_text.reindex(pd.Index(texts)).set_index(postcodes.index)


def resolve_expression(rows: Table, gazetteer: Table, inside: Table | None = None) -> Table:
    """Describe how texts become statuses and places, as one expression for any engine.

    Parameters
    ----------
    rows
        One row a referral, with the column `postcode`.
    gazetteer
        GAZETTEER table.
    inside
        The postcodes (column `postcode`) inside the boundary; None counts every place as inside.

    Returns
    -------
    ibis.expr.types.Table
        One row a distinct text: `text`, `rows` (how many rows hold it) and the columns of `resolve`.
    """
    places = gazetteer.select("postcode", *_PLACE)
    texts = _cleaned(rows)
    exact = texts.left_join(places, [("compact", "postcode")])
    found = _mended(exact, places)
    if inside is None:
        return _answered(found, _given(found.postcode))
    here = inside.select(here=inside.postcode)
    joined = found.left_join(here, [("postcode", "here")])
    return _answered(joined, _given(joined.here))


def _cleaned(rows: Table) -> Table:
    """Write each distinct text in capitals without plain spaces: enough for nearly every text to find its postcode."""
    texts = rows.select(text=rows.postcode.fill_null("")).group_by("text").agg(rows=ibis._.count())
    return texts.mutate(compact=texts.text.replace(" ", "").upper())


def _mended(exact: Table, places: Table) -> Table:
    """Look again at the texts that found no postcode (`rest`): there are few, and patterns are slow.

    Such a text, without any kind of space, is the postcode that reads the same with O as 0 and I as 1: the very
    same one if there is one, else the only one; where several fit it is none of them.
    """
    rest = _given(exact.postcode).ifelse(ibis.null("string"), exact.compact.re_replace(_SPACES, ""))
    slipped = rest.re_search(_SLIPPED_SHAPE)
    lost = exact.mutate(rest=rest, fold=slipped.ifelse(rest.translate("OI", "01"), ibis.null("string")))
    near = _near(places, lost.filter(_given(lost.fold)).select("fold").distinct())
    chosen_one = (near.near_fold == lost.fold) & ((near.fitting == 1) | (near.near_postcode == lost.rest))
    both = lost.left_join(near, chosen_one)
    chosen = {name: ibis.coalesce(both[name], both[f"near_{name}"]) for name in ("postcode", *_PLACE)}
    return both.mutate(**chosen).select("text", "rows", "rest", *chosen)


def _near(places: Table, wanted: Table) -> Table:
    """Find the postcodes that read like a wanted text, and how many there are of each reading."""
    folded = places.mutate(fold=places.postcode.translate("OI", "01"))
    found = folded.semi_join(wanted, "fold")
    found = found.mutate(fitting=ibis._.count().over(group_by="fold"))
    return found.rename({f"near_{name}": name for name in ("fold", "postcode", *_PLACE)})


def _answered(found: Table, inside: BooleanValue) -> Table:
    """Turn what was found into the status, the flags and the place."""
    status = _status(found, inside)
    placed = status.isin(["located", "outside"])
    canonical = found.postcode.left(found.postcode.length() - 3) + " " + found.postcode.right(3)
    shaped = found.rest.re_search(SHAPE)
    return found.select(
        "text",
        "rows",
        status=status,
        terminated=_true(found.terminated > 0),
        shared_point=_true(found.shared_point >= SHARED_POINT_MIN),
        repaired=_true(found.text != canonical),
        postcode=ibis.coalesce(found.postcode, shaped.ifelse(found.rest, "")),
        easting=placed.ifelse(found.easting, 0).cast("int32"),
        northing=placed.ifelse(found.northing, 0).cast("int32"),
        district=placed.ifelse(found.district, ""),
        **{name: placed.ifelse(found[name], 0).cast("int64") for name in _CELLS},
    )


def _status(found: Table, inside: BooleanValue) -> StringValue:
    known = _given(found.postcode)
    pseudo = [(found.rest == code, status) for code, status in PSEUDO.items()]
    return ibis.cases(
        (known & (found.quality >= NO_LOCATION), "no_location"),
        (known & inside, "located"),
        (known, "outside"),
        (found.rest.isin(_MISSING), "missing"),
        *pseudo,
        (found.rest.re_search(PSEUDO_SHAPE), "elsewhere"),
        (found.rest.isin(_NO_FIXED_ABODE), "no_fixed_abode"),
        (found.rest.isin(_NOT_KNOWN), "not_known"),
        (found.rest.re_search(_SLIPPED_SHAPE) & found.rest.re_search("[0-9]"), "not_in_gazetteer"),
        (found.rest.re_search(SHAPE), "not_in_gazetteer"),
        else_="malformed",
    )


def _given(value: StringValue) -> BooleanValue:
    return value.notnull()  # noqa: PD004 - an Ibis column, not a pandas one


def _true(condition: BooleanValue) -> BooleanValue:
    return condition.fill_null(False)  # noqa: FBT003 - ibis takes the value by position
