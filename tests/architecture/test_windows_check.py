"""What checks the Windows wheels: its own logic, without asking any package index."""

import io
import tarfile

import pytest

from commands.bundling.resolving import Package, reachable
from commands.bundling.sources import compiled_parts, members


def test_what_only_windows_needs_is_asked_for_and_what_only_linux_needs_is_not() -> None:
    server = Package("server", "1", "server.whl", ("fastloop; sys_platform != 'win32'", "colours>=2; os_name == 'nt'"))
    needed = reachable(["Server"], {"server": server})
    assert sorted(needed) == ["colours", "server"]
    assert str(needed["colours"]) == "colours>=2"


def test_an_extra_brings_its_own_dependencies() -> None:
    query = Package("query", "1", "query.whl", ("engine; extra == 'engine'", "other; extra == 'other'"))
    assert sorted(reachable(["query[engine]"], {"query": query})) == ["engine", "query"]


@pytest.mark.parametrize("name", ["p-1/fast.pyx", "p-1/src/lib.rs", "p-1/Cargo.toml", "p-1/p/old.dll"])
def test_source_that_needs_a_compiler_is_found(name: str) -> None:
    assert compiled_parts([("p-1/p/__init__.py", ""), (name, "")]) == [name]


def test_a_setup_script_that_names_extensions_is_found(tmp_path) -> None:
    archive = tmp_path / "p-1.tar.gz"
    with tarfile.open(archive, "w:gz") as tar:
        for name, text in {"p-1/setup.py": b"setup(ext_modules=[x])", "p-1/p/__init__.py": b""}.items():
            member = tarfile.TarInfo(name)
            member.size = len(text)
            tar.addfile(member, io.BytesIO(text))
    assert compiled_parts(members(archive)) == ["p-1/setup.py"]


def test_a_package_of_plain_python_and_scripts_is_fine() -> None:
    held = [("p-1/setup.py", "setup(name='p')"), ("p-1/p/data/leaflet.js", ""), ("p-1/p/__init__.py", "")]
    assert compiled_parts(held) == []
