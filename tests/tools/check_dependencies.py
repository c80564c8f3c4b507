"""Ask an advisory service whether any installed package is known to be vulnerable.

Uses pip-audit where it is installed. Where it is not, or no service can be reached, says so in one line and leaves
with 0: a machine without an outside line must still be able to run its checks. A package that the service knows
nothing of counts as not audited, never as clean. Leaves with 1 where a vulnerability is known.

    python tests/tools/check_dependencies.py
"""

import importlib.util
import json
import subprocess
import sys
from typing import Any

SECONDS = 120
Report = dict[str, list[dict[str, Any]]]


def main() -> int:
    """Audit, and print one line a vulnerability."""
    report, reason = audit()
    if report is None:
        print(f"Not audited: {reason}.")
        return 0
    found = told(report)
    for line in found:
        print(line)
    print(verdict(report, found))
    return 1 if found else 0


def audit() -> tuple[Report | None, str]:
    """Ask; None and the reason where nobody answered."""
    if importlib.util.find_spec("pip_audit") is None:
        return None, "pip-audit is not installed (pip install pip-audit)"
    command = [sys.executable, "-m", "pip_audit", "--format=json", "--progress-spinner=off", "--skip-editable"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
        return json.loads(done.stdout), ""
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        return None, "no advisory service could be reached"


def verdict(report: Report, found: list[str]) -> str:
    """Sum up: how many packages were audited at all, and what was found in them."""
    packages = [package for package in report["dependencies"] if "editable" not in str(package.get("skip_reason"))]
    asked, known = len(packages), sum("skip_reason" not in package for package in packages)
    if not known:
        return f"Not audited: the advisory service answered for none of {asked} packages."
    return f"{len(found)} known vulnerabilities in {known} of {asked} installed packages; the others were not audited."


def told(report: Report) -> list[str]:
    """Write a report of pip-audit as lines."""
    return [
        f"{package['name']} {package['version']}: {flaw['id']}, mended in {', '.join(flaw['fix_versions']) or 'none'}"
        for package in report["dependencies"]
        for flaw in package.get("vulns", [])
    ]


if __name__ == "__main__":
    sys.exit(main())
