"""What a bundle is to be made of, and what came of it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from geo.errors import BadInputError

Target = Literal["windows", "linux"]
TARGETS: Final[dict[str, Target]] = {"windows": "windows", "linux": "linux"}


@dataclass(frozen=True)
class Plan:
    """What a bundle is made of.

    Attributes
    ----------
    target
        The system it is for.
    python
        The embeddable Python of Windows; None for Linux, where the machine's own Python runs it.
    wheels
        A folder of wheels; None asks the package index that pip here is set to.
    installed
        Take the packages that are installed here (Linux alone).
    files
        Open data to lay in, such as a gazetteer.
    """

    target: Target
    python: Path | None = None
    wheels: Path | None = None
    installed: bool = False
    files: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Built:
    """What came of it.

    Attributes
    ----------
    folder
        The bundle.
    packages, files, size
        How many packages and files it has, and its bytes.
    longest_path
        Letters of the longest path inside it: Windows takes 259 with the folder's own.
    digest
        SHA-256 of its manifest, which names the digest of everything else.
    """

    folder: Path
    packages: int
    files: int
    size: int
    longest_path: int
    digest: str


def check_plan(plan: Plan, out: Path) -> None:
    """Refuse a plan that cannot be carried out, before anything is fetched.

    Raises
    ------
    BadInputError
        Says what is missing, or what does not go together.
    """
    if out.exists():
        message = f"{out} is there already; a bundle is a new folder, so that an old one stays whole. Name another."
        raise BadInputError(message)
    if not out.resolve().parent.is_dir():
        message = f"There is no folder {out.resolve().parent} to make the bundle in; make it first."
        raise BadInputError(message)
    if plan.target == "windows" and (plan.python is None or plan.installed):
        message = (
            "A bundle for Windows needs --python, the official archive named like python-3.11.9-embed-amd64.zip, and "
            "wheels for Windows: from --wheels, or fetched."
        )
        raise BadInputError(message)
    if plan.target == "linux" and plan.python is not None:
        message = "A bundle for Linux runs on the machine's own Python; leave --python out."
        raise BadInputError(message)
    missing = next((path for path in plan.files if not path.is_file()), None)
    if missing is not None:
        message = f"There is no file {missing} to lay into the bundle; check the path."
        raise BadInputError(message)
