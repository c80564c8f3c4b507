"""Tell in plain words how the tests did on simulated districts: the report as Markdown."""

import pandas as pd

from geo.evidence.batches import LEAST_HOMES, MOST_HOMES
from geo.evidence.calibration import Calibration
from layers.calibration_labels import BACKGROUNDS, NULLS, TESTS, VERDICTS, why_not_held


def report_text(calibration: Calibration, *, district: str, pictures: tuple[str, ...]) -> str:
    """Write the report.

    Parameters
    ----------
    calibration
        What was learnt.
    district
        Whose map it is.
    pictures
        Names of the plots that lie beside the report: of size, and of power where there is one.
    """
    parts = [
        *_opening(calibration, district),
        "## In short",
        *_overview(calibration),
        *_not_held(calibration),
        *_found(calibration.power),
        "## False alarms, by kind of district",
        *_picture(pictures, "size.png", "Share of districts with a false alarm, by kind of district and test"),
        *[line for null in calibration.size["null"].unique() for line in _one_null(calibration.size, null)],
        "## What is found where something is",
        *_power(calibration, pictures),
        "## How to make this report again",
        *_again(calibration),
    ]
    return "\n\n".join(parts) + "\n"


def _opening(calibration: Calibration, district: str) -> list[str]:
    grid = calibration.bench.grid
    homes = grid.cells["homes"]
    drawn = (
        f"Clients were placed at random on the map of {district}: {int((homes > 0).sum()):,} cells of resolution "
        f"{grid.resolution} with {homes.sum():,.0f} homes (by: {grid.homes_source}). Every such district then went "
        "through the very steps that real records go through: rows to households, households to cells, cells to tests, "
        "tests to areas. No record of a client was used."
    )
    claimed = (
        f"In {calibration.districts:,} districts of each kind there was no hotspot and no trend, so whatever a test "
        f"called there is a false alarm. The tests claim that at most {_claims(calibration)} of such districts have "
        "one, anywhere on the map. A claim is held where the figures do not speak against it: the exact 95 % range of "
        "the share (Clopper and Pearson), given in brackets, reaches down to the claim."
    )
    return ["# How often the tests are wrong, and what they can find", drawn, claimed]


def _claims(calibration: Calibration) -> str:
    level = calibration.bench.level
    trend = calibration.bench.claims()["trend"]
    return f"{100 * level:g} %" if trend == level else f"{100 * level:g} % ({100 * trend:g} % for the trend)"


def _overview(calibration: Calibration) -> list[str]:
    """Set the worse of the two case numbers of every test and kind in one table."""
    nulls = calibration.size["null"].unique().tolist()
    rows = []
    for test in TESTS:
        of_test = calibration.size[calibration.size["test"] == test]
        rows.append([_label(test), *(_worst(of_test[of_test["null"] == null]) for null in nulls)])
    told = (
        "The share of districts with a false alarm, the higher one of the two numbers of cases. Bold: the claim is not "
        "held. The map and the priorities go by *Excess* and *Scan*, which allow for ordinary unevenness."
    )
    return [told, _table(["test", *(NULLS[null][0] for null in nulls)], rows)]


def _worst(rows: pd.DataFrame) -> str:
    share = _percent(float(rows["share"].max()))
    return share if rows["held"].all() else f"**{share}**"


def _not_held(calibration: Calibration) -> list[str]:
    lost = calibration.not_held
    if lost.empty:
        return ["Every claim was held in every kind of district tried."]
    why = [why_not_held(null, test) for null, test in zip(lost["null"], lost["test"], strict=True)]
    told = [_lost_line(rows) for _, rows in lost.assign(why=why).groupby(["null", "why"], sort=False)]
    return ["Where the claim is **not** held:", "\n".join(told), "Everywhere else in the table it is held."]


def _lost_line(rows: pd.DataFrame) -> str:
    """Tell of the tests that fail for one reason in one kind of district."""
    tests = [
        f"{_label(str(test))} ({', '.join(_at_cases(of_test))})" for test, of_test in rows.groupby("test", sort=False)
    ]
    return f"- **{NULLS[str(rows['null'].iloc[0])][0]}**: {'; '.join(tests)}. {rows['why'].iloc[0]}"


def _at_cases(rows: pd.DataFrame) -> list[str]:
    return [f"{_percent(share)} at {cases} cases" for share, cases in zip(rows["share"], rows["cases"], strict=True)]


def _found(power: pd.DataFrame) -> list[str]:
    """Say in a line for each number of cases how often a planted place became a priority area."""
    if power.empty:
        return []
    priority = power[power["verdict"] == "priority"]
    lines = [
        f"- With {cases} cases a place of raised risk became a priority area {_shares_by_risk(group)}."
        for cases, group in priority.groupby("cases")
    ]
    return ["What is found where something is there:", "\n".join(lines)]


def _shares_by_risk(group: pd.DataFrame) -> str:
    told = []
    for background, rows in group.groupby("background", sort=False):
        shares = [
            f"{_percent(share)} (risk x {risk:g})"
            for risk, share in zip(rows["relative_risk"], rows["share"], strict=True)
        ]
        told.append(
            f"in {', '.join(shares[:-1])} and {shares[-1]} of districts with {BACKGROUNDS[str(background)].lower()}"
        )
    return "; ".join(told)


def _one_null(size: pd.DataFrame, null: str) -> list[str]:
    label, told = NULLS[null]
    of_null = size[size["null"] == null]
    cases = sorted(of_null["cases"].unique().tolist())
    rows = []
    for test in TESTS:
        of_test = of_null[of_null["test"] == test].sort_values("cases")
        rows.append([_label(test), *_intervals(of_test), "held" if of_test["held"].all() else "**not held**"])
    return [f"### {label}", told, _table(["test", *(f"{n} cases" for n in cases), "claim"], rows)]


def _power(calibration: Calibration, pictures: tuple[str, ...]) -> list[str]:
    if calibration.power.empty:
        return [calibration.why_no_power]
    told = (
        f"In {calibration.power_districts:,} districts of each kind the risk of one cell and its ring was raised. They "
        f"were chosen at random among those that hold {100 * LEAST_HOMES:g} to {100 * MOST_HOMES:g} % of the homes. "
        "Found means that an area (or, for the scan, a cluster) holds one of these cells. A false area is one that "
        "neither holds nor touches them."
    )
    head = ["cases", "risk", *VERDICTS.values(), "false priority area", "false area of any kind"]
    tables = [
        block
        for background in calibration.power["background"].unique()
        for block in (f"### {BACKGROUNDS[background]}", _table(head, _power_rows(calibration.power, background)))
    ]
    return [told, *_picture(pictures, "power.png", "Share of planted hotspots found, by risk"), *tables]


def _power_rows(power: pd.DataFrame, background: str) -> list[list[str]]:
    rows = []
    of_background = power[power["background"] == background]
    for (cases, risk), group in of_background.groupby(["cases", "relative_risk"], sort=False):
        by_verdict = group.set_index("verdict")
        found = _intervals(by_verdict.loc[list(VERDICTS)])
        beside = _intervals(by_verdict.loc[["priority", "either"]], "elsewhere_")
        rows.append([str(cases), f"x {risk:g}", *found, *beside])
    return rows


def _intervals(rows: pd.DataFrame, prefix: str = "") -> list[str]:
    """Write each row's share with its interval."""
    columns = [rows[f"{prefix}{name}"].tolist() for name in ("share", "low", "high")]
    return [_interval(share, low, high) for share, low, high in zip(*columns, strict=True)]


def _again(calibration: Calibration) -> list[str]:
    scenario = calibration.bench.scenario
    command = f"planner evidence calibrate --out FOLDER --districts {calibration.districts} --seed {calibration.seed}"
    told = (
        "Add `--workspace` for a council's own map and options. The same seed gives the same figures on any number of "
        f"processors. Each scan was compared with {scenario.scan.replicates:,} simulated districts of its own and drew "
        f"circles of up to {100 * scenario.scan.population_share:g} % of the homes; rows of a household within "
        f"{scenario.episode_months} months counted once. The figures are in `size.csv` and `power.csv`."
    )
    tests = [f"- **{_label(test)}**: {asked}" for test, (_, asked) in TESTS.items()]
    return [f"```sh\n{command}\n```", told, "What each test asks:", "\n".join(tests)]


def _picture(pictures: tuple[str, ...], name: str, told: str) -> list[str]:
    return [f"![{told}]({name})"] if name in pictures else []


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _interval(share: float, low: float, high: float) -> str:
    return f"{_percent(share)} ({100 * low:.1f} to {100 * high:.1f})"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _label(test: str) -> str:
    """Name a test so that Markdown leaves its star alone."""
    return TESTS[test][0].replace("*", "\\*")
