"""The set-up: a Python that is too old is told before anything is made."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from install import NEEDED, too_old

ROOT = Path(__file__).parent.parent
OLD = """#!/bin/sh
exec {python} -c 'import runpy, sys
sys.version_info = (3, 10, 12, "final", 0)
del sys.argv[0]
runpy.run_path(sys.argv[0], run_name="__main__")' "$@"
"""


@pytest.mark.parametrize("version", [(3, 11), (3, 11, 0), (3, 14, 1), (4, 0)])
def test_a_new_python_will_do(version: tuple[int, ...]) -> None:
    assert too_old(version) == ""


@pytest.mark.parametrize("version", [(3, 10, 99), (3, 6), (2, 7, 18)])
def test_an_old_one_is_told_with_what_is_needed(version: tuple[int, ...]) -> None:
    said = too_old(version)
    assert f"Python {version[0]}.{version[1]}." in said
    assert "3.11 of nieuwer" in said


def test_the_set_up_is_written_so_that_any_python_reads_it() -> None:
    tree = ast.parse((ROOT / "install.py").read_text())
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert imported == {"os", "subprocess", "sys"}
    newer = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.ImportFrom, ast.Starred, ast.AsyncFunctionDef)
    assert not [node for node in ast.walk(tree) if isinstance(node, newer) and not _in_a_call(tree, node)]
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    assert not any(node.returns or any(one.annotation for one in node.args.args) for node in functions)


def _in_a_call(tree: ast.AST, node: ast.AST) -> bool:
    """Whether a node is an argument of a call: there every Python can unpack."""
    return any(node in call.args for call in ast.walk(tree) if isinstance(call, ast.Call))


@pytest.mark.parametrize("name", ["python2.7", "python3.6", "python3.8", "python3.10"])
def test_an_old_python_that_is_there_says_so(name: str, tmp_path: Path) -> None:
    python = shutil.which(name)
    if python is None or subprocess.run([python, "--version"], capture_output=True, check=False).returncode:
        pytest.skip(f"there is no {name}")
    shutil.copy(ROOT / "install.py", tmp_path)
    done = subprocess.run([python, "install.py"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("SPUK heeft Python 3.11 of nieuwer nodig, en dit is Python ")
    assert not (tmp_path / ".venv").exists()


def test_what_is_needed_is_what_the_project_says() -> None:
    needed = ".".join(map(str, NEEDED))
    assert f'requires-python = ">={needed}"' in (ROOT / "pyproject.toml").read_text()
    assert f"Python {needed} or later" in (ROOT / "README.md").read_text()
    assert f"Python {needed} of nieuwer" in (ROOT / "docs" / "handleiding.md").read_text()


@pytest.mark.skipif(shutil.which("make") is None, reason="there is no make")
def test_make_says_so_before_it_makes_a_virtual_environment(tmp_path: Path) -> None:
    for name in ("Makefile", "install.py", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path)
    old = tmp_path / "python-oud"
    old.write_text(OLD.format(python=sys.executable))
    old.chmod(0o755)
    done = subprocess.run(["make", "plan", f"PYTHON={old}"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "SPUK heeft Python 3.11 of nieuwer nodig, en dit is Python 3.10." in done.stderr
    assert not (tmp_path / ".venv").exists()


@pytest.mark.skipif(shutil.which("make") is None, reason="there is no make")
def test_make_finds_a_python_that_will_do_behind_one_that_will_not(tmp_path: Path) -> None:
    for name, script in (("python3", "exit 1"), ("python3.13", "exit 1"), ("python3.12", "exit 0")):
        (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / name).chmod(0o755)
    for name in ("Makefile", "install.py", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path)
    done = subprocess.run(
        ["make", "-n", "plan"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
    )
    assert "\npython3.12 install.py --dev\n" in done.stdout
