"""The secret that turns references into hashes, kept outside the workspace.

Whoever holds the workspace alone cannot try references until one fits (HMAC-SHA256, RFC 2104); whoever loses the
key can still read the workspace but can match nothing with it again.
"""

import binascii
import hmac
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import platformdirs

from geo.errors import BadInputError, MissingDataError
from geo.review.files import explained, write_bytes

_KEY_BYTES: Final = 32
_MIN_BYTES: Final = 16
_DIGEST_HEX: Final = 32  # 128 bits: two of a million records share one with probability 10^-27
_SEPARATOR: Final = "\x1f"


@dataclass(frozen=True)
class Key:
    """A workspace's secret; it never shows itself."""

    secret: bytes = field(repr=False)

    def digest(self, kind: str, *parts: str) -> str:
        """Hash a reference for one purpose.

        Parameters
        ----------
        kind
            What is hashed, such as "record"; the same text hashed as two kinds cannot be matched.
        parts
            The texts that together are the reference.

        Returns
        -------
        str
            32 hexadecimal digits.

        Examples
        --------
        >>> Key(b"0" * 32).digest("household", "H1") == Key(b"0" * 32).digest("record", "H1")
        False
        """
        message = _SEPARATOR.join((kind, *parts)).encode()
        return hmac.digest(self.secret, message, "sha256").hex()[:_DIGEST_HEX]


def make_key(workspace_id: str) -> Key:
    """Make the key of a new workspace and store it where only its user can read it.

    With PLANNER_KEY set that key is used and nothing is stored.
    """
    named = _named_key()
    if named is not None:
        return named
    key = Key(secrets.token_bytes(_KEY_BYTES))
    path = key_path(workspace_id)
    with explained(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_bytes(path, key.secret.hex().encode())  # a new temporary file has mode 0600, and keeps it
    return key


def load_key(workspace_id: str, *, check: str) -> Key:
    """Fetch a workspace's key.

    Parameters
    ----------
    workspace_id
        As the workspace says.
    check
        What `check_value` gave when the workspace was made: another workspace's key would match nothing.

    Raises
    ------
    MissingDataError
        There is no key on this machine.
    BadInputError
        The key is not this workspace's.
    """
    key = _named_key() or _stored_key(workspace_id)
    if check_value(key, workspace_id) != check:
        message = (
            "The key found is not the key of this workspace, so nothing could be matched with what is kept; "
            f"set PLANNER_KEY or restore {key_path(workspace_id)} from the machine that made the workspace."
        )
        raise BadInputError(message)
    return key


def check_value(key: Key, workspace_id: str) -> str:
    """Return what a workspace keeps to recognise its key by; it reveals nothing of the key."""
    return key.digest("check", workspace_id)


def key_path(workspace_id: str) -> Path:
    """Say where a workspace's key file is: PLANNER_CONFIG_DIR, else the user's configuration folder."""
    folder = os.environ.get("PLANNER_CONFIG_DIR") or platformdirs.user_config_dir("hotspot-planner")
    return Path(folder) / "keys" / f"{workspace_id}.key"


def key_place(workspace_id: str) -> str:
    """Say in words where a workspace's key is looked for; nothing of the key itself."""
    return "in PLANNER_KEY" if os.environ.get("PLANNER_KEY", "").strip() else f"in {key_path(workspace_id)}"


def _named_key() -> Key | None:
    text = os.environ.get("PLANNER_KEY", "").strip()
    return _parse(text, "PLANNER_KEY") if text else None


def _stored_key(workspace_id: str) -> Key:
    path = key_path(workspace_id)
    if not path.is_file():
        message = (
            f"This workspace's key is not on this machine ({path}), so records cannot be matched; copy the key file "
            "from the machine that made the workspace, or set PLANNER_KEY. The workspace can still be read."
        )
        raise MissingDataError(message)
    with explained(path.parent):
        return _parse(path.read_text(encoding="utf-8", errors="replace").strip(), str(path))


def _parse(text: str, where: str) -> Key:
    try:
        secret = binascii.unhexlify(text)
    except ValueError:  # from None: the text is the secret
        secret = b""
    if len(secret) < _MIN_BYTES:
        message = f"{where} is not a key; expected at least {2 * _MIN_BYTES} hexadecimal digits."
        raise BadInputError(message)
    return Key(secret)
