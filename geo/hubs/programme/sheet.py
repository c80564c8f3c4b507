"""A programme as it is printed, exported and kept: tables and sentences, nothing that could be planned with."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
import pandera.pandas as pa

from geo.hubs.programme.result import Programme
from geo.hubs.programme.words import evidence_of, proof_of
from geo.schema import PROGRAMME, PROGRAMME_AREAS, PROGRAMME_QUARTERS


@dataclass(frozen=True)
class Sheet:
    """What is told of a programme.

    Attributes
    ----------
    year
        The review year.
    first_day
        The first day of the year, ISO.
    hubs, quarters, areas
        PROGRAMME, PROGRAMME_QUARTERS and PROGRAMME_AREAS tables.
    proof
        How good it is, in a sentence.
    evidence
        What it rests on, one sentence each.
    rules, notes
        What was kept to, and what a reader must know besides.
    """

    year: str
    first_day: str
    hubs: pd.DataFrame
    quarters: pd.DataFrame
    areas: pd.DataFrame
    proof: str
    evidence: tuple[str, ...]
    rules: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """Everything that is said below the tables."""
        return tuple(filter(None, (self.proof, *self.evidence, *self.rules, *self.notes)))


def sheet_of(programme: Programme) -> Sheet:
    """Tell a programme."""
    return Sheet(
        year=programme.year,
        first_day=programme.setting.days.starts[0].isoformat(),
        hubs=programme.hubs,
        quarters=programme.quarters,
        areas=programme.areas,
        proof=proof_of(programme),
        evidence=evidence_of(programme),
        rules=programme.rules,
        notes=programme.notes,
    )


def content_of(sheet: Sheet) -> dict[str, Any]:
    """Write a sheet as plain values that JSON can hold."""
    tables = {name: getattr(sheet, name).to_dict("records") for name in ("hubs", "quarters", "areas")}
    words = {name: list(getattr(sheet, name)) for name in ("evidence", "rules", "notes")}
    return {"year": sheet.year, "first_day": sheet.first_day, "proof": sheet.proof, **tables, **words}


def sheet_from(content: dict[str, Any]) -> Sheet:
    """Read a sheet back from what `content_of` wrote."""
    schemas = {"hubs": PROGRAMME, "quarters": PROGRAMME_QUARTERS, "areas": PROGRAMME_AREAS}
    hubs, quarters, areas = (_table(content[name], schema) for name, schema in schemas.items())
    evidence, rules, notes = (tuple(content[name]) for name in ("evidence", "rules", "notes"))
    year, first_day, proof = (str(content[name]) for name in ("year", "first_day", "proof"))
    return Sheet(year, first_day, hubs, quarters, areas, proof, evidence, rules, notes)


def _table(rows: list[dict[str, Any]], schema: pa.DataFrameSchema) -> pd.DataFrame:
    kinds = {name: str(column.dtype) for name, column in schema.columns.items()}
    table: pd.DataFrame = schema.validate(pd.DataFrame(rows, columns=list(kinds)).astype(kinds))
    return table
