"""Small files, small functions, arrows that point down: what no linter of ours can say."""

import ast

import pytest

APP_LINES, PAGE_LINES, FILE_LINES, BODY_LINES = 40, 80, 300, 40
# Who may import a library that draws, asks or parses a command line.
ONLY_IN = {
    "streamlit": ("app.py", "pages/", "commands/app.py", "tests/"),
    "folium": ("layers/", "tests/"),
    "branca": ("layers/", "tests/"),
    "matplotlib": ("layers/", "tests/"),
    "typer": ("commands/", "tests/"),
    "esda": ("tests/",),
    "libpysal": ("tests/",),
    "polars": ("tests/",),
    "osmnx": ("layers/overpass.py", "tests/"),
    "osmium": ("geo/places/streets_osm.py", "layers/osm_file.py", "tests/"),
    "networkx": ("tests/",),
    "rapidfuzz": ("geo/places/site_names.py", "geo/places/street_places.py", "tests/"),
}
FETCHERS = {"layers/overpass.py", "layers/fetching/transport.py"}  # asks only when somebody types `planner fetch`
NETWORK = {"socket", "ssl", "http", "urllib", "requests", "httpx", "aiohttp", "urllib3", "ftplib", "smtplib"}
HARMLESS_NETWORK_MODULES = {"urllib.parse", "http.HTTPStatus"}
CLOCK = {"today", "now", "utcnow"}


def _lines(text: str) -> int:
    return len(text.splitlines())


def _body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count a body's lines, its docstring left out."""
    body = function.body[1:] if ast.get_docstring(function, clean=False) is not None else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def _functions(tree: ast.Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_no_file_is_longer_than_its_cap(sources) -> None:
    caps = {source.name: _cap(source.name) for source in sources}
    long = [
        f"{source.name}: {_lines(source.text)} lines" for source in sources if _lines(source.text) > caps[source.name]
    ]
    assert not long, f"split these, one job each: {long}"


def _cap(name: str) -> int:
    if name == "app.py":
        return APP_LINES
    is_page = name.startswith("pages/") and name.count("/") == 1
    return PAGE_LINES if is_page else FILE_LINES


def test_no_function_body_is_longer_than_forty_lines(sources) -> None:
    long = [
        f"{source.name}:{function.lineno} {function.name}: {_body_lines(function)} lines"
        for source in sources
        for function in _functions(source.tree)
        if _body_lines(function) > BODY_LINES
    ]
    assert not long, f"cut these into steps with names: {long}"


@pytest.mark.parametrize("library", sorted(ONLY_IN))
def test_a_library_is_imported_only_where_it_belongs(sources, library: str) -> None:
    homes = ONLY_IN[library]
    strays = [source.name for source in sources if library in source.import_roots and not source.name.startswith(homes)]
    assert not strays, f"{library} belongs in {homes}"


def test_the_app_and_the_pages_import_no_command_and_no_map_library(sources) -> None:
    screens = [source for source in sources if source.name == "app.py" or source.room == "pages"]
    strays = [source.name for source in screens if {"commands", "tests", "folium"} & source.import_roots]
    assert not strays


def test_nothing_that_ships_imports_the_tests_or_the_app(sources) -> None:
    shipped = [source for source in sources if source.room != "tests"]
    strays = [source.name for source in shipped if {"tests", "app", "pytest"} & source.import_roots]
    assert not strays


def test_geo_and_layers_never_open_a_connection(sources) -> None:
    core = [source for source in sources if source.room in {"geo", "layers"} and source.name not in FETCHERS]
    strays = {
        source.name: found
        for source in core
        if (found := {name for name in source.imports - HARMLESS_NETWORK_MODULES if name.split(".")[0] in NETWORK})
    }
    assert not strays, "only a fetcher may touch the network, and only when the user asks"


def test_geo_takes_its_clock_and_its_randomness_as_arguments(sources) -> None:
    strays = [
        f"{source.name}:{call.lineno}"
        for source in sources
        if source.room == "geo"
        for call in ast.walk(source.tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and _is_impure(call, call.func)
    ]
    assert not strays, "pass `today` or `seed` in"


def _is_impure(call: ast.Call, function: ast.Attribute) -> bool:
    owner = ast.unparse(function.value)
    if function.attr in CLOCK:
        return owner.rsplit(".", 1)[-1] in {"date", "datetime", "Timestamp"}
    if function.attr == "default_rng":
        return not call.args and not call.keywords
    return owner in {"random", "np.random", "numpy.random"} and function.attr not in {"Generator", "SeedSequence"}


def test_hubs_and_walkabouts_never_import_each_other(sources) -> None:
    for room, other in (("geo/hubs/", "geo.walkabouts"), ("geo/walkabouts/", "geo.hubs")):
        strays = [source.name for source in sources if source.name.startswith(room) and _imports(source.imports, other)]
        assert not strays


def _imports(names: set[str], package: str) -> bool:
    return any(name == package or name.startswith(package + ".") for name in names)


def test_every_lint_or_type_exception_gives_its_reason(sources) -> None:
    bare = [
        f"{source.name}:{number}"
        for source in sources
        for number, line in enumerate(source.text.splitlines(), start=1)
        for mark in ("# noqa", "# type: ignore")
        if mark in line and f'"{mark}"' not in line and not _reason_after(line, mark)
    ]
    assert not bare, "say why, after ' - ' or '  # '"


def _reason_after(line: str, mark: str) -> bool:
    rest = line.split(mark, 1)[1]
    return " - " in rest or " # " in rest


def test_the_top_level_holds_only_what_was_asked_for(tracked) -> None:
    expected = {"app.py", "geo", "layers", "data", "tests", "README.md", "pyproject.toml", "pages", "commands"}
    expected |= {"LICENSE", "CHANGELOG.md", "SECURITY.md", "docs"}
    found = {name.split("/", 1)[0] for name in tracked}
    assert {name for name in found - expected if not name.startswith(".")} == set()


def test_data_holds_files_and_no_python(tracked) -> None:
    assert [name for name in tracked if name.startswith("data/") and name.endswith(".py")] == []
