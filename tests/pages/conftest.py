"""Fixtures for the screens: the fictional district, a workspace of one's own, and the app under test."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from geo.editions import Edition
from geo.review.workspace import Workspace
from layers.sample import open_sample

PROJECT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 5, 1)
LEAD, OFFICER, PARTNER, VIEWER = (
    "lee@council.gov.uk",
    "ola@council.gov.uk",
    "pat@foodbank.org.uk",
    "vic@parish.gov.uk",
)
TOML = """
[auth]
redirect_uri = "http://127.0.0.1:8501/oauth2callback"
cookie_secret = "0123456789abcdef0123456789abcdef"
client_id = "planner"
client_secret = "hush-hush"
server_metadata_url = "http://127.0.0.1:9/.well-known/openid-configuration"
[planner]
[[planner.members]]
role = "lead"
emails = ["lee@council.gov.uk"]
[[planner.members]]
role = "officer"
emails = ["ola@council.gov.uk"]
[[planner.members]]
role = "partner"
emails = ["pat@foodbank.org.uk"]
feed = "Food banks"
[[planner.members]]
role = "partner"
emails = ["pia@nofeed.org.uk"]
[[planner.members]]
role = "viewer"
emails = ["vic@parish.gov.uk"]
"""


@pytest.fixture(scope="session")
def fictional(_own_environment: None) -> Workspace:
    """The district that the app opens by itself."""
    return open_sample(today=TODAY)


@pytest.fixture(autouse=True)
def _no_workspace_opened_before() -> Iterator[None]:
    """Forget which workspaces a test opened, so that the next one meets the fictional district again."""
    yield
    (Path(os.environ["PLANNER_CONFIG_DIR"]) / "workspaces.txt").unlink(missing_ok=True)


@pytest.fixture
def own_workspace(fictional: Workspace, tmp_path: Path) -> Workspace:
    """A workspace as a council has it, which may be changed."""
    return Workspace.open(Path(shutil.copytree(fictional.root, tmp_path / "Saltmarsh Council")))


@pytest.fixture
def bare_workspace(tmp_path: Path) -> Workspace:
    """A workspace that holds a boundary and nothing else."""
    square = gpd.GeoDataFrame(geometry=[shapely.box(1.7, 54.1, 2.1, 54.4)], crs="EPSG:4326")
    edition = Edition(dataset="boundary", title="A square", rows=1, added=TODAY)
    return Workspace.create(tmp_path / "bare", name="Bare", boundary=square, boundary_edition=edition)


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch, fictional: Workspace) -> Callable[..., AppTest]:
    """Open a page of the app, on the fictional district or on a workspace."""
    assert fictional.root.is_dir()  # made beforehand, so that no page has to wait for it
    _serve_as_the_planner_does(monkeypatch)

    def opened(page: str, workspace: Workspace | None = None) -> AppTest:
        if workspace is not None:
            monkeypatch.setenv("PLANNER_WORKSPACE", str(workspace.root))
        app = AppTest.from_file(PROJECT / "app.py", default_timeout=120).run()
        return app if page == "start" else app.switch_page(f"pages/{page}.py").run()

    return opened


def _serve_as_the_planner_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run every page through app.py: `planner app` tells Streamlit so before it starts, AppTest forgets it each run."""
    make = PagesManager.__init__

    def make_and_tell(self, *arguments, **named) -> None:
        make(self, *arguments, **named)
        PagesManager.uses_pages_directory = False

    monkeypatch.setattr(PagesManager, "__init__", make_and_tell)


@pytest.fixture
def secrets_file(tmp_path: Path) -> Path:
    """The file a server signs people in with."""
    path = tmp_path / "secrets.toml"
    path.write_text(TOML, encoding="utf-8")
    return path


@pytest.fixture
def open_as(monkeypatch, own_workspace, secrets_file):
    """Open the app on a server as somebody, at a page."""
    _serve_as_the_planner_does(monkeypatch)
    monkeypatch.setenv("PLANNER_SIGN_IN", str(secrets_file))
    monkeypatch.setenv("PLANNER_WORKSPACE", str(own_workspace.root))

    def opened(email: str = "", *, page: str = "", **claims) -> AppTest:
        app = AppTest.from_file(PROJECT / "app.py", default_timeout=120)
        who = {"is_logged_in": True, "sub": email, "iat": int(time.time()), "nonce": os.urandom(8).hex()}
        app.user = {**who, "email": email, "email_verified": True, **claims} if email else {"is_logged_in": False}
        app = app.run()
        return app.switch_page(f"pages/{page}.py").run() if page else app

    return opened


@pytest.fixture
def words() -> Callable[[AppTest], str]:
    """Everything a page says in prose."""

    def said(app: AppTest) -> str:
        spoken = [*app.title, *app.subheader, *app.markdown, *app.caption, *app.info, *app.success, *app.warning]
        return "\n".join(element.value for element in [*spoken, *app.error])

    return said
