"""The answers of PyTorch, SciPy and NumPy, for the tests to compare with.

    python3 tests/golden/generate.py [seed] > tests/golden/golden.json

The output is one JSON document of sections. A section is a list of cases, one per line, so that a diff shows which
answers changed. SECTIONS names the generators that yield them. The same seed gives the same questions; another seed
changes every random number.

Numbers are exact. What JSON or JavaScript's JSON.parse would lose is a string: "nan", "inf", "-inf", "-0", and integers
above 2^53. A complex number is a pair. A tensor is {dtype, shape, data} in row-major order. A view is {dtype, shape,
strides, offset, data}, where data is its whole storage. Long data is given by a rule instead, see by_rule. What a case
leaves out has its default. If the answer is an exception, the case has its text as `error` and its class as `kind`.

A result comes with `exact`: the definition, computed with 60 digits from the same operands, in the order of the
result's data. The generator fails if the two differ by more than rounding, except in `differences`, the cases in which
cosdim follows the definition and PyTorch does not.
"""

import decimal
import itertools
import json
import math
import random
import sys
import warnings
from decimal import Decimal

import numpy as np
import scipy
import torch
import torch.nn.functional as F
from scipy.spatial import distance

HALF, FLOAT, DOUBLE = torch.float16, torch.float32, torch.float64
FLOATS = (FLOAT, DOUBLE)
ALL_FLOATS = (HALF, FLOAT, DOUBLE)
INTEGERS = ("uint8", "int8", "int16", "uint16", "int32", "uint32", "int64", "uint64")
NAN, INF = math.nan, math.inf

UNIT = {HALF: 2**-11, FLOAT: 2**-24, DOUBLE: 2**-53}  # the relative error of one rounding, at most

decimal.getcontext().prec = 60


# Writing answers down


def plain(value):
    """Numbers, or lists of them, as JSON can hold them without loss."""
    if isinstance(value, (list, tuple)):
        return [plain(element) for element in value]
    if isinstance(value, complex):
        return [plain(value.real), plain(value.imag)]
    if isinstance(value, int):  # also bool
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
    if hasattr(x, "rule"):
        return {**head, "rule": x.rule}
    stored = x.untyped_storage().nbytes() // x.element_size()
    if x.is_contiguous() and stored == x.numel():
        return {**head, "data": plain(x.flatten().tolist())}
    storage = x.as_strided((stored,), (1,), 0)
    return {**head, "strides": list(x.stride()), "offset": x.storage_offset(), "data": plain(storage.tolist())}


def answer(call):
    """What a call returns, or its exception."""
    try:
        return call()
    except Exception as error:
        return {"error": str(error), "kind": type(error).__name__}


# Making inputs


def sixteenths(rng, *shape, dtype=FLOAT):
    """Random multiples of 1/16 up to 2: exact in any dtype, and short. None is 0, so no vector is zero."""
    data = [rng.choice((-1, 1)) * rng.randint(1, 32) / 16 for _ in range(math.prod(shape))]
    return torch.tensor(data, dtype=dtype).view(shape)


def by_rule(seed, *shape, dtype=FLOAT, scale=2, shift=-1):
    """Numbers between shift and shift + scale that a reader of the JSON can reproduce.

    Element i is shift + scale * (state[i] / 2^32), computed in float64, then cast to the dtype (integers truncate),
    where state[i] = (1664525 * state[i - 1] + 1013904223) mod 2^32, and state[-1] is the seed.
    """
    state, data = seed, []
    for _ in range(math.prod(shape)):
        state = (1664525 * state + 1013904223) % 2**32
        data.append(shift + scale * (state / 2**32))
    x = torch.tensor(data, dtype=DOUBLE).to(dtype).view(shape)
    x.rule = {"kind": "lcg", "seed": seed, "n": len(data), "scale": scale, "shift": shift}
    return x


def is_plain_half(x):
    """Whether halves by rule do not depend on how they are rounded, and none is subnormal: its norm has few digits."""
    data = np.array(by_rule(x.rule["seed"], *x.shape, dtype=DOUBLE, scale=x.rule["scale"], shift=x.rule["shift"]))
    # PyTorch rounds a float64 to float32 first; NumPy does not.
    return np.array_equal(data.astype(np.float16), x.numpy()) and bool(x.abs().min() >= 2**-14)


def random_by_rule(rng, *shape, dtype=FLOAT, scale=2, shift=-1):
    while True:
        x = by_rule(rng.randrange(10**6), *shape, dtype=dtype, scale=scale, shift=shift)
        if dtype != HALF or is_plain_half(x):
            return x


def some(rng, *shape, dtype=FLOAT):
    """Random numbers, in whichever form is shorter in JSON."""
    return (sixteenths if math.prod(shape) <= 40 else random_by_rule)(rng, *shape, dtype=dtype)


def some_of_any(rng, dtype, *shape):
    """Random numbers of any dtype, none of them 0. Of booleans only the first is always True."""
    if dtype.is_floating_point or dtype.is_complex:
        return sixteenths(rng, *shape, dtype=dtype)
    count = math.prod(shape)
    if dtype == torch.bool:
        return torch.tensor([True, *(rng.random() < 0.5 for _ in range(count - 1))]).view(shape)
    signs = (-1, 1) if dtype.is_signed else (1,)
    return torch.tensor([rng.choice(signs) * rng.randint(1, 99) for _ in range(count)], dtype=dtype).view(shape)


def scaled(rng, exponents, dtype):
    """A vector of random numbers with all their digits, one for each exponent."""
    data = [rng.choice((-1, 1)) * rng.uniform(1, 1.99) * 2.0**exponent for exponent in exponents]
    return torch.tensor(data, dtype=FLOAT if dtype == HALF else dtype).to(dtype)


def sub_shapes(common):
    """Every shape that broadcasts to the common one: without leading dims, and with any other size 1."""
    for start in range(len(common) + 1):
        yield from itertools.product(*((1, size) for size in common[start:]))


# The definition, with 60 digits


def whole_numbers(vector):
    """A vector as integers and their unit: x[i] = integers[i] * unit."""
    ratios = [x.as_integer_ratio() for x in vector]
    divisor = max(denominator for _, denominator in ratios)  # powers of two
    return [numerator * (divisor // denominator) for numerator, denominator in ratios], 1 / Decimal(divisor)


def exact_cosine(u, v, eps):
    """sum(u * v) / (max(norm(u), eps) * max(norm(v), eps)) for two lists of floats, as a Decimal."""
    if not all(map(math.isfinite, itertools.chain(u, v))):
        return Decimal("nan")
    if not u:
        return Decimal(0)
    (u, unit1), (v, unit2) = whole_numbers(u), whole_numbers(v)
    dot = Decimal(sum(map(int.__mul__, u, v))) * unit1 * unit2
    norm1 = max(Decimal(sum(n * n for n in u)).sqrt() * unit1, Decimal(eps))
    norm2 = max(Decimal(sum(n * n for n in v)).sqrt() * unit2, Decimal(eps))
    return dot / norm1 / norm2 if norm1 and norm2 else Decimal("nan")


def cast_integers(x1, x2):
    """The operands that PyTorch computes with: it casts integers, and only integers, to the common dtype."""
    common = torch.result_type(x1, x2)
    return [x if x.is_floating_point() else x.to(common) for x in (x1, x2)]


def exact_similarities(x1, x2, dim=1, eps=1e-8):
    """The exact value of each element of the result, for two tensors of floats."""

    def vectors(x):
        return x.double().movedim(dim, -1).unsqueeze(0).flatten(0, -2).tolist() if x.dim() else [[x.item()]]

    pairs = zip(*map(vectors, torch.broadcast_tensors(x1, x2)))
    return [float(exact_cosine(u, v, eps)) for u, v in pairs]


def agree(values, exact, unit, length):
    """Whether values are right up to the rounding of sums of that length."""
    tolerance = unit * (6 + math.sqrt(length) / 8)  # about three times what is observed
    if unit == UNIT[HALF]:
        tolerance += length * 2**-24  # smaller products underflow
    return all(a == b or abs(a - b) <= tolerance or (a != a and b != b) for a, b in zip(values, exact, strict=True))


# similarity: torch.nn.functional.cosine_similarity


def similarity(rng):
    for part in (
        tutorial,
        ranks,
        dtype_pairs,
        mixed_dtypes,
        integer_values,
        half_values,
        broadcasting,
        broadcasting_of_higher_ranks,
        lengths,
        widths,
        long_vectors,
        empty,
        clamped,
        magnitudes,
        views,
        special,
        casts,
        own_tests_of_pytorch,
        reported_to_pytorch,
        similarity_errors,
    ):
        for x1, x2, options in part(rng):
            yield similarity_case(x1, x2, options)


def similarity_case(x1, x2, options):
    case = question(x1, x2, options)
    result, exact, right = answers(x1, x2, options)
    if exact is None:
        return case | result
    if not right:
        raise AssertionError(f"one for differences: {case} {result} {exact}")
    return case | {"result": result, "exact": plain(exact)}


def question(x1, x2, options):
    shown = {name: dtype_name(value) if name == "cast" else plain(value) for name, value in options.items()}
    return {"x1": tensor(x1), "x2": tensor(x2)} | shown


def answers(x1, x2, options):
    """PyTorch's answer, the exact values, and whether the two agree; or an exception, None, None."""
    options = dict(options)
    if "cast" in options:
        cast = options.pop("cast")
        x1, x2 = x1.to(cast), x2.to(cast)
    result = answer(lambda: F.cosine_similarity(x1, x2, **options))
    if isinstance(result, dict):
        return result, None, None
    x1, x2 = cast_integers(x1, x2)
    exact = exact_similarities(x1, x2, **options)
    # PyTorch rounds the norm of an operand to its own dtype, even if the result has the wider one.
    unit = max(UNIT[x1.dtype], UNIT[x2.dtype])
    length = max(x.numel() for x in (x1, x2)) // max(result.numel(), 1)
    return tensor(result), exact, agree(result.flatten().tolist(), exact, unit, length)


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
    """Ranks 0 to 6, along every dim, in every floating dtype."""
    turns = itertools.cycle(ALL_FLOATS)
    for rank in range(7):
        shape = (2, 3, 2, 1, 3, 2)[:rank]
        for dim in range(-max(rank, 1), max(rank, 1)):
            for _ in range(3 if rank < 3 else 1):
                dtype = next(turns)
                yield some(rng, *shape, dtype=dtype), some(rng, *shape, dtype=dtype), {"dim": dim}


DTYPES = (
    *(HALF, FLOAT, DOUBLE, torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64),
    *(torch.bool, torch.uint16, torch.uint32, torch.uint64, torch.complex64),
)


def dtype_pairs(rng):
    """Every dtype with every other, as vectors and as single numbers, which rank lower in type promotion."""
    for dtype1, dtype2 in itertools.product(DTYPES, repeat=2):
        for shape1, shape2 in (((3,), (3,)), ((), (3,)), ((3,), ()), ((), ())):
            yield some_of_any(rng, dtype1, *shape1), some_of_any(rng, dtype2, *shape2), {"dim": 0}


def mixed_dtypes(rng):
    """One floating dtype with another, also 0-d: the result has the wider one, but only the digits of the narrower."""
    for shape1, shape2 in (
        ((), ()),
        ((), (3,)),
        ((3,), ()),
        ((2, 3), (2, 3)),
        ((2, 3), (3,)),
        ((3,), (2, 3)),
        ((), (2, 3)),
        ((70,), (70,)),
        ((), (70,)),
    ):
        for dtype1, dtype2 in itertools.product(ALL_FLOATS, repeat=2):
            yield some(rng, *shape1, dtype=dtype1), some(rng, *shape2, dtype=dtype2), {"dim": -1}


def integer_values(rng):
    """Integers of all sizes with floats: they are rounded to the floats' dtype, with halves up to infinity."""

    def values(name):
        low, high = int(np.iinfo(name).min), int(np.iinfo(name).max)
        yield [low, high, 1]
        yield [rng.randint(low, high) for _ in range(3)]
        yield [rng.randint(low, high) >> 1, 1, high >> 1]
        if high >= 2**31:
            yield [2**24 + 1, 2**25 + 3, 3]  # not exact in float32
        if high >= 2**63 - 1:
            yield [2**53 + 1, 2**53 + 3, 2**54 + 6]  # not exact in float64
            # Rounding it to float64 first would put it halfway between two float32.
            yield [2**62 + 2**38 + 1, 2**62, 2**61 + 1]
        if low < 0:
            yield [low, -1, low + 1]
            yield [-5, high, 0]

    for name, dtype in itertools.product(INTEGERS, ALL_FLOATS):
        for data in values(name):
            # The square of 2^64 overflows float32, a norm of 65520 overflows a half: see differences.
            if (dtype == FLOAT and max(data) >= 2**63) or (dtype == HALF and max(data) < 65520 <= math.hypot(*data)):
                data = [n >> 1 for n in data]
            whole = torch.tensor(data, dtype=getattr(torch, name))
            yield whole, sixteenths(rng, 3, dtype=dtype), {"dim": 0}
            yield sixteenths(rng, dtype=dtype), whole, {"dim": 0}
        # A single integer with floats
        yield torch.tensor(data[0], dtype=getattr(torch, name)), sixteenths(rng, 3, dtype=dtype), {"dim": 0}
    for name, dtype in itertools.product(INTEGERS, ALL_FLOATS):
        scale = {"shift": -100, "scale": 200} if name[0] == "i" else {"shift": 0, "scale": 200}
        whole = random_by_rule(rng, 2, 70, dtype=getattr(torch, name), **scale)
        for dim in (0, 1):
            yield whole, random_by_rule(rng, 2, 70, dtype=dtype), {"dim": dim}
            yield random_by_rule(rng, 70, dtype=dtype), whole, {"dim": dim}


def half_values(rng):
    """Halves of all magnitudes, with halves and with the other floats."""
    for exponent in range(-13, 15):
        for dtype in ALL_FLOATS:
            x1, x2 = scaled(rng, [exponent] * 3, HALF), scaled(rng, [rng.randint(-13, 14)] * 3, dtype)
            yield x1, x2, {"dim": 0, "eps": rng.choice((0, 1e-8, 1e-3, 0.5, 100))}
            yield x2, x1, {"dim": 0}
    largest, tiniest, subnormal = 65504.0, 2.0**-24, 1023 * 2.0**-24
    for data in (
        [largest, 0, 1],
        [-largest, tiniest, 2],
        [tiniest, 1, -1],
        [subnormal, 0.25, tiniest],
        [1000 * tiniest, 0.001, -subnormal],
        [2.0**-14, subnormal, 2.0**-14],
        [-0.0, 0.0, 1],
        [0.1, 0.2, 0.3],
        [0.333, -0.667, 0.999],
    ):
        for dtype in ALL_FLOATS:
            yield torch.tensor(data, dtype=HALF), sixteenths(rng, 3, dtype=dtype), {"dim": 0}
            yield sixteenths(rng, 3, dtype=dtype), torch.tensor(data, dtype=HALF), {"dim": 0, "eps": 1e-3}
    for data in ([tiniest] * 3, [0, 5 * tiniest, -subnormal], [0, 0, 0]):  # below eps
        for dtype in ALL_FLOATS:
            for eps in (1e-3, 0.5, 10):
                yield torch.tensor(data, dtype=HALF), sixteenths(rng, 3, dtype=dtype), {"dim": 0, "eps": eps}
    for value in (largest, -tiniest, 1, NAN, INF, -INF):
        yield torch.tensor(value, dtype=HALF), sixteenths(rng, dtype=HALF), {"dim": 0}
        yield torch.tensor([value, 1], dtype=HALF), sixteenths(rng, 3, 2, dtype=HALF), {}


def broadcasting(rng):
    """All pairs of shapes that broadcast to a common one, in which dim counts; also along the reduced dim."""
    for common in ((3,), (2, 3), (2, 3, 2)):
        for shape1, shape2 in itertools.product(sub_shapes(common), repeat=2):
            rank = max(len(shape1), len(shape2))
            if rank < len(common) and len(common) > 2:
                continue  # the smaller common shapes have these
            for dim in range(max(rank, 1)):
                yield sixteenths(rng, *shape1), sixteenths(rng, *shape2), {"dim": dim}
    # All pairs of rows, and one row against many
    for shape1, shape2, dim in (
        ((3, 1, 4), (1, 2, 4), 2),
        ((1, 5), (3, 5), 1),
        ((5,), (3, 5), -1),
        ((4, 1), (4, 3), 0),
        ((3, 1, 33), (1, 2, 33), 2),
        ((1, 40), (9, 40), 1),
        ((40, 1), (40, 9), 0),
        ((1, 9), (40, 9), 0),
        ((40, 1), (1, 9), 0),
        ((40, 1), (1, 9), 1),
    ):
        for dtype in ALL_FLOATS:
            yield some(rng, *shape1, dtype=dtype), some(rng, *shape2, dtype=dtype), {"dim": dim}


def broadcasting_of_higher_ranks(rng):
    for rank in (4, 5, 6):
        for _ in range(24):
            common = [rng.choice((1, 2, 2, 3)) for _ in range(rank)]
            missing = rng.choice((0, 0, 1, rng.randint(0, rank)))  # leading dims that one operand lacks
            shape1 = [size if rng.random() < 0.7 else 1 for size in common]
            shape2 = [size if rng.random() < 0.7 else 1 for size in common[missing:]]
            x1, x2 = (some(rng, *shape, dtype=rng.choice(ALL_FLOATS)) for shape in (shape1, shape2))
            options = {"dim": rng.randrange(-rank, rank)}
            yield (x1, x2, options) if rng.random() < 0.5 else (x2, x1, options)


def lengths(rng):
    """Every length of the reduced dim up to 260, as columns and as rows: kernels change their method in this range."""
    for length in range(1, 261):
        # Lengths near a multiple of 16 in every dtype, the others in float32
        dtypes = ALL_FLOATS if min(length % 16, -length % 16) <= 1 or length < 16 else (FLOAT,)
        for dim, dtype in itertools.product((0, 1), dtypes):
            width = rng.choice((1, 2, 3, 5))
            shape = (length, width) if dim == 0 else (width, length)
            yield some(rng, *shape, dtype=dtype), some(rng, *shape, dtype=dtype), {"dim": dim}


def widths(rng):
    """Sizes of the kept dim."""
    for width in (1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 65):
        for dim, dtype in itertools.product((0, 1), ALL_FLOATS if width < 18 else (FLOAT,)):
            shape = (5, width) if dim == 0 else (width, 5)
            yield some(rng, *shape, dtype=dtype), some(rng, *shape, dtype=dtype), {"dim": dim}


def long_vectors(rng):
    for length in (768, 1000, 1023, 1025, 1536, 2048, 3000, 4095, 4097, 5000):
        for dim, dtype in itertools.product((0, 1), ALL_FLOATS):
            shape = (length, 2) if dim == 0 else (2, length)
            yield random_by_rule(rng, *shape, dtype=dtype), random_by_rule(rng, *shape, dtype=dtype), {"dim": dim}
        # All positive, so that sums only grow; and nearly parallel
        positive = random_by_rule(rng, length, scale=1, shift=0)
        yield positive, random_by_rule(rng, length, scale=3, shift=0, dtype=rng.choice(ALL_FLOATS)), {"dim": 0}
        yield positive, random_by_rule(rng, length, scale=0.001, shift=5), {"dim": 0}


def empty(_):
    """An empty reduced dim gives zeros, an empty kept dim an empty result."""
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
    """Each norm is clamped separately. A zero vector gives 0, with eps = 0 NaN."""
    x1, x2 = sixteenths(rng, 3, 4), sixteenths(rng, 3, 4)
    x1[1] = 0
    tiny = x1 * 2**-12
    for eps in (0, 1e-8, 1e-3, 0.5, 3.0, 100, 1e6):  # below, between and above the norms
        for dim, dtype in itertools.product((0, 1), FLOATS):
            yield x1.to(dtype), x2.to(dtype), {"dim": dim, "eps": eps}
        yield tiny, x2, {"eps": eps}
        yield x2, tiny.double(), {"eps": eps}
        yield torch.zeros(2, 3), torch.zeros(2, 3), {"eps": eps}
    yield torch.zeros(3), torch.ones(3), {"dim": 0}
    yield torch.ones(3), torch.zeros(3), {"dim": 0, "eps": 0}
    for eps in (0, 1e-3, 0.5, 3.0, 100, 1e4):
        yield x1.to(HALF), x2.to(HALF), {"eps": eps}
        yield x1.to(HALF), x2, {"dim": 0, "eps": eps}
    for eps in (1e-30, 1e-300, 5e-324, 1e10, 1e30, 1e300, INF):
        yield sixteenths(rng, 2, 3, dtype=DOUBLE), sixteenths(rng, 2, 3, dtype=DOUBLE), {"eps": eps}
        yield torch.zeros(2, 3, dtype=DOUBLE), sixteenths(rng, 2, 3, dtype=DOUBLE), {"eps": eps}
    for eps in (1e-30, 1e-45, 1e10, 1e30, INF):
        yield sixteenths(rng, 2, 3), sixteenths(rng, 2, 3), {"eps": eps}
        yield torch.zeros(2, 3), sixteenths(rng, 2, 3), {"eps": eps}


def magnitudes(rng):
    """Huge, tiny and mixed numbers whose squares PyTorch can sum. The others are among the differences."""
    for dtype, furthest in ((FLOAT, 50), (DOUBLE, 480)):
        for _ in range(24):
            exponent1, exponent2 = (rng.randint(-furthest, furthest) for _ in range(2))
            yield scaled(rng, [exponent1] * 4, dtype), scaled(rng, [exponent2] * 4, dtype), {"dim": 0, "eps": 0}
            exponents = [[rng.randint(-furthest, furthest) for _ in range(4)] for _ in range(2)]
            yield scaled(rng, exponents[0], dtype), scaled(rng, exponents[1], dtype), {"dim": 0, "eps": 0}
            yield scaled(rng, exponents[0], dtype), scaled(rng, exponents[0], dtype), {"dim": 0}
    tiny = {FLOAT: (1e-30, 1e-38, 1e-45), DOUBLE: (1e-30, 1e-200, 1e-308, 5e-324)}
    large = {FLOAT: (1e15, 1e18), DOUBLE: (1e15, 1e18, 1e100, 1e153)}
    for dtype in FLOATS:
        for value in tiny[dtype]:
            x = torch.tensor([value, -value, 3 * value], dtype=dtype)
            yield x, x.flip(0), {"dim": 0}  # far below eps: the result is 0 or almost 0
            yield x, sixteenths(rng, 3, dtype=dtype), {"dim": 0}
            yield torch.tensor([value, 1, value], dtype=dtype), sixteenths(rng, 3, dtype=dtype), {"dim": 0, "eps": 0}
            yield torch.tensor(value, dtype=dtype), sixteenths(rng, dtype=dtype), {"dim": 0}
            for other in large[dtype]:
                yield torch.tensor([value, other], dtype=dtype), torch.tensor([other, value], dtype=dtype), {"dim": 0}
                x = torch.tensor([value, 1, other], dtype=dtype)
                yield x, sixteenths(rng, 3, dtype=dtype), {"dim": 0, "eps": 0}
        for value, other in itertools.product(large[dtype], repeat=2):
            yield torch.tensor([value, other], dtype=dtype), torch.tensor([other, -other / 3], dtype=dtype), {"dim": 0}
    yield torch.tensor([1e19, 1e19]), torch.tensor([1e19, 1e19]), {"dim": 0}
    yield torch.tensor([1e19, 5.0]), torch.tensor([-1e-19, 1e19]), {"dim": 0, "eps": 0}
    # Along a dim of size 1 the norm is the absolute value, at any magnitude.
    for x1, x2 in (([3.4e38], [-1e-45]), ([[1e-40], [1e30]], [[-1e-45], [-1e-30]])):
        yield torch.tensor(x1), torch.tensor(x2), {"dim": -1, "eps": 0}
        yield torch.tensor(x1), torch.tensor(x2, dtype=DOUBLE), {"dim": -1, "eps": 0}
        yield torch.tensor(x1, dtype=DOUBLE) ** 7, torch.tensor(x2), {"dim": -1, "eps": 0}
    # One tensor whose rows differ greatly in magnitude
    x = torch.tensor([[1e15, 2e15, -1e15], [1e-15, 3e-15, 2e-15], [1.0, 2.0, 4.0], [1e-30, 1.0, 1e15]])
    for dtype in FLOATS:
        for dim, eps in itertools.product((0, 1), (0, 1e-8, 1e-3)):
            yield x.to(dtype), sixteenths(rng, 4, 3, dtype=dtype), {"dim": dim, "eps": eps}


def views(rng):
    """Strided views: transposed, permuted, every second element, with an offset, expanded, overlapping."""
    for dtype in ALL_FLOATS:

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
    """NaN or an infinity in a vector gives NaN for this vector only."""
    for value, dtype in itertools.product((NAN, INF, -INF), ALL_FLOATS):
        x1 = torch.tensor([[1.0, 2.0, -3.0], [4.0, value, 6.0]], dtype=dtype)
        x2 = torch.tensor([[2.0, 0.5, 1.0], [1.0, -1.0, 2.0]], dtype=dtype)
        for dim in (0, 1):
            yield x1, x2, {"dim": dim}
            yield x2, x1, {"dim": dim, "eps": 0}
    both = torch.tensor([[INF, 1.0], [NAN, 2.0], [0.0, 0.0]])
    yield both, both.flip(1), {}
    yield both, torch.zeros(3, 2), {}
    yield torch.tensor([-0.0, 0.0]), torch.tensor([1.0, -1.0]), {"dim": 0}
    yield torch.tensor([-0.0, 2.0]), torch.tensor([1.0, -0.0]), {"dim": 0}
    for value in (NAN, INF, -INF):
        yield torch.tensor(value), torch.tensor(1.0), {"dim": 0}
        yield torch.tensor(value, dtype=DOUBLE), torch.tensor([1, 2, 3]), {"dim": 0}
        yield torch.tensor([value, 0.0]), torch.zeros(2), {"dim": 0, "eps": 100}
        yield torch.tensor([value, 0.0]), torch.tensor([0.0, 1.0]), {"dim": 0, "eps": INF}
    # Opposite, orthogonal and parallel vectors have whole cosines.
    axes = torch.tensor([[3.0, 0.0], [0.0, 2.0], [-5.0, 0.0], [0.0, -1.0]])
    yield axes[:, None].clone(), axes[None].clone(), {"dim": 2}


def casts(rng):
    """`cast` is the dtype to which both operands are cast first."""

    def whole(low, high, *shape, dtype):
        return torch.tensor([rng.randint(low, high) for _ in range(math.prod(shape))], dtype=dtype).view(shape)

    int8, uint8, int16, int32, int64 = torch.int8, torch.uint8, torch.int16, torch.int32, torch.int64
    for cast in ALL_FLOATS:
        yield whole(-128, 127, 8, dtype=int8), whole(-128, 127, 8, dtype=int8), {"dim": 0, "cast": cast}
        yield whole(0, 255, 3, 4, dtype=uint8), whole(-128, 127, 4, dtype=int8), {"cast": cast}
        yield torch.tensor([True, False, True]), torch.tensor([True, True, False]), {"dim": 0, "cast": cast}
        yield torch.tensor([True, False, True]), whole(-9, 9, 3, dtype=int32), {"dim": 0, "cast": cast, "eps": 1e-3}
        yield sixteenths(rng, 2, 3), sixteenths(rng, 2, 3, dtype=DOUBLE), {"dim": 0, "cast": cast}
        yield sixteenths(rng, 3, dtype=HALF), sixteenths(rng, dtype=DOUBLE), {"dim": 0, "cast": cast}
        yield torch.tensor(-7, dtype=int8), torch.tensor(100, dtype=uint8), {"dim": 0, "cast": cast}
        x1 = random_by_rule(rng, 3, 768, dtype=int8, scale=255, shift=-127.5)
        yield x1, random_by_rule(rng, 768, dtype=int8, scale=255, shift=-127.5), {"cast": cast}
        x1 = random_by_rule(rng, 70, 2, dtype=uint8, scale=256, shift=0)
        yield x1, random_by_rule(rng, 70, 2, dtype=int16, scale=2000, shift=-1000), {"dim": 0, "cast": cast}
        yield random_by_rule(rng, 2, 100), random_by_rule(rng, 2, 100), {"cast": cast}
        yield random_by_rule(rng, 100, 2, dtype=HALF), random_by_rule(rng, 100, 2), {"dim": 0, "cast": cast}
        yield torch.zeros(0, dtype=int8), torch.zeros(0, dtype=int64), {"dim": 0, "cast": cast}
        # Casting keeps the strides out of the result.
        yield whole(1, 9, 4, 3, dtype=int8).t(), whole(1, 9, 3, 8, dtype=uint8)[:, ::2], {"cast": cast}
    for cast in FLOATS:
        yield random_by_rule(rng, 2, 100, dtype=DOUBLE), random_by_rule(rng, 2, 100, dtype=DOUBLE), {"cast": cast}
        yield whole(-(2**40), 2**40, 4, dtype=int64), whole(-(2**62), 2**62, 4, dtype=int64), {"dim": 0, "cast": cast}
        yield torch.tensor([2**53 + 1, -(2**63), 3]), torch.tensor([1, 2**62, -1]), {"dim": 0, "cast": cast}
        x1, x2 = whole(0, 2**63, 3, dtype=torch.uint64), whole(0, 2**32 - 1, 3, dtype=torch.uint32)
        yield x1, x2, {"dim": 0, "cast": cast}
        yield torch.tensor([2**24 + 1, -(2**31)], dtype=int32), torch.tensor([3.0, 1.0]), {"dim": 0, "cast": cast}
    # Numbers that overflow the dtype become infinite; those that underflow become 0.
    yield torch.tensor([1e5, 1.0], dtype=DOUBLE), torch.tensor([1.0, 2.0], dtype=DOUBLE), {"dim": 0, "cast": HALF}
    yield torch.tensor([65519.0, 1.0]), torch.tensor([1.0, 2.0]), {"dim": 0, "cast": HALF}
    yield torch.tensor([65520.0, 1.0]), torch.tensor([1.0, 2.0]), {"dim": 0, "cast": HALF}
    yield torch.tensor([70000, 1], dtype=int32), torch.tensor([1, 2], dtype=int8), {"dim": 0, "cast": HALF}
    yield torch.tensor([1e-9, 1.0], dtype=DOUBLE), torch.tensor([1.0, 1e-9], dtype=DOUBLE), {"dim": 0, "cast": HALF}
    yield torch.tensor([1e39, 1.0], dtype=DOUBLE), torch.tensor([1.0, 2.0]), {"dim": 0, "cast": FLOAT}
    yield torch.tensor([1e-50, 0.0], dtype=DOUBLE), torch.tensor([1.0, 2.0]), {"dim": 0, "cast": FLOAT}
    yield torch.tensor([NAN, 1.0], dtype=DOUBLE), torch.tensor([1.0, INF]), {"dim": 0, "cast": HALF}
    # Dtypes for which PyTorch has no cosine
    for cast in (int8, uint8, int64, torch.bool):
        yield sixteenths(rng, 3), sixteenths(rng, 3), {"dim": 0, "cast": cast}
    # The cast comes before eps, shapes and dim.
    yield torch.ones(3), torch.ones(4), {"dim": 7, "eps": -1, "cast": int32}
    yield torch.ones(3, dtype=int8), torch.ones(3, dtype=int8), {"dim": 0, "eps": -1, "cast": FLOAT}
    yield torch.ones(3, dtype=int8), torch.ones(4, dtype=int8), {"dim": 0, "cast": FLOAT}
    yield torch.ones(3, dtype=int8), torch.ones(3, dtype=int8), {"cast": FLOAT}


def own_tests_of_pytorch(rng):
    """The sample inputs of PyTorch's OpInfo, and its test_nn.py's test_cosine_similarity."""
    for dtype in ALL_FLOATS:

        def sample(*shape):
            return random_by_rule(rng, *shape, dtype=dtype, scale=18, shift=-9)

        yield sample(5, 5), sample(5, 5), {"dim": 1}
        yield sample(5, 2), sample(5, 2), {"dim": -1}
        yield sample(5), sample(5), {"dim": 0, "eps": 0.5}
        yield sample(), sample(), {"dim": 0}
        yield sample(5, 5, 10), sample(5, 5, 10), {"dim": 2}
        yield sample(5, 5), sample(5, 5), {}
        yield sample(1, 2, 3), sample(2, 1, 3), {"dim": -1}
        yield sample(1, 2, 3), sample(2, 1, 3), {"dim": -2}
        yield sample(2, 3), sample(2, 1, 3), {"dim": -1}
        yield sample(1, 3, 2, 1), sample(1, 3, 2, 1), {"dim": 1}
    yield random_by_rule(rng, 10), torch.zeros(10), {"dim": 0}
    yield torch.zeros(10), random_by_rule(rng, 10), {"dim": 0}
    yield torch.tensor(12, dtype=torch.int8), torch.tensor(12.0), {"dim": -1}
    yield torch.ones(2, 3), torch.ones(1, 1), {}
    yield torch.ones(2, 3), torch.ones(1), {}


def reported_to_pytorch(_):
    """Inputs from issues that are fixed by now. The others are among the differences."""
    # 61454: int8 with a float
    x = torch.tensor([47.8993, -27.2694, 20.9548, -13.5573, -54.0388, -76.8524, -7.4037, -95.7477, 108.9276, -44.5625])
    for dtype in (torch.int8, torch.int16, FLOAT):
        yield x.to(dtype), x, {"dim": -1}
    for value in (12, 10):
        yield torch.tensor(value, dtype=torch.int8), torch.tensor(10.0), {"dim": -1}
    # 109333: broadcasting along the reduced dim; dim is out of range for one operand
    for shape in ((1, 1), (1,), (3,), ()):
        yield torch.ones(2, 3), torch.ones(shape), {}
        yield torch.ones(shape), torch.ones(2, 3), {}
    # 55273: dim counts in the common shape
    x1, x2 = torch.arange(1.0, 5).view(2, 2, 1), torch.arange(1.0, 7).view(2, 1, 3)
    for dim in range(3):
        yield x1, x2, {"dim": dim}
        yield x1.expand(2, 2, 3).clone(), x2.expand(2, 2, 3).clone(), {"dim": dim}
    # 115786: the second norm is just below 1e-8
    x1 = torch.tensor([2606.66824394, 2477.72226966, 3251.84008903], dtype=DOUBLE)
    x2 = torch.tensor([3.46822161e-09, 1.82536693e-09, 8.35245752e-09], dtype=DOUBLE)
    for eps in (1e-8, 0):
        yield x1, x2, {"dim": 0, "eps": eps}
        yield x1.float(), x2.float(), {"dim": 0, "eps": eps}
    # 74724: sizes that differ in a kept dim
    yield torch.ones(2, 3, 9, 4), torch.ones(2, 3, 4, 4), {}
    # 45309: a negative cosine
    x1 = [1.0761, 0.5506, 0.1808, -0.1537, 0.6544, -0.1115, 0.3097, -1.0536, -0.9395, -0.5482]
    x2 = [0.1226, 0.1939, 0.4267, 0.4908, 0.3608, 0.0829, 0.8254, 0.7406, 0.7263, 0.2091]
    yield torch.tensor([x1]), torch.tensor([x2]), {"dim": -1}
    # 78064: two vectors that differ only in the last digits of some elements
    x1 = [0.016965, 0, 0.015725, 0, 0.0097518, 0.0041566, 0.0028437, 0.0012394, 0, 0.044327, 0.066013, 0.023693]
    x1 += [0.012146, 0.009439, 0, 0.024374, 0, 0, 0.0009963, 0.0082091, 8.6477e-05, 0, 0.012825, 0]
    x2 = [0.016965, 0, 0.015725, 0, 0.0097522, 0.0041569, 0.0028436, 0.0012394, 0, 0.044329, 0.066014, 0.023694]
    x2 += [0.012146, 0.009439, 0, 0.024375, 0, 0, 0.00099659, 0.008209, 8.65e-05, 0, 0.012826, 0]
    rest = [0.0015316, 0, 0.044526, 0, 0, 0, 0, 0.00097517, 0.033356, 8.4023e-08, 0.00058102, 0, 0.02317, 0, 0]
    rest += [0.0078518, 0, 0.019662, 7.7019e-05, 0.017013, 0.040341, 0.0037943, 0.020059, 0.016905, 0, 0, 0.033092, 0]
    rest += [0.0002057, 0.0067327, 0, 0, 0.00085911, 0, 0, 0.019356, 0, 0, 0, 0.039724]
    for x in (x1, x2):
        yield torch.tensor([x + rest]), torch.tensor([x1 + rest]), {}
    # 51912, from its comments: float64 gives the right value
    yield torch.tensor([2.0775e38, 3.0262e38], dtype=DOUBLE), torch.tensor([1, 1]), {"dim": 0}


def similarity_errors(rng):
    def ones(*shape):
        return torch.ones(shape)

    # Out-of-range dims, including the default dim for vectors and single numbers
    yield ones(3), ones(3), {}
    yield ones(), ones(), {}
    for rank in range(5):
        for dim in (max(rank, 1), -max(rank, 1) - 1, 100, -100):
            yield ones(*[2] * rank), ones(*[2] * rank), {"dim": dim}
    yield ones(3), ones(2, 3), {"dim": 2}
    yield ones(3), ones(2, 3), {"dim": -3}
    # Shapes that do not broadcast
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
    # The order of checks: dtype, eps, shapes, dim
    yield ones(2).int(), ones(3).long(), {"dim": 7, "eps": -1}
    yield ones(2).short(), ones(3).to(torch.uint16), {"dim": 7, "eps": -1}
    yield ones(2), ones(3), {"dim": 7, "eps": -1}
    yield ones(2, 2), ones(2, 3), {"dim": 7}
    # More than 64 dims, and exactly 64
    yield ones(*[1] * 65), ones(2), {"dim": 0}
    yield ones(2), ones(*[1] * 65), {"dim": 0}
    yield sixteenths(rng, *[1] * 63, 3), sixteenths(rng, *[1] * 63, 3), {"dim": 63}


# differences: cosdim follows the definition, PyTorch does not


def differences(rng):
    for rule, part in RULES.items():
        for x1, x2, options in part(rng):
            case = {"rule": rule} | question(x1, x2, options)
            result, exact, right = answers(x1, x2, options)
            if not shows(rule, result, exact, right):
                raise AssertionError(f"no difference: {case} {result} {exact}")
            if exact is None:
                exact = exact_similarities(*cast_integers(x1, x2), **options)
            yield case | {"torch": result, "exact": plain(exact)}


def shows(rule, result, exact, right):
    """Whether PyTorch's answer breaks the rule."""
    if "error" in result:
        return rule == "eps"
    values = [float(value) for value in result["data"]]
    if rule == "range":
        return max(map(abs, values)) > 1
    if rule == "self":
        return min(values) < 1
    if rule == "length":
        return max(abs(a - b) for a, b in zip(values, exact)) > 8 * UNIT[getattr(torch, result["dtype"])]
    return not right


def first_that_shows(rule, make, options):
    while True:
        x1, x2 = make()
        if shows(rule, *answers(x1, x2, options)):
            return x1, x2, options


def outside_range(rng):
    """Never outside [-1, 1]."""
    yield torch.arange(84.0)[None], torch.arange(84.0)[None], {}  # issue 18057
    for dtype, length, factor in itertools.product(ALL_FLOATS, (3, 70, 768), (3, -1, -0.5)):

        def parallel():
            while True:
                x1 = random_by_rule(rng, length, dtype=dtype)
                x2 = by_rule(x1.rule["seed"], length, dtype=dtype, scale=2 * factor, shift=-factor)
                if dtype != HALF or is_plain_half(x2):
                    return x1, x2

        yield first_that_shows("range", parallel, {"dim": 0})


def not_itself(rng):
    """The cosine of a vector and itself is 1."""
    for dtype, length in itertools.product(ALL_FLOATS, (2, 3, 33, 768)):

        def itself():
            x = random_by_rule(rng, length, dtype=dtype)
            return x, x

        yield first_that_shows("self", itself, {"dim": 0})


def near(rng, low, high):
    """A few adjacent exponents, so that every number matters."""
    middle = rng.randint(low + 2, high - 2)
    return [middle + rng.randint(-2, 2) for _ in range(5)]


def overflows(rng):
    """Sums of squares, and the norms of halves, do not overflow."""
    ones = torch.ones(2)
    yield torch.tensor([2.0775e38, 3.0262e38]), torch.tensor([1, 1]), {"dim": 0}  # 51912
    yield torch.tensor([1e19, 1e19]), torch.tensor([1e25, 1e25]), {"dim": 0}
    yield torch.tensor([3e38, 3e38]), torch.tensor([3e38, 3e38]), {"dim": 0}
    yield torch.tensor([3e38, 1.0]), torch.tensor([-3e38, 1e-38]), {"dim": 0}
    yield torch.tensor(-1e20), torch.tensor(1.0), {"dim": 0}
    yield torch.tensor([2**64 - 1, 3], dtype=torch.uint64), ones, {"dim": 0}
    yield torch.tensor([1e200, 1.0], dtype=DOUBLE), torch.tensor([1e200, 1.0], dtype=DOUBLE), {"dim": 0}
    yield torch.tensor([1e154, 1e154], dtype=DOUBLE), torch.tensor([3.0, 4.0], dtype=DOUBLE), {"dim": 0}
    yield torch.tensor([1e308, -1e308], dtype=DOUBLE), torch.tensor([1e-308, 1.0], dtype=DOUBLE), {"dim": 0, "eps": 0}
    yield torch.tensor(1.7e308, dtype=DOUBLE), torch.tensor(2), {"dim": 0}
    # Norms of halves are halves too.
    yield torch.full((2,), 65504.0, dtype=HALF), ones.to(HALF), {"dim": 0}
    yield torch.full((3,), 60000.0, dtype=HALF), torch.tensor([1.0, 2.0, 3.0], dtype=DOUBLE), {"dim": 0}
    yield torch.full((4,), 1e4, dtype=HALF), torch.full((4,), 4e4, dtype=HALF), {"dim": 0}
    # A single row or column of several, and a whole matrix
    x = torch.tensor([[1.0, 2.0, 3.0], [1e30, -2e30, 3.0], [3.0, 1.0, 1e20]])
    for dim in (0, 1):
        yield x, sixteenths(rng, 3, 3), {"dim": dim}
        yield x.double() ** 9, sixteenths(rng, 3, 3, dtype=DOUBLE), {"dim": dim}
    for dtype, exponents in ((FLOAT, (64, 127)), (DOUBLE, (512, 1023))):
        for _ in range(6):
            x1, x2 = (scaled(rng, near(rng, *exponents), dtype) for _ in range(2))
            yield x1, x2, {"dim": 0}
            yield x2, x2, {"dim": 0}
        largest = 2.0 ** exponents[1]
        for dim in (0, 1):
            shape = (70, 2) if dim == 0 else (2, 70)
            x1 = random_by_rule(rng, *shape, dtype=dtype, scale=largest, shift=0)
            yield x1, random_by_rule(rng, *shape, dtype=dtype), {"dim": dim}


def underflows(rng):
    """Sums of squares, and the norms of halves, neither underflow nor lose digits."""
    for value, other in ((1e-30, 1e-30), (1e-30, 1), (1e-45, 1e-45), (1e-45, 1e19), (1e-23, 1e-23)):
        x1, x2 = torch.tensor([value, 2 * value]), torch.tensor([other, -3 * other])
        yield x1, x2, {"dim": 0, "eps": 0}
        yield x2, x1, {"dim": 0, "eps": 1e-60}
        yield torch.tensor(value), torch.tensor(other), {"dim": 0, "eps": 0}
    for value, other in ((1e-200, 1e-200), (5e-324, 5e-324), (1e308, 5e-324), (1e-160, 1), (1e-308, 1e-308)):
        x1, x2 = torch.tensor([value, 1.5 * value], dtype=DOUBLE), torch.tensor([other, other / 2], dtype=DOUBLE)
        yield x1, x2, {"dim": 0, "eps": 0}
        yield torch.tensor(value, dtype=DOUBLE), torch.tensor(other, dtype=DOUBLE), {"dim": 0, "eps": 0}
    # A norm that is a subnormal half has few digits.
    for data in ([2.0**-24, 2.0**-24], [2.0**-24, 3 * 2.0**-24], [5 * 2.0**-24, -2 * 2.0**-24]):
        for dtype in ALL_FLOATS:
            yield torch.tensor(data, dtype=HALF), torch.tensor([1.0, 1.0], dtype=dtype), {"dim": 0}
    x = torch.tensor([[1.0, 2.0, 3.0], [1e-30, -2e-30, 3e-35], [3e-40, 1e-41, 1e-42]])
    yield x, sixteenths(rng, 3, 3), {"eps": 0}
    yield x.t().clone(), sixteenths(rng, 3, 3), {"dim": 0, "eps": 0}
    for dtype, exponents in ((FLOAT, (-149, -76)), (DOUBLE, (-1074, -540))):
        for _ in range(6):
            x1, x2 = (scaled(rng, near(rng, *exponents), dtype) for _ in range(2))
            yield x1, x2, {"dim": 0, "eps": 0}
            yield x2, x2, {"dim": 0, "eps": 0}
        smallest = 2.0 ** exponents[1]
        for dim in (0, 1):
            shape = (70, 2) if dim == 0 else (2, 70)
            x1 = random_by_rule(rng, *shape, dtype=dtype, scale=smallest, shift=0)
            yield x1, random_by_rule(rng, *shape, dtype=dtype), {"dim": dim, "eps": 0}


def rounded_eps(rng):
    """eps is not rounded to the operands' dtype."""
    # As a half 1e-8 is 0, and 0/0 is NaN.
    for dtype in ALL_FLOATS:
        yield torch.zeros(3, dtype=HALF), sixteenths(rng, 3, dtype=dtype), {"dim": 0}
        yield sixteenths(rng, 3, dtype=dtype), torch.zeros(3, dtype=HALF), {"dim": 0}
    yield torch.zeros(2, 3, dtype=HALF), torch.zeros(2, 3, dtype=HALF), {}
    x = sixteenths(rng, 3, 3, dtype=HALF)
    x[1] = 0
    yield x, sixteenths(rng, 3, 3, dtype=HALF), {}
    yield torch.tensor(0.0, dtype=HALF), torch.tensor(1.0, dtype=HALF), {"dim": 0}
    yield torch.zeros(3, dtype=torch.int8), torch.ones(3, dtype=HALF), {"dim": 0}
    # As a half 1e-7 is 1.19e-7; as a float32 1e-46 is 0.
    yield torch.tensor([2.0**-24, 0], dtype=HALF), torch.tensor([2.0**-24, 0], dtype=HALF), {"dim": 0, "eps": 1e-7}
    yield torch.zeros(3), torch.ones(3), {"dim": 0, "eps": 1e-46}
    # As a half an eps above 65504 is infinite; above float32's range PyTorch raises an error.
    yield torch.tensor([60000.0, 0], dtype=HALF), torch.tensor([1e5, 0]), {"dim": 0, "eps": 7e4}
    for dtype1, dtype2 in ((HALF, HALF), (FLOAT, FLOAT), (HALF, FLOAT)):
        yield sixteenths(rng, 3, dtype=dtype1), sixteenths(rng, 3, dtype=dtype2), {"dim": 0, "eps": 1e39}


def long_sums(rng):
    """The error does not grow with the length."""
    for dtype, shape, dim in (
        (FLOAT, (300000,), 0),
        (FLOAT, (1000000,), 0),
        (DOUBLE, (1000000,), 0),
        (FLOAT, (300000, 2), 0),
        (FLOAT, (2, 300000), 1),
    ):

        def uniform():
            return [random_by_rule(rng, *shape, dtype=dtype, scale=1, shift=0) for _ in range(2)]

        yield first_that_shows("length", uniform, {"dim": dim})


RULES = {
    "range": outside_range,
    "self": not_itself,
    "overflow": overflows,
    "underflow": underflows,
    "eps": rounded_eps,
    "length": long_sums,
}


# distance: scipy.spatial.distance.cosine


def distances(rng):
    """A list is an array of float64. Arrays of other dtypes, or by rule, are written as tensors.

    `rule` says why cosdim differs from SciPy: it always computes in "float64", or its sums do not "overflow". SciPy's
    answer, a number or an exception, is then `scipy` instead of `result`.
    """
    for u, v, weights, *rule in distance_inputs(rng):
        given = {"u": u, "v": v} | ({} if weights is None else {"weights": weights})
        case = {name: tensor(x) if torch.is_tensor(x) else plain(x) for name, x in given.items()}
        arrays = {name: x.numpy() if torch.is_tensor(x) else np.asarray(x, np.float64) for name, x in given.items()}
        result = answer(lambda: float(distance.cosine(arrays["u"], arrays["v"], arrays.get("weights"))))
        failed = isinstance(result, dict)
        if failed and not rule:
            yield case | result
            continue
        exact = exact_distance(*(x.astype(np.float64).tolist() for x in arrays.values()))
        narrowest = max(UNIT.get(getattr(x, "dtype", DOUBLE), UNIT[DOUBLE]) for x in (u, v))
        if (not failed and agree([result], [exact], narrowest, len(arrays["u"]))) == bool(rule):
            raise AssertionError(f"a rule is missing, or not needed: {case} {result} {exact}")
        given = result if failed else plain(result)
        yield case | ({"rule": rule[0], "scipy": given} if rule else {"result": given}) | {"exact": plain(exact)}


def exact_distance(u, v, w=None):
    """1 - sum(w * u * v) / sqrt(sum(w * u * u) * sum(w * v * v)), or NaN if a norm is 0."""
    w = [1.0] * len(u) if w is None else w
    if not all(map(math.isfinite, itertools.chain(u, v, w))):
        return NAN
    sums = [
        sum((Decimal(a) * Decimal(b) * Decimal(c) for a, b, c in zip(w, x, y)), Decimal(0))
        for x, y in ((u, v), (u, u), (v, v))
    ]
    if not (sums[1] and sums[2]):
        return NAN
    return float(min(max(1 - sums[0] / sums[1].sqrt() / sums[2].sqrt(), Decimal(0)), Decimal(2)))


def distance_inputs(rng):
    def some(length, largest=64):
        return [rng.randint(-largest, largest) / 16 for _ in range(length)]

    def array(data, dtype):
        return torch.tensor(data, dtype=dtype)

    yield [1, 3], [5, 7], None
    yield [2, 4], [6, 8], None
    yield [1, 2], [5, 6], None
    yield [3, 4], [7, 8], None
    for length in (1, 2, 3, 4, 7, 8, 9, 16, 17, 31, 64, 65):
        yield some(length), some(length), None
    for length in (1, 2, 3, 5, 8, 17):
        yield some(length), some(length), [rng.randint(0, 32) / 16 for _ in range(length)]
    # Parallel, opposite and orthogonal vectors; scale does not matter
    yield [1, 2, 3], [1, 2, 3], None
    yield [1, 2, 3], [-1, -2, -3], None
    yield [1, 0, 0], [0, 1, 0], None
    yield [100, 0, 0], [0, 1, 0], None
    yield [1, 2, 3], [1000, 2000, 3000], None
    yield [1e-5, 2e-5], [3e5, 4e5], None
    # Vectors without a direction
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
    yield array([[1, 2], [3, 4]], torch.int8), [1, 2], None
    yield [1, 2], [3, 4], [[1, 1]]
    yield [1, 2, 3], [1, 2], None
    yield [1, 2, 3], [4, 5, 6], [1, 1]
    # SciPy's own tests
    yield [1, 2, 3], [1, 1, 5], None
    yield [1, 1], [1, 1], None
    yield [1, 1, 0], [0, 1, 0], None
    x = np.random.RandomState(1337).rand(91).tolist()  # its distance was negative once
    yield x, x, None
    x = [0, 0, 0, 0, 0, 0, -2, 0, 0, 0, -2, -2, -2, 0, -2, 0, -2, 0, 0, -1, -2, 0, 1, 0, 0, -2]
    x += [0, 0, -2, 0, -2, -2, -2, -2, -2, -2, 0]
    y = [n + 1 for n in x]
    yield x, y, None
    yield x, x, None
    yield array([1 + 0j, 2 + 0j], torch.complex128), array([3 + 0j, 4 + 0j], torch.complex128), None
    for weights in ([1, 1, 1], [2, 2, 2], [0.5, 0.25, 0.125]):
        yield [1, 2, 3], [1, 1, 5], weights
    yield [1, 2, 3, 9], [1, 1, 5, -7], [1, 1, 1, 0]
    yield [1, 2, 3, 1, 2, 3], [1, 1, 5, 1, 1, 5], [0.5] * 6
    # Other dtypes: SciPy computes in them, cosdim always in float64
    for dtype in (*FLOATS, torch.int32, torch.int64):
        yield array([1, 2, 3], dtype), array([1, -1, 5], dtype), None
        yield array([1, 2, 3], dtype), [0.5, 0.25, -1], None
        yield [0.5, 0.25, -1], array([1, 2, 3], dtype), [1, 2, 0.5]
    yield array([0.5, 0.25, 1], HALF), array([1, 2, 3], HALF), None
    yield array([0.1, 0.2, 0.3], FLOAT), array([0.4, -0.5, 0.6], FLOAT), None
    yield array([1, 2, 3], torch.int8), array([3, 2, 1], torch.int8), None, "float64"  # norm1² · norm2² overflows
    yield array([1, 2, 3], torch.uint8), array([3, 2, 1], torch.int8), None
    yield array([100, 100], torch.int8), array([100, 100], torch.int8), None  # every sum overflows to the same number
    yield array([100, 100], torch.int8), array([100, 50], torch.int8), None, "float64"
    yield array([-128, 127], torch.int8), array([127, 127], torch.int8), None, "float64"
    yield array([255, 1], torch.uint8), array([1, 255], torch.uint8), None, "float64"
    yield array([30000, 200], torch.int16), array([200, 30000], torch.int16), None, "float64"
    yield array([2**31 - 1, 5], torch.int32), array([2**31 - 1, -5], torch.int32), None, "float64"
    yield array([2**62, 3], torch.int64), array([2**62, 1], torch.int64), None
    yield array([2**32, 1], torch.int64), array([2**32, -1], torch.int64), None, "float64"
    yield array([2**53 + 1, 1], torch.int64), [1, 2**53], None, "float64"
    yield array([2**64 - 1, 1], torch.uint64), [1, 0], None
    yield array([True, False, True], torch.bool), array([True, True, False], torch.bool), None, "float64"
    yield array([True, False, True], torch.bool), array([True, True, False], torch.bool), [1, 1, 1]
    yield array([True, True], torch.bool), [1, 2], None, "float64"
    yield array([True, True], torch.bool), [1, 2], [1, 1]
    yield array([False, False], torch.bool), [1, 2], None
    yield array([1e30, 1e30], FLOAT), array([1, 2], FLOAT), None, "float64"
    yield array([60000, 1], HALF), array([1, 2], HALF), None, "float64"
    # Sums of squares that overflow float64
    for u, v in (
        ([1e200, 1], [1e200, 1]),
        ([1e200, 1e200], [1e200, -1e199]),
        ([1e-200, 1e-200], [1e-200, 2e-200]),
        ([5e-324, 0], [5e-324, 5e-324]),
        ([1e308, 1e308], [1e-308, 1e-308]),
        ([1e100, 1], [1e100, 2]),
    ):
        yield u, v, None, "overflow"
    yield [1e150, 1e-150], [1e-3, 1e3], None
    yield [1e-100, 2e-100], [1e100, 1e100], None
    # Weights of all magnitudes
    yield some(3), some(3), [0, 0, 1]
    yield some(3), some(3), [1e-300, 1e-300, 2e-300]
    yield some(3), some(3), [1e300, 1e300, 2e300]
    yield some(3), some(3), [1e-10, 1, 1e10]
    yield [1, 2, 3], [4, 5, -6], [1e308, 1e308, 1e308], "overflow"
    yield [1, 2, 3], [4, 5, -6], [5e-324, 5e-324, 1e-323]
    yield [1, 2, 3], [4, 5, 6], [1, INF, 1]
    yield [1, 2, 3], [4, 5, 6], [1, -INF, 1]
    yield [1, 2, 3], [4, 5, 6], [-1e-320, 1, 1]
    yield [1, 2, 3], [4, 5, 6], array([3, 2, 1], torch.uint8)
    yield [1, 2, 3], [4, 5, 6], array([3, -2, 1], torch.int8)
    yield [1, 2, 3], [4, 5, 6], array([True, False, True], torch.bool)
    yield [1, NAN, 3], [4, 5, 6], [1, 0, 1]
    yield [1, 2, 3], [4, INF, 6], [1, 0, 1]
    # Long vectors
    for length in (100, 127, 128, 129, 768, 5000):
        for dtype in (DOUBLE, FLOAT):
            yield random_by_rule(rng, length, dtype=dtype), random_by_rule(rng, length, dtype=dtype), None
        positive = random_by_rule(rng, length, dtype=DOUBLE, scale=1, shift=0)
        yield positive, random_by_rule(rng, length, dtype=DOUBLE, scale=1, shift=0), None
        yield positive, positive, random_by_rule(rng, length, dtype=DOUBLE, scale=1, shift=0)
        yield positive, random_by_rule(rng, length, dtype=DOUBLE), positive


# attention: the tutorial's get_att_dis


def attention(rng):
    for target, behaviored in attention_inputs(rng):
        each = [F.cosine_similarity(target, row.view(1, -1)) for row in behaviored]
        scores = torch.cat(each)  # the tutorial's torch.Tensor(each) would make it float32
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
    # Opposite vectors: the scores sum to 0, by which 'sum' divides
    yield torch.tensor([[1.0, 0.0]]), torch.tensor([[2.0, 0.0], [-3.0, 0.0]])
    yield torch.tensor([[3.0, 4.0]]), torch.tensor([[3.0, 4.0], [-3.0, -4.0], [4.0, -3.0]])
    # All orthogonal, a zero target, a zero row: 0/0
    yield torch.tensor([[1.0, 0.0]]), torch.tensor([[0.0, 2.0], [0.0, -3.0]])
    yield torch.zeros(1, 3), torch.ones(2, 3)
    yield torch.ones(1, 3), torch.tensor([[0.0, 0.0, 0.0], [1.0, 2.0, 3.0]])
    # A negative sum flips the signs
    yield torch.tensor([[1.0, 1.0]]), torch.tensor([[-1.0, -2.0], [-1.0, 0.5]])
    yield torch.tensor([[1.0, NAN]]), torch.tensor([[1.0, 2.0], [2.0, 1.0]])


# topk: torch.topk of each query's similarities with every row of a corpus


def topk(rng):
    for query, corpus, k in topk_inputs(rng):
        similarities = F.cosine_similarity(query.unsqueeze(-2), corpus, dim=-1)
        result = answer(lambda: torch.topk(similarities, k, dim=-1))
        case = {"query": tensor(query), "corpus": tensor(corpus), "k": k}
        if isinstance(result, dict):
            yield case | result
            continue
        # PyTorch leaves the order of equal values open, and rounding that of nearly equal ones.
        kept = similarities.sort(dim=-1, descending=True).values[..., : k + 1]
        apart = (kept[..., :-1] - kept[..., 1:] > 1e-5) | kept[..., :-1].isnan()
        assert (kept.isnan().sum(-1) <= 1).all() and apart.all(), case
        yield case | {"values": tensor(result.values), "indices": tensor(result.indices)}


def topk_inputs(rng):
    for dtype in FLOATS:
        for shape in ((5,), (1, 5), (3, 5)):
            for n in (1, 2, 9, 40):
                for k in sorted({0, 1, 2, 3, n} - set(range(n + 1, 4))):
                    yield random_by_rule(rng, *shape, dtype=dtype), random_by_rule(rng, n, 5, dtype=dtype), k
        yield random_by_rule(rng, 2, 64, dtype=dtype), random_by_rule(rng, 500, 64, dtype=dtype), 4
        yield random_by_rule(rng, 0, 5, dtype=dtype), random_by_rule(rng, 4, 5, dtype=dtype), 2
        yield random_by_rule(rng, 2, 5, dtype=dtype), random_by_rule(rng, 0, 5, dtype=dtype), 0
    # NaN is the largest
    corpus = sixteenths(rng, 6, 3)
    corpus[4, 1] = NAN
    yield sixteenths(rng, 3), corpus, 3
    for k in (-1, 3):
        yield sixteenths(rng, 2), sixteenths(rng, 2, 2), k


# printing: str(tensor)


def printing(rng):
    """Data is a list, or for large tensors {arange: n, scale, start}: start + i * scale in float64, then cast."""
    for group, cases in PRINTING.items():
        for dtype, shape, data in cases(rng):
            wanted = getattr(torch, dtype)
            if isinstance(data, dict):
                exact = torch.arange(data["arange"], dtype=torch.float64) * data["scale"] + data["start"]
                x = exact.to(wanted)
                # The cast must be exact, so that readers need not know how it rounds.
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
    yield "float32", (2,), [1, 1001]  # a ratio above 1000: scientific
    yield "float32", (2,), [1e8, 2e7]
    yield "float32", (2,), [1e8 + 8, 2e7]  # above 1e8: scientific
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
    yield "float64", (2,), [0.1, 100]  # their ratio is exactly 1000
    yield "float32", (2,), [0.1, 100]  # in float32 it is less
    yield "float32", (3,), [1e10, -2e10, 3e10]
    yield "float32", (2,), [1e-45, 3.4028234663852886e38]
    yield "float64", (3,), [1e100, -1e-100, 5e-324]  # exponents with two and three digits
    yield "float64", (2,), [1e22, 1.5e300]
    yield "float32", (4,), [0, -0.0, 1e9, -1e9]
    yield "float32", (2, 3), [1e-5, 2, 3, -4e4, 5, 6]


def ties(_):
    """Halfway between two decimals, Python rounds to the even one."""
    yield "float32", (4,), [1 / 32, 3 / 32, 5 / 32, 7 / 32]
    yield "float32", (4,), [-1 / 32, -3 / 32, 33 / 32, -35 / 32]
    yield "float64", (3,), [1000 + 1 / 32, 1000 + 3 / 32, 990 + 5 / 32]
    yield "float64", (4,), [0.00005 + 1, 0.00015 + 1, 0.00025 + 1, 0.00035 + 1]  # not ties in binary
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
    """Lines have 80 columns; an element takes its width and two more."""
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
    yield "float32", (*[1] * 70, 3)[-64:], arange(3)  # indented by 70 columns: one element per line


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
    """Above 1000 elements only three at each edge are shown, and only these decide the notation."""
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
    """dtype= goes on its own line if it would pass column 80."""
    for n in (5, 6, 7, 8, 9):
        yield "float64", (n,), arange(n, 0.25)
    for start in (1, 10, 100, 1000, 10000):  # the last column that fits, and the first that does not
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


# tensor: the errors of making tensors and views


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
        # Out-of-range dims
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
        # item() of several numbers, or of none
        "torch.ones(2).item()",
        "torch.ones(2, 3).item()",
        "torch.ones(0).item()",
        "torch.ones(0, 3).item()",
    ):
        outcome = answer(lambda: eval(expression))
        assert isinstance(outcome, dict), expression  # a tensor would mean that there was no error
        yield {"expression": expression, **outcome}


# The document

SECTIONS = {
    "similarity": similarity,
    "differences": differences,
    "distance": distances,
    "attention": attention,
    "topk": topk,
    "printing": printing,
    "tensor": tensor_errors,
}


def main(seed):
    torch.set_num_threads(1)  # the number of threads must not change the last digit
    warnings.simplefilter("ignore")  # some cases compute 0/0
    np.seterr(all="ignore")

    versions = {"torch": torch.__version__, "scipy": scipy.__version__, "numpy": np.__version__, "seed": seed}
    print('{\n"versions": ' + json.dumps(versions), end="")
    for name, section in SECTIONS.items():
        # Each section has its own random numbers, so a new case in one changes no other.
        rng = random.Random(f"{name} {seed}")
        lines = [json.dumps(case, allow_nan=False, separators=(",", ":")) for case in section(rng)]
        print(f',\n"{name}": [\n' + ",\n".join(lines) + "\n]", end="")
    print("\n}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
