"""`planner sites same`: say which sites of several lists are one place."""

from enum import StrEnum
from typing import Annotated, Any

import typer

from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result
from geo.places.same_place import Likeness
from geo.review.duplicates import Answered, answer_pair, answers_given, pairs_to_confirm, undo_answer
from geo.review.register_state import Known, read_known
from geo.review.same_answers import Answer

same = typer.Typer(help="Say which sites are one place.", no_args_is_help=True, rich_markup_mode=None)
FirstArgument = Annotated[str, typer.Argument(help="A site's id, or its name where no other has it.")]
SecondArgument = Annotated[str, typer.Argument(help="The other site's.")]
WhoOption = Annotated[str, typer.Option("--who", help="Name or initials of whoever says so; else the user's name.")]


class Said(StrEnum):
    """What two sites are to each other."""

    SAME_PLACE = "same-place"
    TWO_PLACES = "two-places"
    ONE_ROOF = "one-roof"

    @property
    def answer(self) -> Answer:
        """The answer as it is kept."""
        answers: dict[str, Answer] = {
            "same-place": "same place",
            "two-places": "two places",
            "one-roof": "one roof",
        }
        return answers[self.value]


@same.command("list")
def list_pairs(
    answered: Annotated[bool, typer.Option("--answered", help="What was answered, instead of what is open.")] = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the pairs of sites that look like one place and on which nobody has answered, the likeliest first."""
    known = read_known(open_workspace(workspace))
    if answered:
        given = answers_given(known)
        lines = [_told(one) for one in given] or ["Nobody has answered yet."]
        show_result({"answers": [_answer(one) for one in given]}, lines, as_json=as_json)
        return
    pairs = pairs_to_confirm(known)
    lines = [_line(known, pair) for pair in pairs] or ["No two sites look like one place."]
    show_result({"pairs": [_document(known, pair) for pair in pairs]}, lines, as_json=as_json)


@same.command("confirm")
def confirm_pair(
    first: FirstArgument,
    second: SecondArgument,
    said: Annotated[
        Said, typer.Option("--as", help="One is the other; two places; or one roof over several services.")
    ] = Said.SAME_PLACE,
    who: WhoOption = "",
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say what two sites are to each other; sites that are one place count as one from then on."""
    kept = answer_pair(open_workspace(workspace), first, second, said.answer, who=who)
    document = {"first": kept.first, "second": kept.second, "answer": kept.answer, "who": kept.who}
    show_result(document, [f"Kept: {kept.first} and {kept.second}: {kept.answer}."], as_json=as_json)


@same.command("undo")
def undo_pair(
    first: FirstArgument,
    second: SecondArgument,
    who: WhoOption = "",
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take an answer back; the sites then stand as before."""
    was = undo_answer(open_workspace(workspace), first, second, who=who)
    document = {"first": was.first, "second": was.second, "was": was.answer}
    show_result(document, [f"Taken back: {was.first} and {was.second}: {was.answer}."], as_json=as_json)


def _line(known: Known, pair: Likeness) -> str:
    names = f"{known.name_of(pair.first)} [{pair.first}] and {known.name_of(pair.second)} [{pair.second}]"
    return f"{'probably' if pair.likely else 'perhaps'} {pair.looks}: {names}: {pair.words()}"


def _document(known: Known, pair: Likeness) -> dict[str, Any]:
    return {
        "first": pair.first,
        "second": pair.second,
        "names": [known.name_of(pair.first), known.name_of(pair.second)],
        "looks": pair.looks,
        "likely": pair.likely,
        "score": pair.score,
        "distance_m": round(pair.distance_m, 1),
        "reasons": list(pair.reasons),
    }


def _told(one: Answered) -> str:
    first, second = one.names
    when = f" {one.answer.when[:10]}" if one.answer.when else ""
    sites = f"{first} [{one.answer.first}] and {second} [{one.answer.second}]"
    return f"{one.answer.answer}: {sites} ({one.answer.who}{when})"


def _answer(one: Answered) -> dict[str, Any]:
    said = one.answer
    return {
        "first": said.first,
        "second": said.second,
        "names": list(one.names),
        "answer": said.answer,
        "who": said.who,
        "at": said.when,
    }
