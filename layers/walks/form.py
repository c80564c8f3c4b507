"""Write the form of a walk card: one file for a phone, which asks no host and gives back numbers alone."""

import base64
import hashlib
import json
from collections.abc import Sequence
from functools import cache
from html import escape
from importlib.resources import files as resources
from typing import Any, Final

from geo.review.walks.cards import WalkCard
from geo.review.walks.company import USUAL_AGENCIES
from geo.walkabouts.bands import local
from layers.walks.card import street_of

_PAGE: Final = """<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Walk card {number}: record the walk</title>
<style>{style}</style>
</head>
<body>
<header>
<h1>Walk card {number}</h1>
<p>For {recipient}, for this purpose: {purpose}. Use until {expires}; do not pass it on.</p>
<p class="quiet">Planned {day}, {begins} to {ends}. Numbers only: no names, nothing about anybody.</p>
<p id="expired" class="alarm" role="status" hidden>This card expired on {expires}. Walk by it no more. What you have
recorded can still be saved; hand the file in.</p>
<p id="unkept" class="alarm" role="status" hidden>This phone does not keep what you enter when the page is closed:
save the file before you leave the page.</p>
<p id="strange" class="alarm" role="status" hidden>What this phone keeps under this card's name is not what this form
writes, and is not shown. It is written over as soon as you enter something.</p>
<noscript><p class="alarm">This form needs a browser that runs scripts. Open the file in the phone's browser, or write
on the paper card.</p></noscript>
</header>
<main>
<h2>The walk</h2>
<div id="walk" class="card" tabindex="-1"></div>
<h2>The stops</h2>
<div id="stops" tabindex="-1"></div>
<h2>Other places</h2>
<p class="quiet">Somebody was found, or you looked, at a place that is no stop of the card.</p>
<div id="others"></div>
<button type="button" id="more">Add another place</button>
<h2>Save</h2>
<div id="faults" class="alarm faults" role="alert" tabindex="-1" hidden><p>Put this right, then save again. Nothing of
what you entered is lost.</p><ul id="faults-list"></ul></div>
<p id="saved" role="status"></p>
<p id="where" class="quiet"></p>
<button type="button" id="clear" class="grave">Delete what is entered on this phone</button>
<details><summary>If the file does not save</summary><label class="name" for="text">Copy this text, once you pressed
Save, into a message to yourself</label><textarea id="text" readonly></textarea></details>
</main>
<div class="bar" role="region" aria-label="Save the file"><div><span id="done"></span><button type="button" id="save"
class="main">Save the file</button></div></div>
<script type="application/json" id="card">{card}</script>
<script>{script}</script>
</body>
</html>
"""


def walk_form_html(card: WalkCard, *, agencies: Sequence[str] = (), least_people: int = 2) -> bytes:
    """Write the form of a card.

    Parameters
    ----------
    card
        As it was kept; the form holds its streets and times, and neither squares nor why a stop is there.
    agencies
        Who may walk along: agencies by name. Without any, three general ones are offered.
    least_people
        So many walk, at the least.

    Returns
    -------
    bytes
        One HTML file, UTF-8, whose content security policy forbids every connection. Where a name occurs twice among
        `agencies` it is offered once.
    """
    script, style = _part("walk_form.js"), _part("walk_form.css")
    walk = card.walkabout
    page = _PAGE.format(
        policy=_policy(script, style),
        style=style,
        script=script,
        card=_data(card, tuple(dict.fromkeys(agencies)) or USUAL_AGENCIES, least_people),
        number=card.number,
        recipient=escape(card.recipient),
        purpose=escape(card.purpose.rstrip(".")),
        expires=f"{card.expires.day} {card.expires:%B %Y}",
        day=f"{card.day:%A} {card.day.day} {card.day:%B}",
        begins=f"{local(walk.begins):%H:%M}",
        ends=f"{local(walk.ends):%H:%M}",
    )
    return page.encode()


def _data(card: WalkCard, agencies: Sequence[str], least_people: int) -> str:
    """Write what the form knows of the card, so that no text of it can end the script that holds it."""
    known: dict[str, Any] = {
        "number": card.number,
        "digest": card.digest,
        "day": local(card.walkabout.begins).date().isoformat(),
        "expires": card.expires.isoformat(),
        "least": least_people,
        "agencies": list(agencies),
        "teams": len({stop.team for stop in card.stops}),
        "stops": [
            {
                "number": stop.number,
                "team": stop.team,
                "street": street_of(stop.street),
                "arrive": f"{local(stop.arrive):%H:%M}",
                "minutes": round(stop.stay_minutes),
            }
            for stop in card.stops
        ],
    }
    return json.dumps(known, ensure_ascii=False).replace("<", "\\u003c")


def _policy(script: str, style: str) -> str:
    """Let this script and this style be used, and nothing else be fetched, sent or framed."""
    return (
        f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}'; base-uri 'none'; "
        "form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode('ascii')}"


@cache
def _part(name: str) -> str:
    return (resources("layers") / "web" / name).read_text(encoding="utf-8")
