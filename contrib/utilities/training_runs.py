"""Run applications of this project and read what they leave behind.

For the scripts in contrib/ that train many networks; they are named in messages.
"""

import fcntl
import hashlib
import json
import math
import os
import pathlib
import shutil
import signal
import statistics
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


def fail(message):
    """End with a sentence that says why."""
    sys.exit(f"contrib/{pathlib.Path(sys.argv[0]).name}: {message}")


def lock(folder):
    """Two scripts in one folder would remove each other's runs."""
    folder.mkdir(parents=True, exist_ok=True)
    file = (folder / "lock").open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        fail(f"--results: another script is at work in '{folder}'.")
    return file


def find_program(folder, name):
    """In the folder itself, or where a build has it."""
    for program in (folder / name, folder / f"applications/{name}/{name}"):
        if program.is_file() and os.access(program, os.X_OK):
            return program.resolve()
    return fail(f"--program-folder: there is no program '{name}' in '{folder}'.")


def build(name, folder, install):
    """Return an application, built if no folder with it is given."""
    if shutil.which("mpirun") is None and not install:
        fail("there is no mpirun on the PATH.")
    if folder is not None:
        return find_program(folder, name)
    if install:
        subprocess.run(
            [
                "bash",
                "-euo",
                "pipefail",
                "-c",
                "source contrib/packages.sh;"
                'install_packages "${sobolev_packages[@]}"',
            ],
            cwd=ROOT,
            check=True,
        )
    if not (ROOT / "build/release/build.ninja").exists():
        subprocess.run(
            ["cmake", "--preset", "release", "-DSOBOLEV_BUILD_TESTS=OFF"],
            cwd=ROOT,
            check=True,
        )
    subprocess.run(
        ["cmake", "--build", "--preset", "release", "--target", name],
        cwd=ROOT,
        check=True,
    )
    return ROOT / f"build/release/applications/{name}/{name}"


def describe_program(program):
    """The commit of these sources; with a program from elsewhere, its name."""
    if ROOT not in program.parents:
        digest = hashlib.sha256(program.read_bytes()).hexdigest()
        return f"program {digest[:8]}"
    try:
        return subprocess.run(
            ["git", "describe", "--always", "--dirty"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown version"


def describe_machine():
    """Processor and cores."""
    model = "unknown processor"
    try:
        for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
    except OSError:
        pass
    return f"{model}, {os.cpu_count()} cores"


def mpi_environment():
    """One thread per process."""
    environment = dict(
        os.environ,
        OMPI_MCA_rmaps_base_oversubscribe="1",
        OPENBLAS_NUM_THREADS="1",
        DEAL_II_NUM_THREADS="1",
    )
    if os.geteuid() == 0:
        environment["OMPI_ALLOW_RUN_AS_ROOT"] = "1"
        environment["OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] = "1"
    return environment


def end(process):
    """mpirun passes the first signal on to all ranks, the second it cannot."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)


def execute(command, folder, limit):
    """Run it; return what went wrong, nothing if all is well."""
    with (folder / "output.txt").open("w") as output:
        with subprocess.Popen(
            command,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=mpi_environment(),
            start_new_session=True,
        ) as process:
            try:
                code = process.wait(limit)
            except subprocess.TimeoutExpired:
                end(process)
                return f"no end after {limit:.0f} s"
            except BaseException:
                end(process)
                raise
    return f"exit code {code}" if code != 0 else ""


def read_summary(folder, name="summary.json"):
    """The contents of summary.json, or of another file; nothing without it."""
    try:
        return json.loads((folder / name).read_text())
    except (OSError, ValueError):
        return {}


def write_record(file, record):
    """The record is what makes a run finished: all of it or nothing."""
    temporary = file.with_suffix(".tmp")
    temporary.write_text(json.dumps(record, indent=2) + "\n")
    temporary.rename(file)


def replace_between(file, begin, end_line, text):
    """Put a text between two lines of a file."""
    old = file.read_text()
    first = old.index(begin) + len(begin)
    last = old.index(end_line)
    temporary = file.with_name(file.name + ".tmp")
    temporary.write_text(f"{old[:first]}\n\n{text}\n\n{old[last:]}")
    temporary.replace(file)


def median(values):
    """The upper one of two: a failure, infinity, must not be averaged."""
    return statistics.median_high(values)


def spread(errors):
    """Median (smallest..largest); None, a failure, counts as larger than all."""
    numbers = [math.inf if error is None else error for error in errors]
    good = [number for number in numbers if math.isfinite(number)]
    failed = len(numbers) - len(good)
    middle = median(numbers)
    text = f"{middle:.1e}" if math.isfinite(middle) else "failed"
    if good:
        text += f" ({min(good):.1e}..{max(good):.1e})"
    return text + (f", **{failed} failed**" if failed else "")


def each(values):
    """Distinct values with commas; one in general."""
    return ", ".join(str(value) for value in dict.fromkeys(values))
