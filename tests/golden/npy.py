"""Files that NumPy writes, and what it reads from them.

    python3 tests/golden/npy.py > tests/golden/npy.json

The files go into tests/golden/npy/. `arrays` says what is in each of those that cosdim reads, `refused` which dtype the
others have. `written` are the beginnings of files, of headers of every length. `headers` are damaged headers: NumPy's shape, order and dtype, or null where it refuses the header.

Numbers are exact. What JSON or JavaScript's JSON.parse would lose is a string: "nan", "inf", "-inf", "-0", and integers
above 2^53.
"""

import io
import itertools
import json
import math
import pathlib
import random
import warnings

import numpy as np

FOLDER = pathlib.Path(__file__).parent / "npy"
KINDS = ("b1", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f2", "f4", "f8")


def exact(x):
    if isinstance(x, list):
        return [exact(item) for item in x]
    if isinstance(x, bool):
        return x
    if isinstance(x, int):
        return x if abs(x) < 2**53 else str(x)
    if math.isnan(x) or math.isinf(x):
        return str(x)
    return "-0" if x == 0 and math.copysign(1, x) < 0 else x


def numbers(kind, count):
    """Extremes first."""
    dtype = np.dtype(kind)
    if dtype.kind == "b":
        return np.arange(count) % 3 == 0
    if dtype.kind == "f":
        info = np.finfo(dtype)
        first = [info.max, info.smallest_subnormal, -0.0, math.nan, math.inf, -math.inf, 0.1]
    else:
        info = np.iinfo(dtype)
        first = [info.max, info.min]
    rest = [i * 3 % 100 for i in range(count)]
    return np.array((first + rest)[:count], dtype)


def arrays():
    for kind, order, ends in itertools.product(KINDS, "CF", "<>"):
        if ends == "<" or kind[1] != "1":
            array = numbers(kind, 35).reshape(7, 5).astype(ends + kind)
            yield f"{kind}-{order}-{'little' if ends == '<' else 'big'}", np.asarray(array, order=order), None
    some = numbers("f4", 60)
    for order in "CF":
        yield f"3d-{order}", np.asarray(some.reshape(5, 4, 3), order=order), None
        yield f"3d-{order}-big", np.asarray(some.reshape(5, 4, 3).astype(">f4"), order=order), None
    yield "0d", np.array(2.5), None
    yield "1d", some, None
    yield "5d", numbers("u1", 48).reshape(2, 1, 3, 2, 4), None
    for shape in ((0,), (0, 3), (3, 0), (2, 0, 4)):
        yield "empty-" + "x".join(map(str, shape)), np.zeros(shape, "f4"), None
    yield "empty-F", np.zeros((0, 3), "f4", order="F"), None
    for version in (1, 2, 3):
        yield f"version-{version}", some.reshape(12, 5), (version, 0)


def refused():
    yield "structured", np.zeros(2, [("x", "<f4"), ("y", "<f8", (2,)), ("größe", "i1")])
    yield "unicode", np.zeros(2, [("数", "<f4"), ("y", "<f8")])
    yield "nested", np.zeros(2, [("a", [("b", "<f4"), ("c", "<f4")]), ("d", "<i2")])
    yield "complex", np.zeros(2, "c16")
    yield "object", np.array([{}, None])
    yield "text", np.array(["one", "three"])
    yield "bytes", np.array([b"one"])
    yield "long-double", np.zeros(2, "f16")
    yield "time", np.zeros(2, "M8[s]")
    yield "void", np.zeros(2, "V2")


def damaged(count):
    rng = random.Random(18)
    alphabet = "'\"(){}[],: \n0123456789-+.LTFaeru<>|=_\\bifU"
    headers = [
        f"{{'descr': '{descr}', 'fortran_order': {order}, 'shape': {shape}, }}"
        for descr, order, shape in (
            ("<f4", False, (3, 4)),
            (">i8", True, (12,)),
            ("|b1", False, ()),
            ("<u2", True, (2, 3, 4)),
        )
    ]
    yield from headers
    yield from (
        "{'descr': '<f4', 'fortran_order': False, 'shape': (3)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': [3, 4]}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4,,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4L)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), 'more': 1}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-3, 4)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (3.0, 4)}",
        "{'descr': '<f4', 'fortran_order': 0, 'shape': (3, 4)}",
        "{'descr': '<f4', 'fortran_order': False}",
        '{"shape": (3, 4), "fortran_order": False, "descr": "<f4"}',
        "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), 'shape': (4, 3)}",
        "{'descr': '<f4', 'descr': '<f8', 'fortran_order': False, 'shape': (3, 4)}",
        "{'descr': '\\x3cf4', 'fortran_order': False, 'shape': (3, 4)}",
        "{'descr': 'f4', 'fortran_order': False, 'shape': (3, 4)}",
        "{'descr': '=f4', 'fortran_order': False, 'shape': (3, 4)}",
    )
    for _ in range(count):
        text = list(rng.choice(headers))
        for _ in range(rng.choice((1, 1, 1, 2, 3))):
            at = rng.randrange(len(text))
            digit, space, other = "0123456789-L", (" ", "", "  ", "\n"), (text[at], text[at] + " ", text[at] + ",")
            gentle = digit if text[at].isdigit() else space if text[at] == " " else other
            if rng.random() < 0.7:
                text[at : at + 1] = rng.choice(gentle)
            else:
                text[at : at + rng.choice((0, 1, 1, 1, 4))] = rng.choice((*alphabet, ""))
        yield "".join(text)


def numpy_reads(header):
    """In version 1. A shape that NumPy's header reader lets pass may still be one that no array has."""
    padded = header + "\n"
    file = io.BytesIO(len(padded).to_bytes(2, "little") + padded.encode("latin1"))
    try:
        shape, fortran_order, dtype = np.lib.format.read_array_header_1_0(file)
        np.empty(0, dtype)
        if min(shape, default=0) < 0:
            return None
        return [list(map(int, shape)), fortran_order, dtype.name]
    except Exception:
        return None


def written():
    for rank in range(41):
        shape = (12,) + (1,) * (rank - 1) if rank else ()
        file = io.BytesIO()
        np.save(file, np.zeros(shape, "u1"))
        yield [shape, file.getvalue()[: -math.prod(shape)].decode("latin1")]


def main():
    warnings.simplefilter("ignore")
    FOLDER.mkdir(exist_ok=True)
    told = []
    for name, array, version in arrays():
        with open(FOLDER / f"{name}.npy", "wb") as file:
            np.lib.format.write_array(file, array, version=version)
        read = np.load(FOLDER / f"{name}.npy")
        told.append(
            {
                "file": name,
                "dtype": read.dtype.name,
                "shape": read.shape,
                "fortranOrder": bool(read.flags.fnc),
                "list": exact(read.tolist()),
            }
        )
    names = []
    for name, array in refused():
        np.save(FOLDER / f"{name}.npy", array)
        names.append([name, str(array.dtype)])
    np.savez(FOLDER / "archive.npz", weight=np.zeros(2), bias=np.zeros(1))
    sections = {
        "arrays": told,
        "refused": names,
        "written": list(written()),
        "headers": [[header, numpy_reads(header)] for header in damaged(400)],
    }
    lines = (f'"{name}": [\n' + ",\n".join(map(json.dumps, cases)) + "\n]" for name, cases in sections.items())
    print("{\n" + ",\n".join(lines) + "\n}")


main()
