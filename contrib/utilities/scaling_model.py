#!/usr/bin/env python3
"""Time, messages and memory of Levenberg-Marquardt on many ranks: the model of
doc/scaling.md.

  scaling_model.py fit FILE... [--beside FILE...]
                                     rates from measurements, model beside them
                                     and beside others
  scaling_model.py predict FILE...   and predictions for a cluster
  scaling_model.py check FILE...     counted calls and bytes against formulas
  scaling_model.py test PROGRAM "MPIEXEC -n"
                                     measure tiny problems on 1 to 5 ranks, check

Files are those that performance_scaling writes with --json. All formulas are for
one iteration: a Jacobian, a factorisation, two probes, a second solution and a
trial. P is the number of parameters, N the number of rows, p of ranks.
"""
import argparse
import dataclasses
import json
import math
import os
import pathlib
import shlex
import statistics
import subprocess
import sys
import tempfile

# As in the library: options of SketchedEquations, of OrthogonalFactorization,
# size of the pieces of J^T J that travel, rows of a panel of the Jacobian.
SKETCH_ROWS_PER_PARAMETER = 3
SKETCH_NONZEROS = 8
MAX_SHARES_OF_SKETCH = 4
MAX_MEMORY_OF_Q = 1e9
SIZE_OF_PIECE = 1 << 17
PANEL_ROWS = 512

# Channels of a 2D Laplacian.
CHANNELS = 4


@dataclasses.dataclass
class Case:
    """A problem on a machine; the rows are spread evenly."""

    kind: str
    n: int  # parameters
    rows: float  # of all ranks
    ranks: int
    threads: int = 1
    # Products with J and its transpose of the two sketched solutions.
    products: int = 0

    @property
    def local_rows(self):
        return self.rows / self.ranks

    @property
    def ranks_of_tree(self):
        """Ranks with a triangle; the first ones."""
        if self.kind == "sketched" and self.sketch_rows > 0:
            return min(self.ranks, MAX_SHARES_OF_SKETCH)
        return self.ranks

    @property
    def levels(self):
        return math.ceil(math.log2(self.ranks))

    @property
    def levels_of_tree(self):
        return math.ceil(math.log2(self.ranks_of_tree))

    @property
    def sketch_rows(self):
        wanted = SKETCH_ROWS_PER_PARAMETER * (self.n + 1)
        return 0 if self.rows <= wanted else wanted

    @property
    def keeps_q(self):
        return 8.0 * (self.n + 1) * self.local_rows <= MAX_MEMORY_OF_Q


# Messages ------------------------------------------------------------------


def pieces_of_triangle(n):
    """Numbers of a triangle, whole columns at a time."""
    if n * (n + 1) // 2 > 100 * SIZE_OF_PIECE:
        # Not exactly, but soon.
        count = math.ceil(n * (n + 1) / 2 / SIZE_OF_PIECE)
        return [(n * (n + 1) / 2 / count, count)]
    result, size = [], 0
    for length in range(n, 0, -1):
        size += length
        if size >= SIZE_OF_PIECE or length == 1:
            result.append((size, 1))
            size = 0
    return result


def operations(case):
    """(what, numbers of 8 bytes, how often), as every rank calls them; 'tree'
    is LeastSquaresProblem::reduce()."""
    n = case.n
    # Gradient and loss; largest diagonal entry; success; step; decrease.
    result = [
        ("reduction", n + 1, 1),
        ("broadcast", n + 1, 1),
        ("broadcast", 1, 2),
        ("reduction", 1, 1),
        ("broadcast", 1, 1),
    ]
    steps = [("broadcast", n, 2)]
    transpose_product = [("reduction", n, 1), ("broadcast", n, 1)]
    triangle = [("gather", 0.5, 1), ("tree", (n + 1) * (n + 2) // 2, 1)]
    if case.kind == "gram":
        for size, times in pieces_of_triangle(n):
            result.append(("reduction", size, times))
        result += steps + transpose_product
    elif case.kind == "orthogonal":
        result += triangle + steps
        if case.keeps_q:
            result += [("gather", 0.5, 1), ("tree", n + 1, 1)]
        else:
            result += transpose_product
    elif case.kind == "sketched":
        result += [("reduction", n, 1)]
        m, p = case.sketch_rows, case.ranks_of_tree
        if m > 0:
            for rank in range(p):
                rows = m * (rank + 1) // p - m * rank // p
                result.append(("reduction", rows * (n + 1), 1))
        result += triangle + steps
        result += [("broadcast", 2, 2), ("broadcast", n + 2, 2)]
        result += [
            ("broadcast", n + 2, case.products),
            ("reduction", n + 1, case.products),
        ]
    else:
        raise ValueError(f"no formulas for {case.kind}")
    return result


def sum_of(case, what):
    """Calls and bytes of an iteration."""
    chosen = [(size, times) for w, size, times in operations(case) if w == what]
    return (
        sum(times for _, times in chosen),
        sum(8 * size * times for size, times in chosen),
    )


def tree_messages(case, rank):
    """How many messages a rank sends and receives per 'tree'."""
    n_received, distance = 0, 1
    while rank < case.ranks_of_tree and distance < case.ranks_of_tree:
        if rank % (2 * distance) != 0:
            return 1, n_received
        if rank + distance < case.ranks_of_tree:
            n_received += 1
        distance *= 2
    return 0, n_received


def messages_per_rank(case):
    """Mean numbers of messages and bytes that a rank sends, if reductions and
    broadcasts go along trees: every rank but one sends or receives once."""
    calls, n_bytes = 0, 0.0
    for what in ("reduction", "broadcast", "tree"):
        share = (case.ranks_of_tree if what == "tree" else case.ranks) - 1
        c, b = sum_of(case, what)
        calls, n_bytes = calls + c * share, n_bytes + b * share
    return calls / case.ranks, n_bytes / case.ranks


def path_time(case, cluster):
    """Seconds for latency and for bytes along the longest path: trees, or
    pipelined algorithms where these are faster (long messages)."""
    latency = transfer = 0.0
    levels = case.levels
    for what, size, times in operations(case):
        if what == "gather" or case.ranks == 1:
            latency += times * levels * cluster.latency
            continue
        if what == "tree":
            latency += times * case.levels_of_tree * cluster.latency
            transfer += (
                times * case.levels_of_tree * 8.0 * size / cluster.bandwidth
            )
            continue
        b = 8.0 * size / cluster.bandwidth
        addition = size / cluster.additions if what == "reduction" else 0.0
        choices = [(levels * cluster.latency, levels * (b + addition))]
        if what == "reduction":
            choices.append((2 * levels * cluster.latency, 2 * b + addition))
        else:
            rounds = levels + case.ranks - 1
            choices.append((rounds * cluster.latency, 2 * b))
        best = min(choices, key=sum)
        latency += times * best[0]
        transfer += times * best[1]
    return latency, transfer


# Work ----------------------------------------------------------------------


def work(case):
    """For each phase: {name of a rate: operations on the longest path}."""
    n, m, levels = case.n, case.local_rows, case.levels
    jacobian_work = 6.0 * CHANNELS * n * m
    probe_work = 3 * 2.0 * CHANNELS * n * m
    triangles = {"triangle": 2 / 3 * (n + 1.0) ** 3 * case.levels_of_tree}
    result = {"jacobian": {"jacobian": jacobian_work}}
    if case.kind == "gram":
        result["local_algebra"] = {"dsyrk": m * n**2}
        result["combination"] = {"copy": 8.0 * n**2}
        result["factorization"] = {"cholesky": n**3 / 3}
        result["solution"] = {"substitution": 4.0 * n**2}
        result["probes"] = {"probe": probe_work, "jacobian": jacobian_work}
    elif case.kind == "orthogonal":
        result["local_algebra"] = {"qr": 2 * m * (n + 1.0) ** 2}
        result["combination"] = dict(triangles, copy=8.0 * n**2)
        result["factorization"] = {"triangle": 2 / 3 * n**3}
        result["probes"] = {"probe": probe_work}
        if case.keeps_q:
            result["solution"] = {
                "matrix_vector": 4 * m * n + 2.0 * n**2 * (levels + 2)
            }
        else:
            result["solution"] = {"substitution": 3.0 * n**2}
            result["probes"]["jacobian"] = jacobian_work
    else:
        result["local_algebra"] = {"copy": 8.0 * m * n}
        result["combination"] = dict(triangles, copy=8.0 * n**2)
        if case.sketch_rows > 0:
            rows = case.sketch_rows / case.ranks_of_tree
            result["combination"]["scatter"] = 2.0 * SKETCH_NONZEROS * m * n
        else:
            rows = m
        result["combination"]["qr"] = 2.0 * rows * (n + 1.0) ** 2
        result["factorization"] = {"triangle": 2 / 3 * n**3}
        result["solution"] = {
            "matrix_vector": 4.0 * m * n * case.products,
            "substitution": 2.0 * n**2 * case.products,
        }
        result["probes"] = {"probe": probe_work}
    return result


def memory(case, bytes_per_row):
    """Bytes that the first rank, which needs most, has beside the program."""
    n, m = case.n, case.local_rows
    numbers = PANEL_ROWS * case.threads * n
    panel = min(max(n, 256), 1024)
    triangle = 0
    if case.kind != "gram":
        # R; panel; packed; combined and received ones; damped one.
        kept = case.kind == "orthogonal" and case.keeps_q
        levels = case.levels_of_tree
        n_combined = levels if kept else min(levels, 1)
        triangle = (3.5 + 0.5 * min(levels, 1) + n_combined) * n**2
        # What stands for Q takes a little more than the rows.
        triangle += (1 + 96 / panel) * n * (m if kept else panel)
    if case.kind == "gram":
        numbers += 2 * n**2
    elif case.kind == "orthogonal":
        numbers += triangle
    else:
        numbers += triangle + m * n
        if case.sketch_rows > 0:
            numbers += case.sketch_rows * (n + 1.0) * (
                1 + 1 / case.ranks_of_tree
            )
    return 8.0 * numbers + bytes_per_row * m


# Measurements --------------------------------------------------------------


def read(paths):
    """The runs of some files. Memory is that of a process: of use if there was
    one run in it."""
    runs = []
    for path in paths:
        in_file = json.loads(pathlib.Path(path).read_text())
        runs += [dict(run, is_only_run=len(in_file) == 1) for run in in_file]
    return runs


def busy(run):
    """Processor seconds along the longest path, and the fastest communication:
    the time that the iteration takes if nobody else disturbs. Ranks that
    communicate keep their processors busy, so this has no processor time."""
    computing = set(run["processor"]) - {"waiting", "communication"}
    least = run.get("least_wall", run["wall"])["communication"][0]
    return least + sum(max(run["processor"][phase]) for phase in computing)


def n_products(run):
    """From the reductions that formulas do not know; they are then checked by
    all other counts."""
    if run["kind"] != "sketched":
        return 0.0
    n_known, _ = sum_of(case_of(run, 0), "reduction")
    return run["calls"]["reductions"][0] / run["iterations"] - n_known


def case_of(run, products=None):
    case = Case(
        run["kind"],
        run["parameters"],
        sum(run["rows"]),
        run["ranks"],
        run["threads"],
    )
    case.products = n_products(run) if products is None else products
    return case


def check(run):
    """Compare what was counted with the formulas. Returns the differences."""
    case, errors = case_of(run), []
    name = f"{case.kind}, {case.n} parameters, {case.ranks} ranks"

    def compare(what, counted, expected):
        for rank, value in enumerate(counted):
            if abs(value / run["iterations"] - expected(rank)) > 1e-9 * value:
                errors.append(
                    f"{name}, rank {rank}: {value / run['iterations']:g} {what} "
                    f"instead of {expected(rank):g}"
                )

    for what in ("reduction", "broadcast"):
        calls, n_bytes = sum_of(case, what)
        compare(f"{what}s", run["calls"][what + "s"], lambda _: calls)
        compare(f"bytes of {what}s", run["bytes"][what + "s"], lambda _: n_bytes)
    calls, n_bytes = sum_of(case, "tree")
    for i, what in enumerate(("sends", "receives")):
        compare(
            what,
            run["calls"][what],
            lambda rank: calls * tree_messages(case, rank)[i],
        )
        compare(
            f"bytes of {what}",
            run["bytes"][what],
            lambda rank: n_bytes * tree_messages(case, rank)[i],
        )
    # deal.II calls one or two functions to gather a number, none on one rank.
    calls, _ = sum_of(case, "gather")
    for counted in run["calls"]["gathers"]:
        if not counted <= 2 * calls * run["iterations"]:
            errors.append(f"{name}: {counted:g} gathers")
    if case.kind == "sketched":
        # Two solutions, each with one product for the tolerance and at least
        # two for residuals, beside those of the iterations.
        others = case.products - run["solver_iterations"] / run["iterations"]
        if not 3 <= others <= 12:
            errors.append(f"{name}: {others:g} products outside of iterations")
    return errors


def seconds(run, phase):
    """On the first rank; processor time, which others disturb less."""
    clock = "processor" if run["threads"] == 1 else "wall"
    return run[clock][phase][0]


def fit(runs):
    """Rates per second: flops, or bytes for 'copy'. Each comes from a phase in
    which it is the only unknown; several runs give the median."""
    rates, spreads = {}, {}
    phases = [
        ("gram", "jacobian", "jacobian"),
        ("orthogonal", "probes", "probe"),
        ("gram", "local_algebra", "dsyrk"),
        ("gram", "combination", "copy"),
        ("gram", "factorization", "cholesky"),
        ("gram", "solution", "substitution"),
        ("orthogonal", "local_algebra", "qr"),
        ("orthogonal", "factorization", "triangle"),
        ("orthogonal", "solution", "matrix_vector"),
        ("sketched", "combination", "scatter"),
    ]
    for kind, phase, rate in phases:
        values = []
        for run in runs:
            if run["kind"] != kind or run["threads"] != 1:
                continue
            amounts = work(case_of(run))[phase]
            if rate not in amounts:
                continue
            known = sum(a / rates[r] for r, a in amounts.items() if r != rate)
            left = seconds(run, phase) - known
            if left > 0:
                values.append(amounts[rate] / left)
        if values:
            rates[rate] = statistics.median(values)
            spreads[rate] = (min(values), max(values), len(values))
    return rates, spreads


def fit_messages(runs):
    """Seconds per call and bytes per second between two ranks of this machine,
    by least squares from the fastest iterations."""
    points = []
    for run in runs:
        if run["ranks"] == 2 and run["kind"] == "gram":
            names = ("reductions", "broadcasts")
            points.append(
                tuple(
                    sum(run[table][name][0] for name in names) / run["iterations"]
                    for table in ("calls", "bytes")
                )
                + (run.get("least_wall", run["wall"])["communication"][0],)
            )
    if len({b for _, b, _ in points}) < 2:
        return None
    # Relative errors count.
    cc = sum((c / t) ** 2 for c, b, t in points)
    cb = sum(c * b / t**2 for c, b, t in points)
    bb = sum((b / t) ** 2 for c, b, t in points)
    c1 = sum(c / t for c, b, t in points)
    b1 = sum(b / t for c, b, t in points)
    determinant = cc * bb - cb**2
    per_call = (c1 * bb - b1 * cb) / determinant
    per_byte = (cc * b1 - cb * c1) / determinant
    return per_call, 1 / per_byte if per_byte > 0 else math.inf


@dataclasses.dataclass
class Cluster:
    """What is assumed of the network, and of threads in a rank."""

    latency: float = 1.5e-6  # s
    bandwidth: float = 10e9  # byte/s between two ranks
    additions: float = 1e9  # numbers/s in reductions
    thread_efficiency: float = 0.8


def predict(case, rates, cluster):
    """Seconds of the phases."""
    # Substitutions are limited by memory: threads do not help.
    speed = 1 + cluster.thread_efficiency * (case.threads - 1)
    times = {}
    for phase, amounts in work(case).items():
        times[phase] = sum(
            amount / rates[rate] / (1 if rate in ("substitution", "copy") else speed)
            for rate, amount in amounts.items()
        )
    times["latency"], times["bytes"] = path_time(case, cluster)
    return times


def with_distributed_matrix(case, rates, cluster):
    """Gram with the matrix spread in blocks over all ranks: J^T J by
    reduce-scatter, Cholesky factorisation on a square grid of ranks at half of
    the rate of one, substitutions as one round per block column of 256."""
    times = predict(case, rates, cluster)
    p, n = case.ranks, case.n
    grid = math.sqrt(p)
    b = 8 / cluster.bandwidth
    rounds = n / 256
    times["factorization"] = n**3 / 3 / p / (rates["cholesky"] / 2)
    times["combination"] /= p
    reduction = n * (n + 1) / 2
    times["bytes"] = (
        reduction * b + reduction / cluster.additions + n**2 / grid * case.levels * b
    )
    times["latency"] += 4 * rounds * case.levels * cluster.latency
    times["solution"] = 4 * n**2 / grid / rates["substitution"]
    return times


# Output --------------------------------------------------------------------

NAMES = {
    "jacobian": "Jacobian rows",
    "local_algebra": {
        "gram": "local J^T J",
        "orthogonal": "local QR",
        "sketched": "copy of J",
    },
    "combination": {
        "gram": "packing",
        "orthogonal": "triangles of pairs of ranks",
        "sketched": "sketch and its triangles",
    },
    "factorization": {
        "gram": "Cholesky on the first rank",
        "orthogonal": "damped triangle on the first rank",
        "sketched": "damped triangle on the first rank",
    },
    "solution": {
        "gram": "substitutions on the first rank",
        "orthogonal": "substitutions, Q^T v",
        "sketched": "LSQR",
    },
    "probes": "probes",
    "latency": "latency",
    "bytes": "bytes",
}


def name_of(kind, phase):
    name = NAMES[phase]
    return name if isinstance(name, str) else name[kind]


def print_fit(runs, others):
    rates, spreads = fit(runs)
    print("| rate | median | range | measurements |")
    print("| --- | --- | --- | --- |")
    for rate, value in rates.items():
        unit = "GB/s" if rate == "copy" else "Gflop/s"
        low, high, count = spreads[rate]
        print(
            f"| {rate} | {value * 1e-9:.1f} {unit} "
            f"| {low * 1e-9:.1f} to {high * 1e-9:.1f} | {count} |"
        )
    messages = fit_messages(runs)
    here = Cluster()
    if messages is not None:
        per_call, bandwidth = messages
        print(
            f"\nTwo ranks of this machine: {per_call * 1e6:.1f} us per call, "
            f"{bandwidth * 1e-9:.1f} GB/s"
        )
        here = Cluster(max(per_call, 0.0), bandwidth, math.inf)
    print(
        "\n| run | N | p | wall, least [s] | processor [s] | model [s] "
        "| model to processor |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- |")
    worst = 0.0
    for run in runs + others:
        case = case_of(run)
        if case.ranks > 2 or case.threads > 1 or not needs(case) <= set(rates):
            continue
        model = sum(predict(case, rates, here).values())
        difference = model / busy(run) - 1
        worst = max(worst, abs(difference))
        print(
            f"| {case.kind}, P = {case.n} | {case.rows} | {case.ranks} "
            f"| {run.get('least_seconds', run['seconds']):.4f} | {busy(run):.4f} | {model:.4f} "
            f"| {difference:+.0%} |"
        )
    print(f"\nLargest difference: {worst:.0%}")
    print("\n| run | rows per rank | ranks | measured [MB] | model [MB] |")
    print("| --- | --- | --- | --- | --- |")
    for run in runs + others:
        case = case_of(run)
        if run["is_only_run"]:
            used = run["memory"][0] - run["memory_before"][0]
            print(
                f"| {case.kind}, P = {case.n} | {case.local_rows:.0f} "
                f"| {case.ranks} | {used * 1e-6:.0f} "
                f"| {memory(case, BYTES_PER_ROW) * 1e-6:.0f} |"
            )
    return rates


# Points, weights, rows and what the objective knows of its tiles, measured.
BYTES_PER_ROW = 110.0


def needs(case):
    return {rate for amounts in work(case).values() for rate in amounts}


SIZES = [(10**5, 10**3), (10**6, 5 * 10**3), (10**7, 2 * 10**4)]


def kinds_for(n):
    return ["gram", "orthogonal"] + (["sketched"] if n > 3000 else [])


def print_predictions(runs):
    rates, _ = fit(runs)
    cluster = Cluster()
    # Two solutions per iteration; their number hardly depends on sizes.
    sketched = [n_products(run) for run in runs if run["kind"] == "sketched"]
    products = round(statistics.median(sketched)) if sketched else 0
    missing = needs(Case("gram", 9, 1e6, 2)) | needs(Case("orthogonal", 9, 1e6, 2))
    missing = (missing | needs(Case("sketched", 9, 1e6, 2))) - set(rates)
    if missing:
        sys.exit(f"not measured: {', '.join(sorted(missing))}")

    print(
        "| N | P | kind | ranks | s per iteration | efficiency | messages sent "
        "| MB sent | GB of the first rank | bottleneck | next |"
    )
    print("|" + " --- |" * 11)
    for rows, n in SIZES:
        for kind in kinds_for(n):
            for ranks in (64, 1024):
                case = Case(kind, n, rows, ranks, 1, products)
                print_prediction(case, predict(case, rates, cluster), rates, cluster)

    print("\n| N | P | cores | kind | as it is | 8 threads per rank | 16 threads |")
    print("|" + " --- |" * 7)
    for rows, n in SIZES:
        for cores in (64, 1024):
            for kind in kinds_for(n):
                for name, model in (
                    ("", predict),
                    (", matrix on all ranks", with_distributed_matrix),
                ):
                    if name and kind != "gram":
                        continue
                    cells = []
                    for threads in (1, 8, 16):
                        case = Case(
                            kind, n, rows, cores // threads, threads, products
                        )
                        times = model(case, rates, cluster)
                        cells.append(
                            f"{sum(times.values()):.3g} s, "
                            f"{efficiency(case, times, rates, cluster):.2f}"
                        )
                    print(
                        f"| {power(rows)} | {n} | {cores} | {kind}{name} | "
                        + " | ".join(cells)
                        + " |"
                    )


def power(value):
    return f"1e{round(math.log10(value))}"


def efficiency(case, times, rates, cluster):
    """Of all cores, beside one rank with one thread and enough memory."""
    one = dataclasses.replace(case, ranks=1, threads=1)
    serial = sum(predict(one, rates, cluster).values())
    return serial / sum(times.values()) / case.ranks / case.threads


def print_prediction(case, times, rates, cluster):
    total = sum(times.values())
    order = sorted(times, key=times.get, reverse=True)
    n_messages, n_bytes = messages_per_rank(case)
    shares = [f"{name_of(case.kind, o)} {times[o] / total:.0%}" for o in order[:2]]
    print(
        f"| {power(case.rows)} | {case.n} | {case.kind} | {case.ranks} | {total:.3g} "
        f"| {efficiency(case, times, rates, cluster):.2f} | {n_messages:.0f} "
        f"| {n_bytes * 1e-6:.3g} | {memory(case, BYTES_PER_ROW) * 1e-9:.2g} "
        f"| {shares[0]} | {shares[1]} |"
    )


def run_test(program, mpiexec):
    environment = dict(os.environ, OMPI_MCA_rmaps_base_oversubscribe="1")
    kinds = ("gram", "orthogonal", "sketched")
    # Points and width; with 32 neurons, J^T J travels in pieces.
    cases = [(700, 8, kind, ranks) for kind in kinds for ranks in (1, 2, 3, 4)]
    cases += [(300, 32, kind, 2) for kind in kinds[:2]]
    # One more than have a share of the sketch.
    cases += [(700, 8, "sketched", MAX_SHARES_OF_SKETCH + 1)]
    errors, losses = [], {}
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "run.json"
        for points, width, kind, ranks in cases:
            command = shlex.split(mpiexec)
            command += [str(ranks), program, "--kind", kind, "--points", str(points)]
            command += ["--layers", "2", "--width", str(width)]
            command += ["--iterations", "2", "--json", str(path)]
            result = subprocess.run(
                command, env=environment, capture_output=True, text=True, check=False
            )
            if result.returncode != 0:
                sys.exit(f"{' '.join(command)}\n{result.stdout}{result.stderr}")
            for run in read([path]):
                errors += check(run)
                # Two steps end at the same loss in any way.
                reference = losses.setdefault(width, run["loss"])
                if not abs(run["loss"] - reference) <= 1e-6 * reference:
                    errors.append(
                        f"{kind}, {ranks} ranks: loss {run['loss']}, not {reference}"
                    )
    return errors, len(cases)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("task", choices=("fit", "predict", "check", "test"))
    parser.add_argument("arguments", nargs="+")
    parser.add_argument(
        "--beside", nargs="+", default=[], help="files to compare with a fit to others"
    )
    options = parser.parse_args()
    if options.task == "test":
        errors, count = run_test(*options.arguments)
    elif options.task == "check":
        runs = read(options.arguments)
        errors, count = [e for run in runs for e in check(run)], len(runs)
    else:
        runs = read(options.arguments)
        if options.task == "fit":
            print_fit(runs, read(options.beside))
        else:
            print_predictions(runs)
        return
    if errors:
        sys.exit("\n".join(errors))
    print(f"{count} runs send what the formulas say")


if __name__ == "__main__":
    main()
