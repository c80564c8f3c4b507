"""What is said when a server, a proxy or a file is not as it should be."""

from typing import Final

NOTHING_CAME: Final = "the server fell silent"
ENDED_EARLY: Final = "the connection broke off before the file was whole"
TOO_SLOW: Final = "the connection was too slow"
DEADLINE: Final = "it took longer than {minutes:.0f} minutes"
NO_CONNECTION: Final = "{host} could not be reached; check that this machine is on the network"
NO_PROXY: Final = "the proxy that this machine is set to use could not be reached; ask your IT team for its address"
PROXY_ASKS: Final = (
    "the proxy of your network asks for a password first; open a web page in your browser to sign in, or ask your IT "
    "team to let this program through"
)
CERTIFICATE: Final = (
    "the certificate that {host} showed could not be checked; the likely cause is the proxy of your council's network, "
    "which looks into secure traffic with a certificate of its own: ask your IT team to put that certificate into this "
    "machine's store"
)
REDIRECTS: Final = "{host} sent us on to another address more than {times} times"
UNSAFE_STEP: Final = "{host} sent us on to an address that is not secure ({scheme}), and we did not go there"
BAD_ADDRESS: Final = "its address cannot be used"
TWO_AT_ONCE: Final = "another planner is fetching it into this folder at this moment; wait until that has finished"
BUSY: Final = "{host} was busy (it answered {status})"
MOVED_AWAY: Final = "{host} answered {status}; its address may have changed"
TOO_LARGE: Final = "it is larger than {mb:,.0f} MB, which it should not be"
NO_ROOM: Final = (
    "The disk that holds {folder} has {free:,.0f} MB left and {what} needs {size:,.0f} MB; make room and try again. "
    "Nothing was changed."
)
PACKED: Final = "it came packed in a way that was not asked for ({packing})"
UNPACKING: Final = "it came packed, and could not be unpacked"
EMPTY: Final = "an empty file came"
LOGIN_PAGE: Final = (
    "a web page came in its place, which looks like the sign-in page of your network's proxy; open a web page in your "
    "browser to sign in, then try again"
)
WEB_PAGE: Final = "a web page came in its place, perhaps an error page or one of your network's filter"
OTHER_KIND: Final = "what came is no {expected} file"
CUT_OFF: Final = "the file that came breaks off"
TRIED: Final = "{what}, {tries} times"
CHANGED_FORM: Final = "its service answered in another form than was expected"
SERVICE_ERROR: Final = "its service answered with an error ({code})"
SAME_PAGE: Final = "its service sent the same areas twice"
NO_END: Final = "its service never came to an end"
NOT_LISTED: Final = "the Open Geography portal lists nothing called '{title}' that fits"
NOTHING_THERE: Final = "its service knows no area in the district"
