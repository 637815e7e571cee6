"""What PyTorch, SciPy and NumPy themselves answer, for the tests to compare with.

    python3 tests/golden/generate.py [seed] > tests/golden/golden.json

One JSON document of sections; a section is a list of cases, one a line, so that a diff shows which answers changed. The
same seed gives the same questions. A section is a generator of cases, named in SECTIONS.

Numbers are exact. What JSON or JavaScript's JSON.parse would lose is a string: "nan", "inf", "-inf", "-0", and integers
beyond 2^53. A tensor is {dtype, shape, data} in row-major order; a view is {dtype, shape, strides, offset, data} with
data its whole storage. Where an answer is an exception, a case has its text as `error` and its class as `kind`.
"""

import itertools
import json
import math
import random
import sys
import warnings

import numpy as np
import scipy
import torch
import torch.nn.functional as F
from scipy.spatial import distance

FLOATS = (torch.float32, torch.float64)
INTEGERS = ("uint8", "int8", "int16", "uint16", "int32", "uint32", "int64", "uint64")
NAN, INF = math.nan, math.inf


# Writing answers down


def plain(value):
    """Numbers, and lists of them, as JSON holds them without loss."""
    if isinstance(value, (list, tuple)):
        return [plain(element) for element in value]
    if isinstance(value, int):  # and bool
        return value if abs(value) <= 2**53 else str(value)
    if not math.isfinite(value):
        return str(value)
    if value == 0:
        return "-0" if math.copysign(1, value) < 0 else 0
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def dtype_name(dtype):
    return str(dtype).removeprefix("torch.")


def tensor(x):
    head = {"dtype": dtype_name(x.dtype), "shape": list(x.shape)}
    stored = x.untyped_storage().nbytes() // x.element_size()
    if x.is_contiguous() and stored == x.numel():
        return {**head, "data": plain(x.flatten().tolist())}
    storage = x.as_strided((stored,), (1,), 0)
    return {**head, "strides": list(x.stride()), "offset": x.storage_offset(), "data": plain(storage.tolist())}


def answer(call):
    """A call's answer: what it returns, or its exception."""
    try:
        return call()
    except Exception as error:
        return {"error": str(error), "kind": type(error).__name__}


# Making inputs


def sixteenths(rng, *shape, dtype=torch.float32, largest=2):
    """Random multiples of 1/16: exact in either dtype, and short."""
    data = [rng.randint(-16 * largest, 16 * largest) / 16 for _ in range(math.prod(shape))]
    return torch.tensor(data, dtype=dtype).view(shape)


def whole(rng, *shape, dtype=torch.float32):
    """Random digits, for long inputs."""
    return torch.tensor([float(rng.randint(-9, 9)) for _ in range(math.prod(shape))], dtype=dtype).view(shape)


def sub_shapes(common):
    """Every shape that broadcasts to the common one: leading dims left out, and any of the others 1."""
    for start in range(len(common) + 1):
        yield from itertools.product(*((1, size) for size in common[start:]))


# similarity: torch.nn.functional.cosine_similarity


def similarity(rng):
    parts = (tutorial, ranks, mixed_dtypes, broadcasting, lengths, empty, clamped, views, special, similarity_errors)
    for part in parts:
        for x1, x2, options in part(rng):
            case = {"x1": tensor(x1), "x2": tensor(x2)}
            case |= {name: plain(value) for name, value in options.items()}
            yield case | answer(lambda: {"result": tensor(F.cosine_similarity(x1, x2, **options))})


def tutorial(_):
    a = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
    b = torch.tensor([[5.0, 6.0], [7.0, 8.0]])
    yield a, b, {}
    for dim in (0, 1, -1, -2):
        yield a, b, {"dim": dim}
    for column in (0, 1):
        yield a[:, column].clone(), b[:, column].clone(), {"dim": 0}
    for row in (0, 1):
        yield a[row].clone(), b[row].clone(), {"dim": 0}


def ranks(rng):
    """Ranks 0 to 5, with every dim, in both dtypes."""
    for rank in range(6):
        shape = (2, 3, 2, 1, 3)[:rank]
        for dim in range(-max(rank, 1), max(rank, 1)):
            dtype = FLOATS[dim % 2]
            yield sixteenths(rng, *shape, dtype=dtype), sixteenths(rng, *shape, dtype=dtype), {"dim": dim}


def mixed_dtypes(rng):
    """float32 beside float64, 0-d included: PyTorch's answer is float64, but only as accurate as float32."""
    for shape1, shape2 in (
        ((), ()),
        ((), (3,)),
        ((3,), ()),
        ((2, 3), (2, 3)),
        ((2, 3), (3,)),
        ((3,), (2, 3)),
        ((), (2, 3)),
    ):
        for dtype1, dtype2 in itertools.product(FLOATS, FLOATS):
            yield sixteenths(rng, *shape1, dtype=dtype1), sixteenths(rng, *shape2, dtype=dtype2), {"dim": -1}


def broadcasting(rng):
    """Every two shapes that broadcast to a common one, along the reduced dim too: dims count in the common shape."""
    for common in ((3,), (2, 3)):
        for shape1, shape2 in itertools.product(sub_shapes(common), repeat=2):
            rank = max(len(shape1), len(shape2))
            for dim in range(max(rank, 1)):
                yield sixteenths(rng, *shape1), sixteenths(rng, *shape2), {"dim": dim}
    turns = itertools.cycle(range(3))
    for shape1, shape2 in itertools.product(sub_shapes((2, 3, 2)), repeat=2):
        if max(len(shape1), len(shape2)) == 3:
            yield sixteenths(rng, *shape1), sixteenths(rng, *shape2), {"dim": next(turns)}
    # All pairs of rows, and one row against many.
    for shape1, shape2, dim in (
        ((3, 1, 4), (1, 2, 4), 2),
        ((1, 5), (3, 5), 1),
        ((5,), (3, 5), -1),
        ((4, 1), (4, 3), 0),
    ):
        for dtype in FLOATS:
            yield sixteenths(rng, *shape1, dtype=dtype), sixteenths(rng, *shape2, dtype=dtype), {"dim": dim}


def lengths(rng):
    """Lengths of the reduced dim around those where kernels change their ways, as columns and as rows."""
    for length in (*range(1, 41), *range(63, 67), *range(127, 131), *range(255, 259)):
        for dim in (0, 1):
            shape = (length, 2) if dim == 0 else (2, length)
            dtype = FLOATS[(length + dim) % 2]
            yield whole(rng, *shape, dtype=dtype), whole(rng, *shape, dtype=dtype), {"dim": dim}
    for width in (1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 33):  # of what is kept
        for dim in (0, 1):
            shape = (5, width) if dim == 0 else (width, 5)
            yield whole(rng, *shape), whole(rng, *shape), {"dim": dim}


def empty(_):
    """An empty reduced dim gives zeros, an empty kept one an empty result."""
    for shape1, shape2 in (
        ((0,), (0,)),
        ((0,), (1,)),
        ((0, 3), (0, 3)),
        ((3, 0), (3, 0)),
        ((0, 3), (1, 3)),
        ((3, 0), (3, 1)),
        ((0, 0), (0, 0)),
        ((2, 0, 3), (2, 0, 3)),
        ((2, 0, 3), (3,)),
        ((2, 0, 3), (1, 1, 1)),
    ):
        for dim in range(len(shape1)):
            yield torch.ones(shape1), torch.ones(shape2, dtype=FLOATS[dim % 2]), {"dim": dim}


def clamped(rng):
    """Each norm is clamped on its own; a zero vector gives 0, and with eps = 0 NaN."""
    x1, x2 = sixteenths(rng, 3, 4), sixteenths(rng, 3, 4)
    x1[1] = 0
    tiny = x1 * 2**-12
    for eps in (0, 1e-8, 1e-3, 0.5, 3.0, 100):  # below, between and above the norms
        for dim, dtype in itertools.product((0, 1), FLOATS):
            yield x1.to(dtype), x2.to(dtype), {"dim": dim, "eps": eps}
        yield tiny, x2, {"eps": eps}
        yield x2, tiny.double(), {"eps": eps}
        yield torch.zeros(2, 3), torch.zeros(2, 3), {"eps": eps}
    yield torch.zeros(3), torch.ones(3), {"dim": 0}
    yield torch.ones(3), torch.zeros(3), {"dim": 0, "eps": 0}


def views(rng):
    """The same numbers in another place: transposed, permuted, every second, from an offset, expanded, overlapping."""
    for dtype in FLOATS:

        def base(*shape):
            return sixteenths(rng, *shape, dtype=dtype)

        for dim in (0, 1):
            yield base(4, 3).t(), base(3, 4), {"dim": dim}
            yield base(4, 3).t(), base(4, 3).t(), {"dim": dim}
            yield base(3, 8)[:, ::2], base(3, 4), {"dim": dim}
            yield base(6, 4)[::2], base(3, 8)[:, 1::2], {"dim": dim}
            yield base(6, 8)[::2, ::2], base(8, 6)[1::2, 1::2].t(), {"dim": dim}
            yield base(5, 4)[1:4], base(3, 6)[:, 2:], {"dim": dim}
            yield base(4).expand(3, 4), base(3, 1).expand(3, 4), {"dim": dim}
            yield base(6).unfold(0, 4, 1), base(3, 4), {"dim": dim}
        yield base(8)[::2], base(8)[1::2], {"dim": 0}
        for dim in range(3):
            yield base(2, 3, 4).permute(2, 0, 1), base(4, 2, 3), {"dim": dim}
            yield base(4, 3, 2).permute(2, 1, 0), base(4, 3, 1).permute(2, 1, 0), {"dim": dim}
            yield base(2, 6, 4)[:, 1::2, 1:], base(2, 1, 6)[:, :, ::2], {"dim": dim}


def special(_):
    """NaN or an infinity in a vector gives NaN, and only there."""
    for value, dtype in itertools.product((NAN, INF, -INF), FLOATS):
        x1 = torch.tensor([[1.0, 2.0, -3.0], [4.0, value, 6.0]], dtype=dtype)
        x2 = torch.tensor([[2.0, 0.5, 1.0], [1.0, -1.0, 2.0]], dtype=dtype)
        for dim in (0, 1):
            yield x1, x2, {"dim": dim}
            yield x2, x1, {"dim": dim, "eps": 0}
    both = torch.tensor([[INF, 1.0], [NAN, 2.0], [0.0, 0.0]])
    yield both, both.flip(1), {}
    yield both, torch.zeros(3, 2), {}
    yield torch.tensor([-0.0, 0.0]), torch.tensor([1.0, -1.0]), {"dim": 0}
    # Opposite, orthogonal and parallel, whose cosines are whole.
    axes = torch.tensor([[3.0, 0.0], [0.0, 2.0], [-5.0, 0.0], [0.0, -1.0]])
    yield axes[:, None].clone(), axes[None].clone(), {"dim": 2}


def similarity_errors(rng):
    def ones(*shape):
        return torch.ones(shape)

    # A dim that there is not: the default dim of vectors and of single numbers among them.
    yield ones(3), ones(3), {}
    yield ones(), ones(), {}
    for rank in range(5):
        for dim in (max(rank, 1), -max(rank, 1) - 1, 100, -100):
            yield ones(*[2] * rank), ones(*[2] * rank), {"dim": dim}
    yield ones(3), ones(2, 3), {"dim": 2}
    # Shapes that do not broadcast.
    for shape1, shape2 in (
        ((3,), (4,)),
        ((2, 3), (2, 4)),
        ((2, 3), (3, 2)),
        ((2, 3), (2,)),
        ((2,), (3, 4)),
        ((2, 1, 3), (4, 2)),
        ((0, 3), (2, 3)),
        ((2, 0), (2, 2)),
        ((5, 2, 3), (4, 2, 3)),
    ):
        for dim in (0, 1):
            yield ones(*shape1), ones(*shape2), {"dim": dim}
    for eps in (-1, -1e-9, -1.23456789e-12, NAN, -INF, -123456789.0, -0.1, -1e100, -1e-05, -123456.7, -1e6, -5e-324):
        yield ones(2, 2), ones(2, 2), {"eps": eps}
    # Which comes first: eps, then shapes, then dim.
    yield ones(2), ones(3), {"dim": 7, "eps": -1}
    yield ones(2, 2), ones(2, 3), {"dim": 7}
    # More than 64 dims, and exactly so many.
    yield ones(*[1] * 65), ones(2), {"dim": 0}
    yield ones(2), ones(*[1] * 65), {"dim": 0}
    yield sixteenths(rng, *[1] * 63, 3), sixteenths(rng, *[1] * 63, 3), {"dim": 63}


# distance: scipy.spatial.distance.cosine


def distances(rng):
    for u, v, weights in distance_inputs(rng):
        arrays = [None if x is None else np.asarray(x, dtype=np.float64) for x in (u, v, weights)]
        case = {"u": plain(u), "v": plain(v)} | ({} if weights is None else {"weights": plain(weights)})
        yield case | answer(lambda: {"result": plain(float(distance.cosine(*arrays)))})


def distance_inputs(rng):
    def some(length, largest=64):
        return [rng.randint(-largest, largest) / 16 for _ in range(length)]

    yield [1, 3], [5, 7], None
    yield [2, 4], [6, 8], None
    yield [1, 2], [5, 6], None
    yield [3, 4], [7, 8], None
    for length in (1, 2, 3, 4, 7, 8, 9, 16, 17, 31, 64, 65):
        yield some(length), some(length), None
    for length in (1, 2, 3, 5, 8, 17):
        yield some(length), some(length), [rng.randint(0, 32) / 16 for _ in range(length)]
    # Parallel, opposite and orthogonal; scale does not matter.
    yield [1, 2, 3], [1, 2, 3], None
    yield [1, 2, 3], [-1, -2, -3], None
    yield [1, 0, 0], [0, 1, 0], None
    yield [100, 0, 0], [0, 1, 0], None
    yield [1, 2, 3], [1000, 2000, 3000], None
    yield [1e-5, 2e-5], [3e5, 4e5], None
    # No direction to compare.
    yield [0, 0], [1, 2], None
    yield [0, 0], [0, 0], None
    yield [], [], None
    for value in (NAN, INF, -INF):
        yield [1, value, 3], [4, 5, 6], None
    # Weights
    yield [1, 2, 3], [4, 5, 6], [1, 1, 1]
    yield [1, 2, 3], [4, 5, 6], [7, 7, 7]
    yield [1, 2, 3], [4, -5, 6], [1, 0, 2]
    yield [1, 2, 3], [4, 5, 6], [0, 0, 0]
    yield [1, 2, 3], [0, 5, 0], [1, 0, 1]
    yield [1, 2, 3], [4, 5, 6], [1, -1, 1]
    yield [1, 2, 3], [4, 5, 6], [1, -0.0, 1]
    yield [1, 2, 3], [4, 5, 6], [1, NAN, 1]
    # Shapes
    yield [[1, 2]], [1, 2], None
    yield [1, 2], [[1, 2], [3, 4]], None
    yield 1, 1, None
    yield [1, 2], [3, 4], [[1, 1]]
    yield [1, 2, 3], [1, 2], None
    yield [1, 2, 3], [4, 5, 6], [1, 1]


# attention: the tutorial's get_att_dis


def attention(rng):
    for target, behaviored in attention_inputs(rng):
        each = [F.cosine_similarity(target, row.view(1, -1)) for row in behaviored]
        scores = torch.cat(each)  # torch.Tensor(each), as the tutorial has it, makes float32 of any dtype
        yield {
            "target": tensor(target),
            "behaviored": tensor(behaviored),
            "scores": tensor(scores),
            "sum": tensor(scores / torch.sum(scores, 0)),
            "softmax": tensor(torch.softmax(scores, 0)),
        }


def attention_inputs(rng):
    yield (
        torch.tensor([[0.9255, 0.2194, 0.8370, 0.5346, 0.5152, 0.4645, 0.4926, 0.9882, 0.2783, 0.9258]]),
        torch.tensor(
            [
                [0.6874, 0.4054, 0.5739, 0.8017, 0.9861, 0.0154, 0.8513, 0.8427, 0.6669, 0.0694],
                [0.1720, 0.6793, 0.7764, 0.4583, 0.8167, 0.2718, 0.9686, 0.9301, 0.2421, 0.0811],
                [0.2336, 0.4783, 0.5576, 0.6518, 0.9943, 0.6766, 0.0044, 0.7935, 0.2098, 0.0719],
            ]
        ),
    )
    for rows, length, dtype in (
        (1, 3, torch.float32),
        (2, 1, torch.float32),
        (5, 4, torch.float32),
        (4, 6, torch.float64),
        (20, 3, torch.float32),
    ):
        yield sixteenths(rng, 1, length, dtype=dtype).abs(), sixteenths(rng, rows, length, dtype=dtype).abs()
    # Opposite vectors: the scores add up to 0, and 'sum' divides by it.
    yield torch.tensor([[1.0, 0.0]]), torch.tensor([[2.0, 0.0], [-3.0, 0.0]])
    yield torch.tensor([[3.0, 4.0]]), torch.tensor([[3.0, 4.0], [-3.0, -4.0], [4.0, -3.0]])
    # All orthogonal, a zero target, a zero row: 0/0.
    yield torch.tensor([[1.0, 0.0]]), torch.tensor([[0.0, 2.0], [0.0, -3.0]])
    yield torch.zeros(1, 3), torch.ones(2, 3)
    yield torch.ones(1, 3), torch.tensor([[0.0, 0.0, 0.0], [1.0, 2.0, 3.0]])
    # A negative sum turns the signs around.
    yield torch.tensor([[1.0, 1.0]]), torch.tensor([[-1.0, -2.0], [-1.0, 0.5]])
    yield torch.tensor([[1.0, NAN]]), torch.tensor([[1.0, 2.0], [2.0, 1.0]])


# printing: str(tensor)


def printing(rng):
    """Data is a list, or for large tensors {arange: n, scale, start}: start + i * scale in float64, cast to dtype."""
    for group, cases in PRINTING.items():
        for dtype, shape, data in cases(rng):
            wanted = getattr(torch, dtype)
            if isinstance(data, dict):
                exact = torch.arange(data["arange"], dtype=torch.float64) * data["scale"] + data["start"]
                x = exact.to(wanted)
                # A reader need not know how such a cast rounds.
                assert dtype == "float32" or torch.equal(x.double(), exact), (dtype, data)
            elif dtype in INTEGERS:
                x = torch.from_numpy(np.array(data, dtype=dtype))
            else:
                x = torch.tensor(data, dtype=torch.bool if dtype == "bool" else torch.float64).to(wanted)
                data = plain(x.tolist())
            x = x.view(shape)
            data = data if isinstance(data, dict) else plain(x.flatten().tolist())
            yield {"group": group, "dtype": dtype, "shape": list(shape), "data": data, "text": str(x)}


def arange(n, scale=1, start=0):
    return {"arange": n, "scale": scale, "start": start}


def scalars(_):
    for value in (1, 0, -0.0, 0.5, -2.5, 0.95581, 1e-4, 9.9e-5, 1e8, 1.5e8, 1e-45, 3.4e38, NAN, INF, -INF):
        yield "float32", (), [value]
    yield "float64", (), [0.9558100719]
    yield "float64", (), [1e-300]
    yield "float16", (), [0.333]


def whole_floats(_):
    yield "float32", (2,), [1, 2]
    yield "float32", (4,), [-1, 0, 10, 100]
    yield "float32", (3,), [-0.0, 0, 1]
    yield "float32", (3,), [1, 1000, 7]
    yield "float32", (2,), [1, 1001]  # wider than 1000: scientific
    yield "float32", (2,), [1e8, 2e7]
    yield "float32", (2,), [1e8 + 8, 2e7]  # larger than 1e8: scientific
    yield "float64", (2, 2), [5, 6, -7, 8]


def fractions(rng):
    yield "float32", (2,), [0.9558, 0.9839]
    yield "float32", (3,), [1, 2.5, -3]
    yield "float32", (3,), [0, 0.5, 100]
    yield "float32", (2,), [-0.0, 0.25]
    yield "float32", (2,), [999.99995, 1.5]
    yield "float32", (2,), [0.00011, 0.05]
    yield "float64", (3,), [0.99995, 0.999949999, 1 / 3]
    for shape in ((3,), (2, 3), (2, 2, 2)):
        for dtype in ("float32", "float64"):
            yield dtype, shape, [round(rng.uniform(-2, 2), 4) for _ in range(math.prod(shape))]


def scientific(_):
    yield "float32", (2,), [1e-5, 1]
    yield "float32", (2,), [-1e-5, 0]
    yield "float32", (3,), [1, 1000.5, 0.5]
    yield "float32", (3,), [1, 1e-4, 1e-4]  # float32's 1e-4 is below 1e-4, float64's is not
    yield "float64", (2,), [1e-4, 1e-2]
    yield "float64", (2,), [0.1, 100]  # their ratio is 1000, not more
    yield "float32", (2,), [0.1, 100]  # and in float32 less
    yield "float32", (3,), [1e10, -2e10, 3e10]
    yield "float32", (2,), [1e-45, 3.4028234663852886e38]
    yield "float64", (3,), [1e100, -1e-100, 5e-324]  # exponents of two digits and of three
    yield "float64", (2,), [1e22, 1.5e300]
    yield "float32", (4,), [0, -0.0, 1e9, -1e9]
    yield "float32", (2, 3), [1e-5, 2, 3, -4e4, 5, 6]


def ties(_):
    """Halfway between two decimals Python takes the even one."""
    yield "float32", (4,), [1 / 32, 3 / 32, 5 / 32, 7 / 32]
    yield "float32", (4,), [-1 / 32, -3 / 32, 33 / 32, -35 / 32]
    yield "float64", (3,), [1000 + 1 / 32, 1000 + 3 / 32, 990 + 5 / 32]
    yield "float64", (4,), [0.00005 + 1, 0.00015 + 1, 0.00025 + 1, 0.00035 + 1]  # no ties in binary
    yield "float32", (4,), [100005, 100015, 100025000, 100035000]
    yield "float64", (4,), [1.00005e9, -1.00015e9, 1.00005e20, 1.00015e20]
    yield "float64", (3,), [1.00005e25, 1.00015e-25, 1.00025e-5]
    yield "float64", (3,), [9.99995e8, 9.99985e8, 1]
    yield "float16", (3,), [1 / 32, 3 / 32, 5 / 32]


def zeros(_):
    yield "float32", (3,), [0, 0, 0]
    yield "float32", (2,), [-0.0, 0]
    yield "float32", (30,), arange(30, 0)  # measured as one character wide, printed as two
    yield "float64", (2, 2), [0, 0, 0, 0]


def nonfinite(_):
    yield "float32", (3,), [NAN, INF, -INF]
    yield "float32", (3,), [NAN, 1, 2]
    yield "float32", (3,), [INF, 1, -2]
    yield "float32", (3,), [-INF, 100, 0]
    yield "float32", (3,), [NAN, 1.5, -INF]
    yield "float32", (3,), [NAN, 1e-5, INF]
    yield "float32", (3,), [NAN, 0, -0.0]
    yield "float64", (2, 2), [NAN, 1e10, -INF, 0]
    yield "float32", (25,), [NAN] * 25
    yield "float16", (3,), [NAN, INF, 0.5]


def wrapping(_):
    """80 columns, of which each element takes its width and two more."""
    for n in (9, 10, 18, 19):
        yield "float32", (n,), arange(n, 0.25, -1)
    for n in (8, 9, 17):
        yield "float32", (n,), arange(n, 0.25)
    for n in (24, 25, 50):
        yield "float32", (n,), arange(n, 0, 1)
    yield "float32", (2, 9), arange(18, 0.5)
    yield "float32", (2, 2, 10), arange(40, 0.5)
    yield "float32", (7,), arange(7, 1e9, 1)
    yield "float64", (12,), arange(12, 1e8, -5e8)
    yield "int64", (100,), arange(100, 1, -50)
    yield "bool", (21,), arange(21, 0, 1)
    yield "float32", (1000,), arange(1000, 0, 1)
    yield "float32", (*[1] * 70, 3)[-64:], arange(3)  # indented by 70 columns, still one element a line


def blocks(_):
    yield "float32", (1, 1), [1]
    yield "float32", (1, 1, 1), [0.5]
    yield "float32", (2, 2), [1, 2, 3, 4]
    yield "float32", (2, 2, 2), arange(8)
    yield "float32", (2, 1, 2, 2), arange(8, 0.5)
    yield "float32", (2, 1, 1, 2, 2), arange(8)
    yield "float32", (3, 1, 1), [1, 20, 300]
    yield "float64", (2, 2, 3), arange(12, 0.125)
    yield "int64", (2, 2, 2, 2), arange(16)
    yield "float32", (2,) * 6, arange(64)


def summaries(_):
    """Above 1000 elements only three at each edge are shown, and only those decide the notation."""
    yield "float32", (1001,), arange(1001)
    yield "float32", (1001,), arange(1001, 0.5)
    yield "float32", (5000,), arange(5000, 1, -2500)
    yield "float64", (2000,), arange(2000, 0.25, 1000)
    yield "float32", (1001,), arange(1001, 0)
    yield "float32", (1001,), arange(1001, 1e6, -5e8)
    yield "float32", (40, 50), arange(2000, 0.001)
    yield "float32", (6, 200), arange(1200)
    yield "float32", (7, 200), arange(1400)
    yield "float32", (200, 6), arange(1200)
    yield "float32", (200, 7), arange(1400, 0.5)
    yield "float32", (2, 501), arange(1002)
    yield "float32", (1001, 1), arange(1001)
    yield "float32", (1, 1, 1001), arange(1001)
    yield "float32", (10, 10, 11), arange(1100, 0.001, 1)
    yield "float32", (3, 4, 100), arange(1200)
    yield "float32", (7, 7, 21), arange(1029)
    yield "float32", (6, 6, 28), arange(1008, 0.5)
    yield "float64", (1, 2, 2, 300), arange(1200)
    yield "float16", (1025,), arange(1025, 2)
    yield "int64", (1001,), arange(1001, 1000, -7)
    yield "int32", (40, 50), arange(2000)
    yield "uint16", (2, 600), arange(1200)
    yield "bool", (1001,), arange(1001, 0, 1)
    yield "bool", (34, 34), arange(1156, 0)


def empties(_):
    for shape in ((0,), (0, 3), (3, 0), (0, 0), (2, 0, 3), (0,) * 12):
        yield "float32", shape, arange(0)
    for dtype in ("float64", "float16", "int64", "bool", "int32", "uint8"):
        yield dtype, (0,), arange(0)
        yield dtype, (0, 3), arange(0)
    yield "float64", (0,) * 20, arange(0)
    yield "float64", (*[0] * 15, 100), arange(0)
    yield "float64", (0,) * 30, arange(0)


def suffixes(_):
    """dtype= goes on a line of its own where it would pass column 80."""
    for n in (5, 6, 7, 8, 9):
        yield "float64", (n,), arange(n, 0.25)
    for start in (1, 10, 100, 1000, 10000):  # the last column that still fits, and the first that does not
        yield "float64", (6,), arange(6, 0.5, start)
        yield "int32", (8,), arange(8, 1, start)
    yield "float64", (2, 6), arange(12, 0.5)
    yield "float64", (2, 7), arange(14, 0.5)
    yield "int32", (14,), arange(14, 1, 10)
    yield "int32", (15,), arange(15, 1, 10)
    yield "uint8", (17,), arange(17, 1, 1)
    yield "uint8", (60,), arange(60)


def halves(_):
    yield "float16", (2,), [1, 2]
    yield "float16", (3,), [0.1, 0.2, -0.3]
    yield "float16", (3,), [65504, -65504, 60000]
    yield "float16", (2,), [65504, 1]
    yield "float16", (2,), [6e-8, 1]
    yield "float16", (2,), [0.0001, 0.0625]  # float16's 0.0001 is above 1e-4
    yield "float16", (2, 3), arange(6, 0.25, -1)
    yield "float16", (12,), arange(12, 0.125)


def integers(_):
    yield "int64", (3,), [1, 2, 3]
    yield "int64", (3,), [-1, 20, 300]
    yield "int64", (), [7]
    yield "int64", (2,), [-(2**63), 2**63 - 1]
    yield "int64", (2,), [2**53 + 1, -(2**53) - 1]
    yield "uint64", (2,), [2**64 - 1, 0]
    for dtype in INTEGERS:
        info = np.iinfo(dtype)
        yield dtype, (), [1]
        yield dtype, (2,), [int(info.min), int(info.max)]
    yield "uint8", (2, 3), arange(6, 50)
    yield "int8", (2, 2, 2), arange(8, 1, -4)
    yield "uint64", (3,), [0, 1, 2]


def booleans(_):
    yield "bool", (), [True]
    yield "bool", (), [False]
    yield "bool", (2,), [True, False]
    yield "bool", (2,), [True, True]
    yield "bool", (2, 2), [False, False, True, False]


PRINTING = {
    "single numbers": scalars,
    "whole floats": whole_floats,
    "fractions": fractions,
    "scientific": scientific,
    "ties": ties,
    "zeros": zeros,
    "nan and inf": nonfinite,
    "wrapping": wrapping,
    "blocks": blocks,
    "summaries": summaries,
    "empty": empties,
    "dtype suffix": suffixes,
    "half floats": halves,
    "integers": integers,
    "booleans": booleans,
}


# tensor: what making tensors and views of them says about mistakes


def tensor_errors(_):
    for expression in (
        # Ragged lists
        "torch.tensor([[1., 2.], [3.]])",
        "torch.tensor([[1.], [2., 3.]])",
        "torch.tensor([[1.], []])",
        "torch.tensor([[[1.], [2.]], [[3.]]])",
        "torch.tensor([[[1., 2.], [3., 4.]], [[5., 6.], [7.]]])",
        "torch.tensor([[1.], 2.])",
        "torch.tensor([1., [2.]])",
        "torch.tensor([1., 'a'])",
        "torch.tensor(['a'])",
        "torch.tensor('a')",
        "torch.tensor(None)",
        "torch.tensor([None])",
        "torch.tensor({})",
        # Views
        "torch.ones(6).view(4, 2)",
        "torch.ones(6).view(5)",
        "torch.ones(6).view(0)",
        "torch.ones(6).view(())",
        "torch.ones(0).view(1)",
        "torch.ones(2, 3).view(-1, 4)",
        "torch.ones(2, 3).view(-1, -1)",
        "torch.ones(2, 3).view(-1, -1, 6)",
        "torch.ones(2, 3).view(-2, 3)",
        "torch.ones(2, 3).view(3, -2)",
        "torch.ones(2, 3).view(0, -1)",
        "torch.ones(0, 3).view(0, -1)",
        "torch.ones(0, 3).view(-1, 0)",
        "torch.ones(2, 3).t().view(6)",
        "torch.ones(2, 3).t().view(-1)",
        "torch.ones(4, 4)[:, 1:3].view(8)",
        # Dims that there are not
        "torch.ones(2, 3).unsqueeze(3)",
        "torch.ones(2, 3).unsqueeze(-4)",
        "torch.ones(()).unsqueeze(1)",
        "torch.ones(()).unsqueeze(-2)",
        "torch.ones(2, 3).transpose(0, 2)",
        "torch.ones(2, 3).transpose(-3, 0)",
        "torch.ones(2, 3).transpose(5, 7)",
        "torch.ones(3).transpose(0, 1)",
        "torch.ones(()).transpose(0, 1)",
        "torch.ones(2, 3).size(2)",
        "torch.ones(2, 3).size(-3)",
        "torch.ones(3).size(1)",
        "torch.ones(()).size(0)",
        "torch.ones(()).size(-1)",
        "torch.ones(()).size(1)",
        # More numbers than one, or none
        "torch.ones(2).item()",
        "torch.ones(2, 3).item()",
        "torch.ones(0).item()",
        "torch.ones(0, 3).item()",
    ):
        outcome = answer(lambda: eval(expression))
        assert isinstance(outcome, dict), expression  # a tensor: no mistake
        yield {"expression": expression, **outcome}


# The document

SECTIONS = {
    "similarity": similarity,
    "distance": distances,
    "attention": attention,
    "printing": printing,
    "tensor": tensor_errors,
}


def main(seed):
    torch.set_num_threads(1)  # how many add up must not show in the last digit
    warnings.simplefilter("ignore")  # 0/0 is asked for
    np.seterr(all="ignore")

    versions = {"torch": torch.__version__, "scipy": scipy.__version__, "numpy": np.__version__, "seed": seed}
    print('{\n"versions": ' + json.dumps(versions), end="")
    for name, section in SECTIONS.items():
        # Each has its own random numbers, so that a new case in one leaves the others as they were.
        rng = random.Random(f"{name} {seed}")
        lines = [json.dumps(case, allow_nan=False, separators=(",", ":")) for case in section(rng)]
        print(f',\n"{name}": [\n' + ",\n".join(lines) + "\n]", end="")
    print("\n}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
