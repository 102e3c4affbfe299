"""The content key of a function: its code, all it uses in this package, and the versions below."""

import ast
import functools
import hashlib
import platform
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIBRARIES = ("numpy", "scipy", "scikit-learn", "matplotlib", "torch")


@functools.cache
def versions() -> str:
    """The libraries and the machine on which a result depends."""
    libraries = [f"{name}={version(name)}" for name in LIBRARIES]
    python = f"python={sys.version_info.major}.{sys.version_info.minor}"
    return ";".join([*libraries, python, platform.system(), platform.machine()])


def module_path(module: str) -> Path | None:
    """The file of a module of this package, or None for anybody else's."""
    if module.split(".")[0] != "snippets":
        return None
    path = ROOT.joinpath(*module.split("."))
    for candidate in (path.with_suffix(".py"), path / "__init__.py"):
        if candidate.exists():
            return candidate
    return None


def top_level(path: Path) -> dict[str, ast.stmt]:
    """Return each name a module defines or imports at its top level, with its statement."""
    return _top_level(path, path.stat().st_mtime_ns)


@functools.cache
def _top_level(path: Path, _modified: int) -> dict[str, ast.stmt]:
    names: dict[str, ast.stmt] = {}
    for node in ast.parse(path.read_text("utf-8")).body:
        for name in _bound_names(node):
            names[name] = node
    return names


def _bound_names(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
        yield node.name
    elif isinstance(node, ast.Import | ast.ImportFrom):
        for alias in node.names:
            yield (alias.asname or alias.name).split(".")[0]
    else:
        for part in ast.walk(node):
            if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
                yield part.id


@functools.cache
def _code_without_docstrings(node: ast.stmt) -> str:
    """Source of a statement: wording in docstrings and comments does not change a result."""
    tree = ast.parse(ast.unparse(node))
    for part in ast.walk(tree):
        if (
            isinstance(part, ast.FunctionDef | ast.ClassDef)
            and ast.get_docstring(part, clean=False) is not None
        ):
            part.body = part.body[1:] or [ast.Pass()]
    return ast.unparse(tree)


def _import_of(node: ast.Import | ast.ImportFrom, name: str) -> str:
    """The part of an import statement that binds `name`: what stands beside it is of no account."""
    aliases = [one for one in node.names if (one.asname or one.name).split(".")[0] == name]
    if isinstance(node, ast.Import):
        return ast.unparse(ast.Import(aliases))
    return ast.unparse(ast.ImportFrom(node.module, aliases, node.level))


@functools.cache
def _names_in(node: ast.stmt) -> frozenset[str]:
    return frozenset(part.id for part in ast.walk(node) if isinstance(part, ast.Name))


def _imported_from(node: ast.ImportFrom, name: str) -> Iterator[tuple[str, str | None]]:
    """Return (module, name) pairs of this package that an import statement binds to `name`."""
    for alias in node.names:
        if (alias.asname or alias.name) != name:
            continue
        submodule = f"{node.module}.{alias.name}"
        if module_path(submodule):
            yield submodule, None
        elif module_path(node.module or ""):
            yield node.module or "", alias.name


def closure(module: str, name: str) -> dict[tuple[str, str], str]:
    """Return the code of a function and of all that it reaches within this package."""
    found: dict[tuple[str, str], str] = {}
    modules: dict[str, dict[str, ast.stmt]] = {}
    pending: list[tuple[str, str | None]] = [(module, name)]
    while pending:
        here, wanted = pending.pop()
        if here not in modules:
            path = module_path(here)
            modules[here] = top_level(path) if path else {}
        definitions = modules[here]
        for one in list(definitions) if wanted is None else [wanted]:
            if (here, one) in found or one not in definitions:
                continue
            node = definitions[one]
            if isinstance(node, ast.Import | ast.ImportFrom):
                found[here, one] = _import_of(node, one)
            else:
                found[here, one] = _code_without_docstrings(node)
            if isinstance(node, ast.ImportFrom):
                pending += _imported_from(node, one)
            else:
                pending += [(here, name) for name in _names_in(node)]
    return found


def fingerprint(module: str, name: str) -> str:
    """Return a short key that changes when the function's result could change.

    Examples:
        >>> fingerprint("snippets.fingerprint", "versions") == fingerprint(
        ...     "snippets.fingerprint", "versions")
        True
        >>> len(fingerprint("snippets.fingerprint", "versions"))
        20
    """
    digest = hashlib.sha256(versions().encode())
    for (where, what), code in sorted(closure(module, name).items()):
        digest.update(f"\0{where}\0{what}\0{code}".encode())
    return digest.hexdigest()[:20]
