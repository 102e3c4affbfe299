"""A pytest plugin: each function of a snippet folder's `derivations.py` is a test."""

import importlib
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest

from snippets.forms import Derivation
from tools.derivations import check
from tools.paths import ROOT, SNIPPETS


class DerivationItem(pytest.Item):
    """One derivation, held line by line."""

    def __init__(self, derive: Callable[[], Derivation], **more: Any) -> None:
        super().__init__(**more)
        self.derive = derive

    def runtest(self) -> None:
        check(f"{self.path.parent.name}/{self.name}", self.derive())

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        if isinstance(excinfo.value, AssertionError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, f"derivation {self.name}"


class DerivationFile(pytest.File):
    """A `derivations.py` with its public functions."""

    def collect(self) -> Iterator[DerivationItem]:
        name = ".".join(self.path.relative_to(ROOT).with_suffix("").parts)
        for function in vars(importlib.import_module(name)).values():
            if (
                isinstance(function, FunctionType)
                and function.__module__ == name
                and not function.__name__.startswith("_")
            ):
                yield DerivationItem.from_parent(self, name=function.__name__, derive=function)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.File | None:
    """Collect the derivations beside Sybil, which collects their docstrings."""
    if file_path.name == "derivations.py" and SNIPPETS in file_path.parents:
        return DerivationFile.from_parent(parent, path=file_path)
    return None
