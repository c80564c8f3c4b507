"""Take in what a team recorded on a phone: once, however often the file is handed in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from geo.errors import BadInputError
from geo.review.walks.cards import card_numbered
from geo.review.walks.company import unknown_agencies
from geo.review.walks.form_file import FormWalk, read_form
from geo.review.walks.form_looks import FormLooks, looks_of
from geo.review.walks.made import HeldWalk
from geo.review.walks.reading import read_visits, read_walks
from geo.review.walks.visit_rows import walk_of_ref
from geo.review.walks.visits import ReadyWalk, ready_walk, record_walk, says_the_same
from geo.review.workspace import Workspace
from geo.walkabouts.sightings import WalkHeld

_NOTHING: Final = "Nothing was kept."


@dataclass(frozen=True)
class FormPlan:
    """What would become of a file.

    Attributes
    ----------
    ready
        The walk, checked, with its notes.
    form
        What the file says.
    on_record
        The walk that the phone's file was taken in as before; None where it is new.
    same
        Whether that walk says the same.
    looks
        What is unlikely, and has to be confirmed; where else the team was; which open reports it would answer.
    """

    ready: ReadyWalk
    form: FormWalk
    looks: FormLooks
    on_record: WalkHeld | None = None
    same: bool = False


@dataclass(frozen=True)
class TakenForm:
    """What became of a file.

    Attributes
    ----------
    walk
        As it stands on record.
    new
        False where the very same was on record already, and nothing was changed.
    notes
        Sentences that are no fault: the card had expired, stops without a record, or that nothing was changed.
    """

    walk: WalkHeld
    new: bool
    notes: tuple[str, ...]


def plan_form(workspace: Workspace, content: bytes, *, who: str, now: datetime) -> FormPlan:
    """Say what would become of a file of the phone's form; nothing is written.

    Raises
    ------
    BadInputError
        It is no such file, its card is unknown or another, it names an agency that no form offers, or something in it
        cannot be right.
    MissingDataError
        The workspace's key is not on this machine.
    """
    form = read_form(content)
    card = card_numbered(workspace, form.card)
    if card.digest != form.digest:
        message = (
            f"The file is of another walk card {form.card} than the one kept here; it may belong to another workspace. "
            f"{_NOTHING}"
        )
        raise BadInputError(message)
    held = HeldWalk(form.begins, form.ends, form.agencies, form.people, form.card, who, form.visits)
    ready = ready_walk(workspace, held, now=now)
    _require_known(workspace, ready)
    with workspace.store.reading() as connection:
        number = walk_of_ref(connection, form.ref)
    earlier = next((one for one in read_walks(workspace) if one.number == number and one.stands), None)
    same = earlier is not None and says_the_same(ready, earlier, read_visits(workspace))
    looks = looks_of(workspace, ready, card, instead_of=earlier.number if earlier else 0, now=now)
    return FormPlan(ready, form, looks, earlier, same)


def take_in_form(
    workspace: Workspace, content: bytes, *, who: str, now: datetime, replace: bool = False, checked: bool = False
) -> TakenForm:
    """Record the walk of a file of the phone's form.

    Parameters
    ----------
    who
        Who takes it in: initials.
    now
        With its zone.
    replace
        Whether a walk that was taken in from this phone before, and says otherwise, is put right by this file.
    checked
        Whether somebody looked at what is unlikely in it, and it is right.

    Raises
    ------
    BadInputError
        As `plan_form`; where an earlier file of the same walk said otherwise and `replace` is not set; and where
        something is unlikely and `checked` is not set.
    MissingDataError
        The workspace's key is not on this machine.
    """
    plan = plan_form(workspace, content, who=who, now=now)
    if plan.on_record is not None and plan.same:
        said = f"This walk was taken in before, as number {plan.on_record.number}; nothing was changed."
        return TakenForm(plan.on_record, new=False, notes=(said,))
    if plan.on_record is not None and not replace:
        message = (
            f"This walk was taken in before, as number {plan.on_record.number}, and this file says otherwise: take it "
            f"in in place of number {plan.on_record.number} (on the screen, or with --replace), or leave it. {_NOTHING}"
        )
        raise BadInputError(message)
    if plan.looks.doubts and not checked:
        message = (
            f"{' '.join(plan.looks.doubts)} Ask whoever walked; if it is right, say so (on the screen, or with "
            f"--checked). {_NOTHING}"
        )
        raise BadInputError(message)
    supersedes = plan.on_record.number if plan.on_record else 0
    made = record_walk(workspace, plan.ready.held, now=now, supersedes=supersedes, ref=plan.form.ref)
    return TakenForm(made, new=True, notes=plan.ready.notes)


def _require_known(workspace: Workspace, ready: ReadyWalk) -> None:
    if unknown_agencies(workspace, ready.held.agencies):
        message = (
            "The file names an agency that its form did not offer. If it walked along, add it to the agencies of the "
            f"rota, and take the file in again. {_NOTHING}"
        )
        raise BadInputError(message)
