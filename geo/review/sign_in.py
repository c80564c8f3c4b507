"""The file that a server signs people in with: the provider, the cookie's secret and the list of roles."""

import tomllib
from pathlib import Path
from typing import Annotated, Final
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic_core import PydanticCustomError

from geo.errors import BadInputError
from geo.review.roles import Roles

SIGN_IN_FILE: Final = "PLANNER_SIGN_IN"
"""Name of the environment variable that tells the screens where the file is."""
CALLBACK: Final = "/oauth2callback"
_SECRET_LETTERS: Final = 32
_THIS_MACHINE: Final = ("127.0.0.1", "localhost")
_MICROSOFT: Final = (".microsoftonline.com", ".microsoftonline.us", ".windows.net")
_ANY_DIRECTORY: Final = ("common", "organizations", "consumers")
_WRONG: Final = {"missing": "is missing", "extra_forbidden": "is not known here; take it out"}


def _web(text: str) -> str:
    """Let a web address through that nobody between can read along."""
    parts = urlsplit(text)
    if not parts.hostname or not (
        parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _THIS_MACHINE)
    ):
        kind, message = "address", "expected an address that begins with https:// (or http://127.0.0.1, to try it out)"
        raise PydanticCustomError(kind, message)
    return text


def _one_directory(text: str) -> str:
    """Refuse the addresses by which Microsoft signs in people of any organisation: they choose their own groups."""
    parts = urlsplit(text)
    if (parts.hostname or "").endswith(_MICROSOFT) and parts.path.strip("/").split("/")[0].lower() in _ANY_DIRECTORY:
        kind = "directory"
        message = "expected the address of the council's own directory; this one signs in people of every organisation"
        raise PydanticCustomError(kind, message)
    return text


def _callback(text: str) -> str:
    if urlsplit(text).path != CALLBACK or urlsplit(text).query:
        kind, message = "callback", "expected the planner's own address with /oauth2callback at its end"
        raise PydanticCustomError(kind, message)
    return text


def _long(secret: SecretStr) -> SecretStr:
    if len(secret.get_secret_value()) < _SECRET_LETTERS:
        kind, message = "secret", "expected at least 32 letters that nobody can guess"
        raise PydanticCustomError(kind, message)
    return secret


class Provider(BaseModel):
    """The section `[auth]`, which Streamlit reads: one provider of OpenID Connect."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    redirect_uri: Annotated[str, AfterValidator(_web), AfterValidator(_callback)]
    cookie_secret: Annotated[SecretStr, AfterValidator(_long)]
    client_id: str = Field(min_length=1)
    client_secret: SecretStr = Field(min_length=1)
    server_metadata_url: Annotated[str, AfterValidator(_web), AfterValidator(_one_directory)]
    client_kwargs: dict[str, str] = {}


class SignIn(BaseModel):
    """The whole file.

    Attributes
    ----------
    auth
        The provider.
    planner
        The list of roles.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    auth: Provider
    planner: Roles

    @property
    def host(self) -> str:
        """The name that browsers know the planner by."""
        return urlsplit(self.auth.redirect_uri).hostname or ""


def read_sign_in(path: Path) -> SignIn:
    """Read the file.

    Raises
    ------
    BadInputError
        It is not there, not TOML, or lacks something; no word of the message is a value of the file.
    """
    if path.suffix != ".toml" or not path.is_file():
        message = (
            f"There is no file {path.name} to sign people in with; expected a TOML file with [auth] and [planner]."
        )
        raise BadInputError(message)
    try:
        return SignIn.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        message = f"{path.name}: {_named(first['loc'])} {_WRONG.get(first['type'], 'cannot be used: ' + first['msg'])}."
    except (ValueError, RecursionError, OSError):  # from None: the text is full of secrets
        message = f"{path.name} cannot be read as a TOML file; nobody can sign in until it is mended."
    raise BadInputError(message)


def _named(place: tuple[int | str, ...]) -> str:
    """Name a place in the file: sections and options by name, entries of a list by number."""
    words = [f"no. {part + 1}" if isinstance(part, int) else part for part in place]
    return f"'{' '.join(words)}'" if words else "the file"
