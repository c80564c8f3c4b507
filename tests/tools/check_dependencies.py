"""Ask an advisory service whether any installed package is known to be vulnerable.

Uses pip-audit where it is installed. Where it is not, or no service can be reached, says so in one line and leaves
with 0: a machine without an outside line must still be able to run its checks. Leaves with 1 where a vulnerability is
known.

    python tests/tools/check_dependencies.py
"""

import importlib.util
import json
import subprocess
import sys

SECONDS = 120


def main() -> int:
    """Audit, and print one line a vulnerability."""
    found, reason = audit()
    if found is None:
        print(f"Not audited: {reason}.")
        return 0
    for line in found:
        print(line)
    print(f"{len(found)} known vulnerabilities in the installed packages.")
    return 1 if found else 0


def audit() -> tuple[list[str] | None, str]:
    """Ask; None and the reason where nobody answered."""
    if importlib.util.find_spec("pip_audit") is None:
        return None, "pip-audit is not installed (pip install pip-audit)"
    command = [sys.executable, "-m", "pip_audit", "--format=json", "--progress-spinner=off", "--skip-editable"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
        return told(json.loads(done.stdout)), ""
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        return None, "no advisory service could be reached"


def told(report: dict[str, list[dict[str, object]]]) -> list[str]:
    """Write a report of pip-audit as lines."""
    return [
        f"{package['name']} {package['version']}: {flaw['id']}, mended in {', '.join(flaw['fix_versions']) or 'none'}"
        for package in report["dependencies"]
        for flaw in package.get("vulns", [])
    ]


if __name__ == "__main__":
    sys.exit(main())
