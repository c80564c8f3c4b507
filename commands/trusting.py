"""The options by which a person answers for a file that looks wrong beside the one in use."""

from typing import Annotated

import typer

AnywayOption = Annotated[
    bool, typer.Option("--anyway", help="Take an edition that looks wrong beside the one in use; look at it first.")
]
OlderOption = Annotated[bool, typer.Option("--older-too", help="Take an edition older than the one in use.")]
