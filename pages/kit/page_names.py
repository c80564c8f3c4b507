"""Which pages there are for whom: the name of each file with its title."""

from typing import Final

TEAM: Final = {
    "start": "Start",
    "review": "Review",
    "referrals": "Referrals",
    "feeds": "Feeds",
    "map": "Map",
    "priorities": "Priorities",
    "trends": "Trends",
    "gaps": "Gaps",
    "hubs": "Hubs",
    "programme": "Programme",
    "walkabouts": "Walkabouts",
    "monitor": "Monitor",
    "quarter": "Quarter",
    "sites": "Sites",
    "releases": "Releases",
    "data": "Data",
    "audit": "Audit",
}
SHARED: Final = {"shared": "Releases"}
OWN_FEED: Final = {"own_feed": "Your file"}
DOOR: Final = {"signin": "Sign in"}
