"""The audit of the libraries never calls a package clean that nobody was asked about."""

import importlib.util
from pathlib import Path

PATH = Path(__file__).parents[1] / "tools" / "check_dependencies.py"
SPEC = importlib.util.spec_from_file_location("check_dependencies", PATH)
check = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(check)

CLEAN = {"name": "shapely", "version": "2.1.0", "vulns": []}
FLAWED = {"name": "old", "version": "1.0", "vulns": [{"id": "CVE-1", "fix_versions": ["1.1"]}]}
UNKNOWN = {"name": "h3", "skip_reason": "Dependency not found and could not be audited: h3 (4.3)"}
OURS = {"name": "hotspot-planner", "skip_reason": "distribution marked as editable"}


def judge(*packages):
    report = {"dependencies": list(packages)}
    found = check.told(report)
    return found, check.verdict(report, found)


def test_a_service_that_knows_no_package_is_no_clean_bill():
    assert judge(UNKNOWN, UNKNOWN, OURS) == ([], "Not audited: the advisory service answered for none of 2 packages.")


def test_a_flaw_is_named_with_the_version_that_mends_it():
    found, told = judge(CLEAN, FLAWED, UNKNOWN, OURS)
    assert found == ["old 1.0: CVE-1, mended in 1.1"]
    assert told == "1 known vulnerabilities in 2 of 3 installed packages; the others were not audited."


def test_a_flaw_fails_the_check(monkeypatch, capsys):
    monkeypatch.setattr(check, "audit", lambda: ({"dependencies": [FLAWED]}, ""))
    assert check.main() == 1
    monkeypatch.setattr(check, "audit", lambda: (None, "no advisory service could be reached"))
    assert check.main() == 0
    assert "Not audited: no advisory service could be reached." in capsys.readouterr().out
