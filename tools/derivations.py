"""Hold the lines of a derivation against each other, on every instance."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from snippets.forms import Derivation, Step, Variant
from tools import formulas

TOLERANCE = 1e-9


class BrokenDerivation(AssertionError):
    """A line does not stand to the line before it as the derivation says."""


def _close(a: Any, b: Any, tolerance: float) -> bool:
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    scale = max(1.0, float(np.max(np.abs(a))), float(np.max(np.abs(b))))
    return a.shape == b.shape and bool(np.all(np.abs(a - b) <= tolerance * scale))


def holds(step: Step, before: Any, after: Any) -> bool:
    """Whether a line stands in its relation to the line before.

    Examples:
        >>> step = Step("", "", lambda _: 0, relation="at most")
        >>> holds(step, before=3, after=2), holds(step, before=2, after=3)
        (False, True)

        A line `at most` the next reads "before <= after". Proportional lines keep one ratio:

        >>> step = Step("", "", lambda _: 0, relation="proportional")
        >>> holds(step, before=[1, 2, 3], after=[2, 4, 6])
        True
        >>> holds(step, before=[1, 2, 3], after=[2, 4, 7])
        False
    """
    match step.relation:
        case "start":
            return True
        case "equal":
            return _close(before, after, TOLERANCE)
        case "at most":
            return bool(np.all(np.asarray(before) <= np.asarray(after) + TOLERANCE))
        case "at least":
            return bool(np.all(np.asarray(before) >= np.asarray(after) - TOLERANCE))
        case "equivalent":
            return bool(np.all(np.asarray(before, dtype=bool) == np.asarray(after, dtype=bool)))
        case "approximately":
            if step.within is None:
                raise BrokenDerivation("an approximate line must say within what")
            return bool(np.all(np.abs(np.subtract(before, after)) <= step.within))
        case "proportional":
            before, after = np.ravel(before).astype(float), np.ravel(after).astype(float)
            if before.size < 2 or before.shape != after.shape:
                raise BrokenDerivation("proportional lines need arrays of two entries or more")
            pivot = int(np.argmax(np.abs(before)))
            return _close(after * before[pivot], before * after[pivot], TOLERANCE)


def check(name: str, derivation: Derivation) -> None:
    """Raise BrokenDerivation where a line, a wrong move or an instance does not do its work."""
    steps, instances = derivation.steps, derivation.instances
    if len(instances) < 3:
        raise BrokenDerivation(f"{name}: {len(instances)} instances, at least three are needed")
    if steps[0].relation != "start":
        raise BrokenDerivation(f"{name}: line 1 must have the relation 'start'")
    callables = [step.value for step in steps] + [move.value for move in derivation.wrong_moves]
    if len({value.__code__ for value in callables}) < len(callables):
        raise BrokenDerivation(f"{name}: two lines share one callable")
    values = [[step.value(instance) for instance in instances] for step in steps]

    for number, (step, found) in enumerate(zip(steps, values, strict=True), start=1):
        if not all((step.goal, step.tex, step.reason, all(step.hints))):
            raise BrokenDerivation(f"{name}: line {number} needs a goal, a reason and two hints")
        for one in found:
            if not np.all(np.isfinite(np.asarray(one, dtype=float))):
                raise BrokenDerivation(f"{name}: line {number} is not finite")
        if step.relation == "start":
            continue
        for index, (before, after) in enumerate(zip(values[number - 2], found, strict=True)):
            if not holds(step, before, after):
                raise BrokenDerivation(
                    f"{name}: line {number} should be {step.relation} to line {number - 1}, "
                    f"but on instance {index + 1} they are\n"
                    f"  line {number - 1}: {before}\n  line {number}: {after}"
                )
    if all(_close(values[0][0], other, TOLERANCE) for other in values[0][1:]):
        raise BrokenDerivation(f"{name}: line 1 has the same value on every instance")

    for move in derivation.wrong_moves:
        if not 2 <= move.line <= len(steps):
            raise BrokenDerivation(f"{name}: a wrong move names line {move.line}")
        step, before = steps[move.line - 1], values[move.line - 2]
        wrong = [move.value(instance) for instance in instances]
        if all(holds(step, b, w) for b, w in zip(before, wrong, strict=True)):
            raise BrokenDerivation(
                f"{name}: the wrong move at line {move.line} breaks on no instance"
            )

    for number, variant in enumerate(derivation.variants, start=1):
        _check_variant(f"{name}: variant {number}", variant, instances)


def _points(variant: Variant, instances: Sequence[Any]) -> list[formulas.Point]:
    """What a typed formula is held against: the symbols and the right value on each instance."""
    return [
        {
            "names": {symbol: float(value) for symbol, value in variant.names(instance).items()},
            "value": float(variant.value(instance)),
        }
        for instance in instances
    ]


def _check_variant(place: str, variant: Variant, instances: Sequence[Any]) -> None:
    """Raise BrokenDerivation where the answer is not the value, or a wrong answer is."""
    points = _points(variant, instances)
    for point in points:
        if point["names"].keys() != variant.symbols.keys():
            raise BrokenDerivation(f"{place}: names and symbols are not the same")
    if len({round(point["value"], 9) for point in points}) == 1:
        raise BrokenDerivation(f"{place} has the same value on every instance")
    right, message = formulas.check(variant.answer, points)
    if not right:
        raise BrokenDerivation(f"{place}: {variant.answer}: {message}")
    if not variant.wrong:
        raise BrokenDerivation(f"{place} needs a typical wrong answer")
    for formula in variant.wrong:
        if formulas.check(formula, points)[0]:
            raise BrokenDerivation(f"{place}: the wrong answer {formula} is right on all instances")
        formulas.evaluate(formula, points[0]["names"])  # it must be one that can be read


def as_data(derivation: Derivation) -> dict[str, Any]:
    """Return what a page shows of a derivation."""
    return {
        "claim": derivation.claim,
        "given": derivation.given,
        "instances": len(derivation.instances),
        "steps": [
            {
                "goal": step.goal,
                "tex": step.tex,
                "relation": step.relation,
                "reason": step.reason,
                "hints": list(step.hints),
            }
            for step in derivation.steps
        ],
        "wrong_moves": [
            {"line": move.line, "tex": move.tex, "why": move.why} for move in derivation.wrong_moves
        ],
        "variants": [
            {
                "ask": variant.ask,
                "symbols": dict(variant.symbols),
                "points": _points(variant, derivation.instances),
                "answer": variant.answer,
                "why": variant.why,
                "wrong": dict(variant.wrong),
            }
            for variant in derivation.variants
        ],
    }
