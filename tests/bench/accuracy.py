"""PyTorch's worst errors on the data of data.js, for accuracy.js's table.

    python3 tests/bench/accuracy.py > tests/bench/torch-accuracy.json

It needs torch and NumPy, and a machine whose long double has at least 64 bits of precision.
"""

import json
import math

import numpy as np
import torch
import torch.nn.functional as F

LENGTHS = (1, 3, 10, 100, 768, 1000, 10**4, 10**5, 10**6)
BIG = {"float32": 2.0**120, "float64": 2.0**700}
DTYPES = {"float32": (np.float32, 2.0**-24), "float64": (np.float64, 2.0**-53)}


def uniform(seed, n):
    """The first n numbers of the generator. Each pass doubles their count by stepping all of them ahead."""
    multiplier, increment = 1664525, 1013904223
    states = np.array([(multiplier * seed + increment) % 2**32], dtype=np.uint64)
    while len(states) < n:
        ahead = (states * np.uint64(multiplier) + np.uint64(increment)) % np.uint64(2**32)
        states = np.concatenate([states, ahead])
        multiplier, increment = multiplier * multiplier % 2**32, (multiplier + 1) * increment % 2**32
    return states[:n].astype(np.float64) / 2**32


def normal(seed, n, i, big):
    draws = uniform(seed, 12 * n).reshape(n, 12)
    total = np.full(n, -6.0)
    for k in range(12):
        total = total + draws[:, k]
    return total


def sparse(seed, n, i, big):
    draws = uniform(seed, 2 * n).reshape(n, 2)
    return np.where((draws[:, 0] >= 0.9) | (i == 0), draws[:, 1] + 0.1, 0)


# In the order of data.js, on which the seeds depend, and with its eps.
KINDS = {
    "uniform": lambda seed, n, i, big: uniform(seed, n),
    "normal": normal,
    "sorted": lambda seed, n, i, big: (i + uniform(seed, n)) / n,
    "geometric": lambda seed, n, i, big: np.ldexp(1 + uniform(seed, n), -(60 * i // n)),
    "sparse": sparse,
    "alternating": lambda seed, n, i, big: np.where(i % 2 == 1, -1, 1) * uniform(seed, n),
    "near-parallel": lambda seed, n, i, big: 0.7 + uniform(seed, n) / 1000,
    "mixed": lambda seed, n, i, big: (0.5 + uniform(seed, n)) * np.where(i % 3 != 0, 1 / big, big),
    "tiny": lambda seed, n, i, big: (0.5 + uniform(seed, n)) / big,
}
EPS = {"tiny": 0}


def exact(x, y):
    """The cosine in long double, of scaled vectors: 11 bits more precise than the finest unit measured."""
    x, y = (np.ldexp(v.astype(np.longdouble), -math.frexp(float(np.max(np.abs(v))))[1]) for v in (x, y))
    return np.sum(x * y) / np.sqrt(np.sum(x * x) * np.sum(y * y))


def worst(kind, dtype, n):
    numbers, unit = DTYPES[dtype]
    count = 64 if n <= 1000 else 4
    i = np.arange(n)
    index = list(KINDS).index(kind)

    def matrix(operand):
        seeds = (index * 1000003 + n * 31 + v * 2 + operand for v in range(count))
        return np.stack([KINDS[kind](seed, n, i, BIG[dtype]) for seed in seeds]).astype(numbers)

    x1, x2 = matrix(0), matrix(1)
    wanted = [exact(x1[v], x2[v]) for v in range(count)]
    errors = {}
    for dim in (1, 0):
        a, b = (torch.from_numpy(x if dim else np.ascontiguousarray(x.T)) for x in (x1, x2))
        got = F.cosine_similarity(a, b, dim=dim, eps=EPS.get(kind, 1e-8)).numpy()
        off = [abs(np.longdouble(g) - w) / unit for g, w in zip(got, wanted)]
        largest = max(float(o) if np.isfinite(o) else math.inf for o in off)
        errors[dim] = round(largest, 2) if math.isfinite(largest) else "inf"
    return errors


def figures(dtype, kind):
    by_length = {n: worst(kind, dtype, n) for n in LENGTHS}
    return {dim: {n: errors[dim] for n, errors in by_length.items()} for dim in (1, 0)}


print(
    json.dumps(
        {
            "versions": {"torch": torch.__version__, "numpy": np.__version__},
            "figures": {dtype: {kind: figures(dtype, kind) for kind in KINDS} for dtype in DTYPES},
        }
    )
)
