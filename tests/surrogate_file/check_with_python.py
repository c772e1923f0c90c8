"""Run the Python of doc/surrogate_file.md (first argument) on NAME_plain.h5,
NAME_rich.h5, NAME_stages.h5 and NAME_coefficients.h5, and compare with the values in the files
NAME_*.txt (second argument: NAME)."""
import re
import sys

import numpy as np

with open(sys.argv[1], encoding="utf-8") as document:
    exec(re.search(r"```python\n(.*?)```", document.read(), re.DOTALL).group(1))

good = True
for kind in ("plain", "rich", "stages", "coefficients"):
    name = f"{sys.argv[2]}_{kind}"
    data = np.loadtxt(name + ".txt")
    u = evaluate(name + ".h5", data[:, :2])
    error = np.max(np.abs(u - data[:, 2:]))
    print(f"{kind}: largest difference {error:.1e}")
    good = good and u.shape == (100, data.shape[1] - 2) and error < 1e-14
sys.exit(not good)
