#!/usr/bin/env python3
"""Check which module includes which.

A module is a folder below include/sobolev and source. Prints every #include of
a header that the table below does not allow, and exits with 1 if there is one.
Tests and applications may include everything.
"""

import pathlib
import re
import sys

ALLOWED = {
    "base": set(),
    "network": {"base"},
    "problem": {"base"},
    "sampling": {"base", "problem"},
    "objective": {"base", "network", "problem", "sampling"},
    "weighting": {"base"},
    "training": {
        "base",
        "network",
        "problem",
        "sampling",
        "objective",
        "weighting",
    },
    "reference": {"base", "problem"},
    "components": {"base", "network"},
}
# Command line, driver and report know everything.
ALLOWED["application"] = set(ALLOWED)

INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]sobolev/(\w+)/', re.MULTILINE)


def offences(root):
    """Yield one sentence per forbidden include or unknown module."""
    for top in (root / "include" / "sobolev", root / "source"):
        for path in sorted(top.rglob("*")):
            if path.suffix not in {".h", ".cc"}:
                continue
            name = path.relative_to(root)
            module = path.relative_to(top).parts[0]
            if module not in ALLOWED:
                yield f"{name}: '{module}' is not a module"
                continue
            for used in INCLUDE.findall(path.read_text()):
                if used not in ALLOWED:
                    yield f"{name}: '{used}' is not a module"
                elif used != module and used not in ALLOWED[module]:
                    yield f"{name}: {module} must not include {used}"


def main():
    root = pathlib.Path(__file__).resolve().parents[2]
    found = list(offences(root))
    print("\n".join(found) or "module dependencies: ok")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
