"""Everything that shows code is a test: pages, docstrings and derivations."""

import os

# One thread a process: the order of a sum must not depend on who else is computing.
for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

from tools.examples import docstrings, pages  # noqa: E402

pytest_plugins = ["tools.derivation_items"]
pytest_collect_file = (pages + docstrings).pytest()
