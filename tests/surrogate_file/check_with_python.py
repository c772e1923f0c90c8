"""Run the Python of doc/surrogate_file.md (first argument) on NAME.h5 and
compare with the values in NAME.txt (second argument: NAME)."""
import re
import sys

import numpy as np

with open(sys.argv[1], encoding="utf-8") as document:
    exec(re.search(r"```python\n(.*?)```", document.read(), re.DOTALL).group(1))

data = np.loadtxt(sys.argv[2] + ".txt")
u = evaluate(read_surrogate(sys.argv[2] + ".h5"), data[:, :2])[:, 0]
error = np.max(np.abs(u - data[:, 2]))
print(f"largest difference: {error:.1e}")
sys.exit(len(u) != 100 or not error < 1e-14)
