"""Evaluate runs, figures and derivations in fresh processes, and keep what they give by content."""

import json
import os
import traceback
import warnings
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Literal

from snippets.fingerprint import fingerprint
from snippets.forms import cache_folder, run_file, write_whole
from tools import derivations, figures
from tools.references import module_of

Work = Literal["value", "figure", "derivation"]
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


class BrokenExample(RuntimeError):
    """A run, a figure or a derivation failed; the message holds its traceback."""


@dataclass(frozen=True, order=True)
class Job:
    """One function to evaluate."""

    kind: Work
    name: str

    @property
    def files(self) -> list[Path]:
        """The files that hold what it gives, under names that change with its content."""
        module, function = module_of(self.kind, self.name)
        if self.kind == "value":
            return [run_file(module, function)]
        key = fingerprint(module, function)
        folder = cache_folder() / f"{self.kind}s" / self.name.split("/")[0]
        if self.kind == "derivation":
            return [folder / f"{function}-{key}.json"]
        return [folder / f"{function}-{theme}-{key}.svg" for theme in figures.THEMES]

    def work(self) -> None:
        """Compute and keep the files. Called in a fresh process."""
        module, function = module_of(self.kind, self.name)
        target = getattr(import_module(module), function)
        if self.kind == "value":
            target()
        elif self.kind == "figure":
            drawn = [figures.svg(target, theme) for theme in figures.THEMES]
            for path, content in zip(self.files, drawn, strict=True):
                write_whole(path, content)
        else:
            derivation = target()
            derivations.check(self.name, derivation)
            write_whole(self.files[0], json.dumps(derivations.as_data(derivation), indent=1))


def _attempt(job: Job) -> str:
    try:
        with warnings.catch_warnings():
            for kind in (UserWarning, RuntimeWarning, FutureWarning):
                warnings.simplefilter("error", kind)  # a fit that has not converged is no result
            job.work()
    except AssertionError as error:
        return f"{job.kind} {error}"
    except Exception:
        return f"{job.kind} {job.name} failed\n{traceback.format_exc()}"
    return ""


def ensure(jobs: Iterable[Job]) -> None:
    """Evaluate what is not kept yet: runs first, for figures and derivations read them."""
    missing = sorted({job for job in jobs if not all(path.exists() for path in job.files)})
    if not missing:
        return
    before = {name: os.environ.get(name) for name in THREADS}
    os.environ.update(dict.fromkeys(THREADS, "1"))
    try:
        workers = min(os.cpu_count() or 1, len(missing), 4)
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            for kinds in (("value",), ("figure", "derivation")):
                problems = pool.map(_attempt, [job for job in missing if job.kind in kinds])
                failed = [problem for problem in problems if problem]
                if failed:
                    raise BrokenExample("\n".join(failed))
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def result(name: str) -> Any:
    """Return what a run found, computing it if need be."""
    job = Job("value", name)
    ensure([job])
    return json.loads(job.files[0].read_text("utf-8"))


def derivation(name: str) -> dict[str, Any]:
    """Return a derivation as data, checked."""
    job = Job("derivation", name)
    ensure([job])
    found: dict[str, Any] = json.loads(job.files[0].read_text("utf-8"))
    return found


def drawing(name: str) -> dict[str, Path]:
    """Return the files of a figure by theme."""
    job = Job("figure", name)
    ensure([job])
    return dict(zip(figures.THEMES, job.files, strict=True))
