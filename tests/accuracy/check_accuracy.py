#!/usr/bin/env python3
"""Check contrib/accuracy with a program that only pretends to train.

Some seeds fail in one way or another. Failures have to be counted, finished
runs kept, and the lines of problems that were not run left alone.
"""

import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent

# Usage as that of the real one: FILE --output DIR --set seed=N --set ...=S
PROGRAM = """#!/bin/sh
folder=$3 seed=${5#seed=} seconds=${7##*=}
here=$(dirname "$0")
echo "$seed $seconds" >> "$here/calls"
error=null
case $seed in
  1) error=5e-11 ;;
  2) exit 3 ;;
  4) exit 0 ;;
  5) error=1e-9 seconds=20 ;;
  6) error=5e-11 seconds=60.5; [ -e "$here/quick" ] || exec sleep 60 ;;
esac
cat > "$folder/summary.json" << END
{"n_parameters": 921, "n_points": 2600, "stop_reason": "because of $seed",
 "training_seconds": $seconds, "relative_error": {"L2": $error}}
END
"""

TABLE = """# Title
<!-- begin: contrib/accuracy -->
| Poisson, sines | an old line |
| wave, two modes | another old line |
<!-- end: contrib/accuracy -->
The end.
"""


def check(condition, message):
    if not condition:
        sys.exit(f"not true: {message}")


def start(folder, n_seeds):
    return subprocess.Popen(
        [
            sys.executable,
            str(ROOT / "contrib/accuracy"),
            "--no-install",
            "--only=poisson",
            "--ranks=1",
            f"--seeds={n_seeds}",
            f"--program-folder={folder}",
            f"--results={folder / 'results'}",
            f"--table={folder / 'table.md'}",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def calls(folder):
    return (folder / "calls").read_text().splitlines()


def main(folder):
    program = folder / "equation"
    program.write_text(PROGRAM)
    program.chmod(0o755)
    (folder / "table.md").write_text(TABLE)

    # 1. Two good seeds of five, one of them good enough for the stretch.
    script = start(folder, 5)
    output = script.communicate()[0]
    check(script.returncode == 1, f"failures give exit code 1:\n{output}")
    check(
        calls(folder) == ["1 30", "2 30", "3 30", "4 30", "5 30"],
        f"runs as expected: {calls(folder)}",
    )
    for reason in (
        "exit code 3",
        "no error that is a finite number",
        "there is no summary.json",
        "because of 5",
    ):
        check(reason in output, f"the output has '{reason}':\n{output}")
    text = (folder / "table.md").read_text()
    for part in (
        "| Poisson, sines | 921 | 2600 | failed (5.0e-11..1.0e-09), **3 failed** |",
        "| 1e-8 in 60 s: 2 of 5 | 1e-10 in 30 s: 1 of 5 |",
        "| 5 seeds, 1 rank, ",
        "| wave, two modes | another old line |",
    ):
        check(part in text, f"the table has '{part}':\n{text}")
    check("an old line |\n| wave" not in text, f"a new line:\n{text}")
    check(text.startswith("# Title\n<!-- begin"), f"the text before:\n{text}")
    check(text.endswith("-->\nThe end.\n"), f"the text behind:\n{text}")

    # 2. Interrupted in seed 6, which is then the only one that is run again.
    script = start(folder, 6)
    for _ in range(300):
        if len(calls(folder)) == 6:
            break
        time.sleep(0.1)
    script.send_signal(signal.SIGTERM)
    output = script.communicate()[0]
    check(script.returncode == 1, f"interrupted: exit code 1:\n{output}")
    check("interrupted" in output, f"it says so:\n{output}")
    check((folder / "table.md").read_text() == text, "the table is the old one")

    (folder / "quick").touch()
    output = start(folder, 6).communicate()[0]
    check(
        calls(folder)[5:] == ["6 30", "6 30"],
        f"only seed 6 is run: {calls(folder)}",
    )
    check(output.count("(known)") == 5, f"the others are known:\n{output}")
    text = (folder / "table.md").read_text()
    # 60.5 s are within 60 s and not within 30 s.
    part = "| 1e-8 in 60 s: 3 of 6 | 1e-10 in 30 s: 1 of 6 |"
    check(part in text, f"the table has '{part}':\n{text}")


if __name__ == "__main__":
    os.environ["OMPI_MCA_rmaps_base_oversubscribe"] = "1"
    with tempfile.TemporaryDirectory() as name:
        main(pathlib.Path(name))
