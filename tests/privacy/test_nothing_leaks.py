"""Unmistakable names, postcodes, numbers and notes go in by every path; not one of their bytes may come to rest."""

import io
import json
import logging
from datetime import date

import openpyxl
import pytest

from geo.errors import PlannerError
from geo.review.institutions import read_institutions
from geo.review.intake import IntakeOptions, keep, preview_file, take_in
from geo.review.workspace import Workspace
from tests.tinytown.council import HEADER, TODAY

NAME = "Wilhelmina Grunthorpe"
PHONE = "07700 900461"
NOTE = "sleeps behind the kiln"
MAIL = "grunthorpe@kiln.example"
REFERENCE = "CASEQX7741"
HOUSEHOLD = "HSEQX3355"
INSIDE, SLIPPED, LOST, BROKEN = "ZZ1 1AB", "ZZ1 IAD", "ZZ7 7QX", "ZZQX SOMEWHERE"
BORN = "17/03/1961"
DAY = "23/05/2024"
COLUMNS = f"{HEADER},Full name,Phone,Notes"
# A postcode may lie in the gazetteer, which is public; a record must not bring one to any other file.
SECRETS = (NAME, PHONE, NOTE, MAIL, REFERENCE, HOUSEHOLD, SLIPPED, LOST, BROKEN, BORN, DAY, "2024-05-23", "1961-03-17")


def line(number, postcode, **changed):
    cells = {
        "id": f"{REFERENCE}{number}", "household": f"{HOUSEHOLD}{number}", "day": DAY, "postcode": postcode,
        "route": f"rung by {NAME}", "source": f"{NAME}, {PHONE}", "reason": NOTE, "type": NOTE, "age": BORN,
        "outcome": f"{MAIL} {PHONE}", "name": NAME, "phone": PHONE, "notes": NOTE,
    } | changed  # fmt: skip
    return [str(cell) for cell in cells.values()]


def csv_of(lines, encoding="utf-8", separator=","):
    rows = [COLUMNS.split(","), *lines]
    text = "".join(separator.join(f'"{cell}"' for cell in row) + "\r\n" for row in rows)
    return text.encode(encoding)


def xlsx_of(lines):
    book = openpyxl.Workbook()
    for row in [COLUMNS.split(","), *lines]:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def good():
    return [line(at, postcode) for at, postcode in enumerate((INSIDE, SLIPPED, LOST, BROKEN, "ZZ99 3VZ", ""))]


def many(rows):
    """Enough rows with the same words that a category of ordinary words would be kept: these words must not be."""
    return [line(at, INSIDE) for at in range(rows)]


FAILING = {
    "a date": csv_of([*good(), line(9, INSIDE, day="31/02/2024")]),
    "a future date": csv_of([*good(), line(9, INSIDE, day="23/05/2094")]),
    "a ragged row": csv_of([*good(), [*line(9, INSIDE), NAME]]),
    "a quotation mark": csv_of(good()) + f'"{NAME},{INSIDE}\r\n'.encode(),
    "no header": csv_of(good()).split(b"\r\n", 1)[1],
    "NUL": csv_of(good()) + NAME.encode() + b"\0",
    "an encoding": csv_of(good()) + NAME.encode() + b"\x81",
    "two postcodes": csv_of(good()).replace(b"Notes", b"Old postcode", 1),
    "no postcode": csv_of(good()).replace(b'"postcode"', b'"town"', 1),
    "a workbook cut short": xlsx_of(good())[:3000],
    "a web page": b"<html>" + csv_of(good()),
    "a workbook with a bad date": xlsx_of([*good(), line(9, INSIDE, day="31/02/2024")]),
}


def outside_the_gazetteer(watched):
    """A postcode that is in the public gazetteer may be found there and nowhere else."""
    return [(secret, where) for secret, where in watched.find([INSIDE]) if not where.endswith("gazetteer.parquet")]


def test_the_command_line_leaves_nothing_of_a_client_behind(watched, tmp_path):
    files = {"good.csv": csv_of(good(), "utf-16", "\t"), "good.xlsx": xlsx_of(good())}
    for name, content in files.items():  # each the same feed: the second one is an update
        (tmp_path / name).write_bytes(content)
        report = watched.planner("add", "referrals", tmp_path / name, "--source", "Housing", "--json")
    assert json.loads(report)["added"] == 0
    watched.planner("check")
    assert watched.find(SECRETS) == []
    assert outside_the_gazetteer(watched) == []


@pytest.mark.parametrize("name", ["bad.csv", "bad.xlsx"])
def test_a_refused_file_leaves_nothing_and_its_error_tells_nothing(watched, tmp_path, name):
    content = FAILING["a date"] if name == "bad.csv" else FAILING["a workbook with a bad date"]
    (tmp_path / name).write_bytes(content)
    watched.planner("add", "referrals", tmp_path / name, "--source", "Housing", expected=2)
    assert watched.find(SECRETS) == []
    assert outside_the_gazetteer(watched) == []
    assert Workspace.open(watched.workspace).records().empty


@pytest.mark.parametrize("kind", sorted(FAILING))
def test_no_message_or_log_line_quotes_a_cell(watched, kind, caplog):
    caplog.set_level(logging.DEBUG)
    workspace = Workspace.open(watched.workspace)
    with pytest.raises(PlannerError) as refused:
        take_in(workspace, FAILING[kind], file_name="x", feed="Housing", today=TODAY)
    watched.said += [str(refused.value).encode(), caplog.text.encode(), repr(refused.value.__cause__).encode()]
    assert watched.find(SECRETS) == []


def test_the_screens_path_leaves_nothing_behind_with_5_mb(watched):
    content = csv_of([*good(), *many(12_000)])
    content += csv_of([line(at, INSIDE, notes=NOTE * 4) for at in range(20_000, 26_000)]).split(b"\r\n", 1)[1]
    assert len(content) > 5_000_000
    workspace = Workspace.open(watched.workspace)
    preview = preview_file(content, file_name=f"{NAME}.csv")
    intake = take_in(
        workspace,
        content,
        file_name=f"{NAME}.csv",
        feed="Housing",
        options=IntakeOptions(columns=preview.mapping, address_kind="at_approach"),
        today=date(2025, 6, 1),
    )
    report = keep(workspace, intake)
    watched.said.append(repr(report).encode())
    assert len(workspace.records()) == 18_006
    assert watched.find(SECRETS) == []
    assert outside_the_gazetteer(watched) == []


def test_the_write_ahead_log_holds_nothing_while_it_is_open(watched):
    workspace = Workspace.open(watched.workspace)
    with workspace.store.reading():  # an open reader keeps the log from being folded into the database
        keep(workspace, take_in(workspace, csv_of(good()), file_name="x", feed="Housing", today=TODAY))
        assert (watched.workspace / "planner.sqlite-wal").stat().st_size > 0
        assert watched.find(SECRETS) == []
        assert outside_the_gazetteer(watched) == []


def test_institutions_are_kept_as_hashes_only(watched):
    workspace = Workspace.open(watched.workspace)
    listed = f"postcode,kind,name\n{INSIDE},hostel,{NAME}\n"
    workspace.save_institutions(read_institutions(listed.encode(), key=workspace.key()))
    assert list(workspace.institutions().values()) == ["hostel"]
    with pytest.raises(PlannerError) as refused:
        read_institutions(f"{listed}{BROKEN},hostel,x\n".encode(), key=workspace.key())
    watched.said.append(str(refused.value).encode())
    assert watched.find(SECRETS) == []
    assert outside_the_gazetteer(watched) == []


def test_the_key_is_not_in_the_workspace(watched):
    (key,) = (watched.folder / "configuration").rglob("*.key")
    secret = key.read_text()
    found = {where for _, where in watched.find([secret])}
    assert found == {str(key)}
    contents = [path.read_bytes() for path in watched.workspace.rglob("*") if path.is_file()]
    assert not any(bytes.fromhex(secret) in content for content in contents)


@pytest.mark.parametrize(
    "where", ["workspace/releases/canary.bin", "temporary/upload", "home/.cache", "said", "a name"]
)
def test_the_search_would_find_a_leak(watched, where):
    """Canaries: the same search finds each secret where somebody puts it, in capitals, without spaces, in UTF-16."""
    for secret in (*SECRETS, INSIDE):
        for encoding in ("utf-8", "utf-16-le"):
            leak = b"\x00\x01" + secret.replace(" ", "").upper().encode(encoding) + b"\xff"
            if where == "said":
                watched.said = [leak]
            elif where == "a name":
                (watched.folder / "here" / secret.replace("/", "")).touch()
            else:
                (watched.folder / where).write_bytes(leak)
            found = {one for one, _ in watched.find([secret])}
            assert found == {secret} or ("/" in secret and where == "a name"), (secret, encoding)
