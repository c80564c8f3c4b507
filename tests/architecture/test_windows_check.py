"""The script that checks the Windows wheels: its own logic, without asking any package index."""

import importlib.util
import io
import sys
import tarfile
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def check(project: Path) -> ModuleType:
    path = project / "tests/tools/check_windows_wheels.py"
    spec = importlib.util.spec_from_file_location("check_windows_wheels", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up by name
    spec.loader.exec_module(module)
    return module


def test_what_only_windows_needs_is_asked_for_and_what_only_linux_needs_is_not(check) -> None:
    server = check.Package(
        "server", "1", "server.whl", ("fastloop; sys_platform != 'win32'", "colours>=2; os_name == 'nt'")
    )
    needed = check.reachable(["Server"], {"server": server})
    assert sorted(needed) == ["colours", "server"]
    assert str(needed["colours"]) == "colours>=2"


def test_an_extra_brings_its_own_dependencies(check) -> None:
    query = check.Package("query", "1", "query.whl", ("engine; extra == 'engine'", "other; extra == 'other'"))
    assert sorted(check.reachable(["query[engine]"], {"query": query})) == ["engine", "query"]


@pytest.mark.parametrize("name", ["p-1/fast.pyx", "p-1/src/lib.rs", "p-1/Cargo.toml", "p-1/p/old.dll"])
def test_source_that_needs_a_compiler_is_found(check, name: str) -> None:
    assert check.compiled_parts([("p-1/p/__init__.py", ""), (name, "")]) == [name]


def test_a_setup_script_that_names_extensions_is_found(check, tmp_path) -> None:
    archive = tmp_path / "p-1.tar.gz"
    with tarfile.open(archive, "w:gz") as tar:
        for name, text in {"p-1/setup.py": b"setup(ext_modules=[x])", "p-1/p/__init__.py": b""}.items():
            member = tarfile.TarInfo(name)
            member.size = len(text)
            tar.addfile(member, io.BytesIO(text))
    assert check.compiled_parts(check._members(archive)) == ["p-1/setup.py"]


def test_a_package_of_plain_python_and_scripts_is_fine(check) -> None:
    members = [("p-1/setup.py", "setup(name='p')"), ("p-1/p/data/leaflet.js", ""), ("p-1/p/__init__.py", "")]
    assert check.compiled_parts(members) == []
