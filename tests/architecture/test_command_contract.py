"""What scripts depend on: every command has --help, --workspace and --json, and `docs/commands.md` names it."""

import re
import shlex
from collections.abc import Iterator

import pytest
import typer.main
from typer.testing import CliRunner

from commands.main import app

MAKES_A_WORKSPACE = {"new", "sample"}
# Tries a method on a published file; counts a partner's file on the partner's machine; packs the program itself; looks
# at presets, which are nobody's yet.
NEEDS_NO_WORKSPACE = {
    "bench route",
    "bench siting",
    "aggregate",
    "bundle",
    "presets check",
    "presets list",
    "presets show",
}
ENDS_IN_NO_DOCUMENT = {"app"}
BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)


def _leaves(group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, object]]:
    for name, command in sorted(group.commands.items()):
        inner = (*path, name)
        if hasattr(command, "commands"):
            yield from _leaves(command, inner)
        else:
            yield " ".join(inner), command


COMMANDS = dict(_leaves(typer.main.get_command(app)))


def _options(command) -> set[str]:
    return {spelling for parameter in command.params for spelling in (*parameter.opts, *parameter.secondary_opts)} | {
        "--help"
    }


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_explains_itself(name: str) -> None:
    answer = CliRunner().invoke(app, [*name.split(), "--help"])
    assert answer.exit_code == 0
    assert f"planner {name}" in answer.output or name.rsplit(maxsplit=1)[-1] in answer.output
    assert COMMANDS[name].help, f"planner {name} has no docstring for --help"


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - MAKES_A_WORKSPACE - NEEDS_NO_WORKSPACE))
def test_every_command_takes_a_workspace(name: str) -> None:
    assert "--workspace" in _options(COMMANDS[name])


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - ENDS_IN_NO_DOCUMENT))
def test_every_command_can_answer_in_json(name: str) -> None:
    assert "--json" in _options(COMMANDS[name])


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_option_says_what_it_does(name: str) -> None:
    silent = [parameter.name for parameter in COMMANDS[name].params if not getattr(parameter, "help", None)]
    assert not silent, f"planner {name}: give these a help text"


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_is_in_the_table(name: str, documents: dict[str, str]) -> None:
    assert f"| `planner {name}` |" in documents["docs/commands.md"], "add a row to the table of commands"


def test_the_table_names_no_command_that_does_not_exist(documents: dict[str, str]) -> None:
    named = re.findall(r"^\| `planner ([a-z -]+)`", "\n".join(documents.values()), flags=re.MULTILINE)
    assert sorted(named) == sorted(COMMANDS)


def _command_lines(documents: dict[str, str]) -> list[str]:
    blocks = [block for text in documents.values() for block in BLOCK.findall(text)]
    lines = [line.strip() for block in blocks for line in block.splitlines()]
    parts = [part.strip() for line in lines for part in line.split("&&")]
    spoken = [re.sub(r"^\S*bin/planner\b", "planner", part) for part in parts]
    return [part for part in spoken if part.startswith("planner ")]


def _read(line: str) -> tuple[str, list[str]]:
    """Split a command line into the command's name and its arguments."""
    words = shlex.split(line, comments=True)[1:]
    for length in (2, 1):
        if (name := " ".join(words[:length])) in COMMANDS:
            return name, words[length:]
    pytest.fail(f"no such command: {line}")


def _positional(command, words: list[str]) -> list[str]:
    """Leave the options and their values out."""
    flags = {
        spelling for parameter in command.params if getattr(parameter, "is_flag", False) for spelling in parameter.opts
    }
    found, skip = [], False
    for word in words:
        if skip or word.startswith("--"):
            skip = not skip and word not in flags and "=" not in word
            continue
        found.append(word)
    return found


def test_every_command_line_of_the_documents_is_one_the_planner_understands(documents: dict[str, str]) -> None:
    lines = _command_lines(documents)
    assert lines, "the documents show no command"
    for line in lines:
        name, words = _read(line)
        unknown = {word.split("=")[0] for word in words if word.startswith("--")} - _options(COMMANDS[name])
        assert not unknown, f"{line}: no such option {unknown}"
        arguments = [p for p in COMMANDS[name].params if p.param_type_name == "argument"]
        given = _positional(COMMANDS[name], words)
        assert len(given) >= sum(bool(p.required) for p in arguments), f"{line}: an argument is missing"
        assert len(given) <= len(arguments) or any(p.nargs == -1 for p in arguments), f"{line}: an argument too many"
