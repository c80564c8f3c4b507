"""Turn the text columns of a postcode file into numbers and compact postcodes."""

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from geo.errors import BadInputError
from geo.places.postcode import SHAPE

_LARGEST_M: Final = 1_500_000  # beyond the far corner of the National Grid
_DEGREES_BELOW: Final = 1_000  # no postcode stands within 1 km of the Grid's false origin
_STRANGE_SHARE: Final = 0.01  # more odd postcodes than this, and the file is something else


def compact_postcodes(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Write postcodes in capitals without spaces."""
    return pc.replace_substring(pc.utf8_upper(column), " ", "")


def shaped(compact: pa.ChunkedArray, name: str) -> pa.ChunkedArray:
    """Say which postcodes look like one.

    Raises
    ------
    BadInputError
        More than one row in a hundred does not: this is another kind of file.
    """
    good = pc.match_substring_regex(compact, SHAPE)
    strange = len(compact) - (pc.sum(good).as_py() or 0)
    if strange > _STRANGE_SHARE * len(compact):
        message = (
            f"{name}: {strange} of {len(compact)} rows hold no UK postcode in the postcode column; "
            "expected Code-Point Open, ONSPD, NSPL or a table of postcode, easting, northing."
        )
        raise BadInputError(message)
    return good


def whole_numbers(column: pa.ChunkedArray, what: str, name: str) -> pa.ChunkedArray:
    """Read whole numbers; empty text is 0.

    Raises
    ------
    BadInputError
        A value is not a number.
    """
    trimmed = pc.utf8_trim_whitespace(column)
    filled = pc.if_else(pc.equal(trimmed, ""), "0", trimmed)
    try:
        return pc.cast(pc.round(pc.cast(filled, pa.float64())), pa.int32())
    except pa.ArrowInvalid as error:
        message = f"{name}: the column of {what}s holds something that is not a number; expected whole numbers."
        raise BadInputError(message) from error


def metres(column: pa.ChunkedArray, what: str, name: str) -> pa.ChunkedArray:
    """Read National Grid coordinates; empty text is 0.

    Raises
    ------
    BadInputError
        A value is not a number, lies off the National Grid, or all of them look like degrees.
    """
    values = whole_numbers(column, what, name)
    ends = pc.min_max(values).as_py()
    if ends["min"] < 0 or ends["max"] > _LARGEST_M or 0 < ends["max"] < _DEGREES_BELOW:
        message = (
            f"{name}: the {what}s run from {ends['min']} to {ends['max']}; "
            "expected metres on the British National Grid (EPSG:27700)."
        )
        raise BadInputError(message)
    return values


def months(column: pa.ChunkedArray, what: str, name: str) -> pa.ChunkedArray:
    """Read months written YYYYMM, YYYY-MM or YYYY-MM-DD as YYYYMM; empty text is 0.

    Raises
    ------
    BadInputError
        A value is not a month.
    """
    digits = pc.utf8_slice_codeunits(pc.replace_substring(pc.utf8_trim_whitespace(column), "-", ""), 0, 6)
    good = pc.or_(
        pc.is_in(digits, pa.array(["", "0"])), pc.match_substring_regex(digits, r"^(19|20)\d\d(0[1-9]|1[0-2])$")
    )
    if not pc.all(good).as_py():
        message = f"{name}: the column '{what}' holds something that is not a month; expected such as 2025-11."
        raise BadInputError(message)
    return whole_numbers(digits, what, name)
