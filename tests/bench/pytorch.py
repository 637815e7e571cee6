"""PyTorch and NumPy for the benchmark: prints their versions, then answers every line of JSON with one of its own.

    {"library": "torch" | "numpy", "shape": [n, d], "dim": 0 | 1, "times": t}  ->  {"ns": for all t together}
"""

import json
import sys
import time

libraries = {}
try:
    import numpy

    libraries["numpy"] = numpy
    import torch

    torch.set_num_threads(1)
    libraries["torch"] = torch
except ImportError:
    pass


def numpy_work(a, b, dim):
    # einsum makes no temporary arrays: (a * b).sum(dim) / (norm(a) * norm(b)) is two to four times slower.
    sums = "ij,ij->i" if dim == 1 else "ij,ij->j"
    einsum = numpy.einsum
    return lambda: einsum(sums, a, b) / numpy.sqrt(einsum(sums, a, a) * einsum(sums, b, b))


def torch_work(a, b, dim):
    x1, x2 = torch.from_numpy(a), torch.from_numpy(b)
    return lambda: torch.nn.functional.cosine_similarity(x1, x2, dim=dim)


def main():
    print(json.dumps({name: library.__version__ for name, library in libraries.items()}), flush=True)
    shape = None
    for line in sys.stdin:
        request = json.loads(line)
        if request["shape"] != shape:
            shape = request["shape"]
            random = numpy.random.default_rng(1)
            operands = [random.random(shape, dtype=numpy.float32) - numpy.float32(0.5) for _ in range(2)]
        work = {"numpy": numpy_work, "torch": torch_work}[request["library"]](*operands, request["dim"])
        start = time.perf_counter_ns()
        for _ in range(request["times"]):
            work()
        print(json.dumps({"ns": time.perf_counter_ns() - start}), flush=True)


main()
