"""Textual's private API is used in one file, and is not met by accident anywhere else: an attribute
of ours that Textual has too would change what its class does. (Ruff sees what is asked of other
objects than `self`: SLF001.)"""

from __future__ import annotations

import ast
import inspect
import pkgutil
import re
import textwrap
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import tui.full_screen
import tui.web

ROOT = Path(__file__).parents[2]
PRIVATE_API = "tui.full_screen.input.textual_private"


def _kinds() -> Iterator[type]:
    """The portal's own classes that build on one of Textual's."""
    for package in (tui.full_screen, tui.web):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for kind in vars(import_module(module.name)).values():
                if inspect.isclass(kind) and kind.__module__ == module.name and _textual(kind):
                    yield kind


def _textual(kind: type) -> list[type]:
    return [base for base in kind.__mro__ if base.__module__.startswith("textual.")]


@cache
def _of_self(kind: type) -> frozenset[str]:
    """The private names that a class defines, or asks itself or its bases for."""
    names = set()
    for each in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(kind)))):
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef):
            names.add(each.name)
        elif isinstance(each, ast.Attribute) and ast.unparse(each.value) in {"self", "super()"}:
            names.add(each.attr)
    return frozenset(name for name in names if re.match("_[^_]", name))


def test_no_class_has_a_private_name_of_textual() -> None:
    found = {
        f"{kind.__module__}.{kind.__name__}.{name}"
        for kind in _kinds()
        if kind.__module__ != PRIVATE_API
        for name in _of_self(kind) & frozenset().union(*map(_of_self, _textual(kind)))
    }
    assert not found


def test_no_file_imports_a_private_module_of_textual() -> None:
    importing = re.compile(r"^\s*(?:from|import) textual\.(?:\w+\.)*_", re.MULTILINE)
    found = [
        path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
        for path in (ROOT / "tui").rglob("*.py")
        if importing.search(path.read_text())
    ]
    assert found == [PRIVATE_API]
