"""Every feed that a workspace knows: by a file, an agreement, a plan or counts that were sent."""

from geo.review.feeds import feed_name
from geo.review.workspace import Workspace

_NAMES = (
    "SELECT feed FROM feeds UNION SELECT feed FROM agreements UNION SELECT feed FROM feed_plans "
    "UNION SELECT feed FROM count_tables ORDER BY feed"
)


def feed_names(workspace: Workspace) -> tuple[str, ...]:
    """List the feeds by name."""
    with workspace.store.reading() as connection:
        return tuple(str(feed) for (feed,) in connection.execute(_NAMES))


def settled_name(workspace: Workspace, text: str) -> str:
    """Tidy the name of a feed, and recognise a known one whatever its capitals.

    Raises
    ------
    BadInputError
        The name cannot be used.
    """
    name = feed_name(text, workspace.feeds())
    return next((known for known in feed_names(workspace) if known.casefold() == name.casefold()), name)
