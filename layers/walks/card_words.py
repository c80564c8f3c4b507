"""The words that stand on every walk card: what to record, how to stay safe, the heads of the form."""

from typing import Final

from geo.walkabouts.snapshot.night import IN_SHORT, NOT_COUNTED
from layers.walks.card_ground import CardGround

COUNTED: Final = f"{IN_SHORT} {NOT_COUNTED}"
"""Who is counted: the same people as in the official count."""
RECORDING: Final = (
    "At each stop write when you arrived and left, and how many people. Nobody is an answer too: tick it.",
    "No access: you could not look. It does not mean that nobody is there.",
    "Offered, accepted, refused: how many people were offered accommodation, and what they said.",
    "Never write a name, what somebody looks like, or anything else about a person.",
)
HEAD: Final = (
    "Stop",
    "Planned",
    "Street, then the way to the next",
    "Arrived",
    "Left",
    "Bedded down: how many",
    "About to: how many",
    "Nobody: tick",
    "No access: tick",
    "Offered",
    "Accepted",
    "Refused",
)
BOXES: Final = 9  # of the head, the ones that are filled in
ELSEWHERE: Final = "Elsewhere, street:"
_FEW_STOPS: Final = 3
_CALLS: Final = "_" * 20


def extra_rows(stops: int) -> int:
    """Say how many rows stand empty for people seen between the stops: a short card stays on one page."""
    return 1 if stops <= _FEW_STOPS else 2


def safety_words(least_people: int) -> tuple[str, ...]:
    """Say how to stay safe.

    Parameters
    ----------
    least_people
        So many walk together, at the least.
    """
    return (
        f"Never alone: at least {least_people} people, always in sight of each other.",
        f"Phone in at the start and at the end. Number: {_CALLS}",
        "In danger: go away and call 999. Somebody is ill or cannot be woken: call 999.",
        "Speak quietly, keep the torch off faces, and wake nobody without need.",
        "Enter no tent or private land; places of the definition inside buildings: with the owner's leave only.",
        "Where a place feels wrong, go on and tick No access.",
        "Your own lone-working and safeguarding policy comes first.",
    )


def map_note(ground: CardGround, *, along_streets: bool) -> str:
    """Explain the map's signs, and give the lines that licences ask for."""
    straight = "" if along_streets else " The lines are straight: walk along streets as you find them."
    return f"S start, E end; numbers are stops, arrows show the way.{straight} {' '.join(map(_ended, ground.credits))}"


def _ended(line: str) -> str:
    return line if line.endswith((".", "!", "?")) else f"{line}."
