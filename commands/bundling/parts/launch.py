"""Starts the planner of this folder, with this folder's own packages and no others."""

import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def _problem() -> str:
    """Say in a sentence what keeps the planner from starting; "" where nothing does."""
    try:
        wanted = json.loads((HERE / "bundle.json").read_text(encoding="utf-8"))["python"]
    except (OSError, ValueError, KeyError):
        return "This folder is not whole: bundle.json cannot be read. Copy the whole folder again."
    found = f"{sys.version_info.major}.{sys.version_info.minor}"
    if found != wanted:
        return f"This folder was made for Python {wanted}, and Python {found} was found. Nothing was started."
    if not (HERE / "site-packages" / "commands" / "main.py").is_file():
        return "This folder is not whole: packages are missing. Copy the whole folder again."
    return ""


def main() -> None:
    """Run the planner: the screens, or the command that was named."""
    problem = _problem()
    if problem:
        sys.stderr.write(problem + "\n")
        sys.exit(2)
    sys.path.insert(0, str(HERE / "site-packages"))
    sys.argv = ["planner", *(sys.argv[1:] or ["app"])]
    from commands.main import run  # noqa: PLC0415 - found only once the packages are

    run()


if __name__ == "__main__":
    main()
