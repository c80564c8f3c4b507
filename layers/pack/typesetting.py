"""Set a document as a tagged PDF (PDF/UA-1) with Typst: fixed templates, to which a pack comes as data alone."""

import json
from datetime import UTC, date, datetime, time
from functools import cache
from importlib.resources import files
from typing import Any, Final

from geo.errors import PlannerError
from layers.pack.printed.columns import breakable
from layers.pack.printed.fonts import font_folder, printable

_STANDARD: Final = "ua-1"
_AS_THEY_ARE: Final = frozenset({"svg"})  # pictures, which no reader reads as text


def can_typeset() -> bool:
    """Say whether Typst is there; without it a PDF cannot be tagged."""
    try:
        import typst  # noqa: F401, PLC0415 - asked for, not used
    except ImportError:
        return False
    return True


def typeset(template: str, values: dict[str, Any], *, day: str) -> bytes:
    """Set a document.

    Parameters
    ----------
    template
        Name of one of our templates.
    values
        What it tells: plain values. No text of them is ever run: it comes as data, not as markup.
    day
        ISO day that the document says it was made on.

    Returns
    -------
    bytes
        PDF that meets PDF/UA-1 as far as a machine can tell; the same values give the same bytes.

    Raises
    ------
    PlannerError
        It could not be set.
    """
    import typst  # noqa: PLC0415 - may be missing: `can_typeset`

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font_folder())])
    stamp = datetime.combine(date.fromisoformat(day), time(0), UTC)
    data = json.dumps(_printed(values), ensure_ascii=False)
    try:
        pdf = typst.compile(
            _source(template), font_paths=fonts, sys_inputs={"data": data}, pdf_standards=_STANDARD, timestamp=stamp
        )
    except typst.TypstError as error:
        message = f"The PDF could not be made ({error.message}); the HTML says the same."
        raise PlannerError(message) from error
    if not isinstance(pdf, bytes):
        message = "The PDF could not be made; the HTML says the same."
        raise PlannerError(message)
    return pdf


def _printed(value: Any, name: str = "") -> Any:  # noqa: ANN401 - plain values of any depth
    """Write every text with characters that the font has, and so that no word is too long for its line."""
    if isinstance(value, str):
        return value if name in _AS_THEY_ARE else breakable(printable(value))
    if isinstance(value, dict):
        return {key: _printed(inner, key) for key, inner in value.items()}
    return [_printed(inner, name) for inner in value] if isinstance(value, list | tuple) else value


@cache
def _source(template: str) -> bytes:
    folder = files("layers.pack") / "typst"
    return b"\n".join((folder / f"{name}.typ").read_bytes() for name in ("common", template))
