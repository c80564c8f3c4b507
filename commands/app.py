"""`planner app`: opens the screens on this machine, and on no other."""

import importlib.util
import os
import socket
import sys
import threading
import time
import webbrowser
from pathlib import Path
from typing import Annotated, Final

import typer

from commands.shared import WorkspaceOption, tell, workspace_path
from geo.errors import MissingDataError, PlannerError
from geo.review.sign_in import CALLBACK, SIGN_IN_FILE, SignIn, read_sign_in
from geo.review.workspace import Workspace

ADDRESS: Final = "127.0.0.1"
FIRST_PORT: Final = 8501
PORTS_TRIED: Final = 50
UPLOAD_LIMIT_MB: Final = 50
APP_FILE: Final = Path(__file__).resolve().parents[1] / "app.py"

# Ink on paper: text 14:1, links and buttons 6:1 against the background, above the 4.5:1 of WCAG 2.2 AA.
THEME: Final = {
    "base": "light",
    "primaryColor": "#0b5c6b",
    "backgroundColor": "#ffffff",
    "secondaryBackgroundColor": "#f1f5f6",
    "textColor": "#1b2a30",
    "linkColor": "#0b5c6b",
    "borderColor": "#b9c6ca",
    "showWidgetBorder": "true",
    "baseRadius": "0.3rem",
}
SETTINGS: Final = {
    "server.address": ADDRESS,
    "server.headless": "true",  # the browser is opened below: Streamlit would first ask for an e-mail address
    "server.fileWatcherType": "none",
    "server.maxUploadSize": str(UPLOAD_LIMIT_MB),
    "server.enableAgentApi": "false",
    "server.enableStaticServing": "false",
    "server.enableCORS": "true",  # Streamlit's name for: answer no page of another origin
    "server.enableXsrfProtection": "true",
    "server.trustedUserHeaders": "{}",  # who somebody is says the sign-in alone, and no header
    "browser.gatherUsageStats": "false",
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",
    "logger.level": "warning",
    "logger.hideWelcomeMessage": "true",
}
NO_SECRETS: Final = APP_FILE.with_name("no-secrets.toml")  # is not there: another app's sign-in is none of ours
HOSTS: Final = (ADDRESS, "localhost")  # a page of another name that resolves to this machine gets no answer


def open_app(
    workspace: WorkspaceOption = None,
    port: Annotated[int, typer.Option(help="First port to try; a taken one moves on to the next.")] = FIRST_PORT,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open a browser window.")] = False,
    sign_in: Annotated[
        Path | None,
        typer.Option("--sign-in", help="Be a server: people sign in as this file says (TOML, see docs/server.md)."),
    ] = None,
) -> None:
    """Open the planner in the browser, on this machine only; Ctrl-C ends it."""
    folder = workspace_path(workspace)
    if folder is not None:
        os.environ["PLANNER_WORKSPACE"] = str(Workspace.open(folder).root.resolve())
    if sign_in is not None:
        _be_server(sign_in, port)
        return
    os.environ.pop(SIGN_IN_FILE, None)
    chosen = free_port(port)
    address = f"http://{ADDRESS}:{chosen}"
    tell(f"The planner is at {address} (this machine only). Press Ctrl-C to end it.")
    if not no_browser:
        threading.Thread(target=_open_browser, args=(address, chosen), daemon=True).start()
    _serve(streamlit_arguments(chosen))


def _be_server(file: Path, port: int) -> None:
    """Serve those who sign in, behind a reverse proxy on this machine; refuse to start half set up."""
    said = read_sign_in(file)
    _require_parts(port)
    os.environ[SIGN_IN_FILE] = str(file.resolve())
    tell(
        f"The planner waits at http://{ADDRESS}:{port} for the web server of this machine; people open"
        f" {said.auth.redirect_uri.removesuffix(CALLBACK)}. Press Ctrl-C to end it."
    )
    _serve(server_arguments(port, said, file.resolve()))


def _require_parts(port: int) -> None:
    if not os.environ.get("PLANNER_WORKSPACE"):
        message = "A server is for one workspace; name it with --workspace FOLDER."
        raise MissingDataError(message)
    if any(importlib.util.find_spec(name) is None for name in ("authlib", "httpx")):
        message = "Signing in needs the extra 'auth'; install it with: pip install 'hotspot-planner[auth]'."
        raise MissingDataError(message)
    if free_port(port) != port:
        message = (
            f"Port {port} is taken; a server keeps its port, since a web server passes on to it. Name another one."
        )
        raise PlannerError(message)


def free_port(first: int) -> int:
    """Find the first port from `first` on that nothing on this machine listens on.

    Raises
    ------
    PlannerError
        None of the fifty ports tried is free.
    """
    last = min(first + PORTS_TRIED, 65536)
    for port in range(first, last):
        if not _answers(port) and _can_listen(port):
            return port
    message = f"No free port between {first} and {last - 1}; name another one with --port."
    raise PlannerError(message)


def streamlit_arguments(port: int) -> list[str]:
    """List what Streamlit is told: everything by flag, so that the folder it is started from does not matter."""
    return _arguments(port, hosts=HOSTS, secrets=NO_SECRETS)


def server_arguments(port: int, said: SignIn, file: Path) -> list[str]:
    """List what Streamlit is told on a server: the file to sign in with, and the one name it answers to."""
    return _arguments(port, hosts=(said.host,), secrets=file)


def _arguments(port: int, *, hosts: tuple[str, ...], secrets: Path) -> list[str]:
    settings = {**SETTINGS, "server.port": str(port)} | {f"theme.{name}": value for name, value in THEME.items()}
    allowed = [f"--server.allowedHosts={host}" for host in hosts]
    named = [f"--{name}={value}" for name, value in settings.items()]
    return ["run", str(APP_FILE), *allowed, f"--secrets.files={secrets}", *named]


def _serve(arguments: list[str]) -> None:
    # A second to import, and the other commands need not wait for it.
    from streamlit.runtime.pages_manager import PagesManager  # noqa: PLC0415 - see above
    from streamlit.web import cli  # noqa: PLC0415 - see above

    # Streamlit would serve the folder pages/ by itself, past app.py, to whoever opens a page's own address first.
    PagesManager.uses_pages_directory = False
    cli.main(arguments, standalone_mode=False)
    sys.stderr.flush()


def _answers(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(0.2)
        return probe.connect_ex((ADDRESS, port)) == 0


def _can_listen(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if os.name == "posix":  # where a port that has just been given back may be taken again, as the server does
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError:
            return False
    return True


def _open_browser(address: str, port: int) -> None:
    deadline = time.monotonic() + 30
    while not _answers(port) and time.monotonic() < deadline:
        time.sleep(0.1)
    webbrowser.open(address)
