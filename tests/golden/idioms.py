"""What the idioms in README.md's table give, for tests/package/readme.test.js to compare with. Needs scikit-learn besides.

    python3 tests/golden/idioms.py > tests/golden/idioms.json

The left cells are run as they stand there. The output is the vectors and matrices that the cells name, and the numbers
that each idiom gives, in row-major order.
"""

import json
import re

import numpy as np
import torch
from numpy.linalg import norm
from scipy.spatial import distance
from sklearn.metrics.pairwise import cosine_similarity, paired_cosine_distances
from sklearn.neighbors import NearestNeighbors
from torch import nn
from torch.nn import functional as F

DATA = {
    "a": [1, 2, -3, 0.5],
    "b": [0.5, 4, 1, 2],
    "q": [2, -1, 0.5, 3],
    "w": [1, 0.25, 2, 0],
    "X": [[1, 2, -3, 1], [4, -5, 6, 0.5], [0.5, 0.25, 8, -2]],
    "Y": [[2, 1, 1, 0], [3, -1, 0.5, 7], [-7, 2, 4, 1]],
}
NAMES = {
    "F": F,
    "NearestNeighbors": NearestNeighbors,
    "cosine_similarity": cosine_similarity,
    "distance": distance,
    "nn": nn,
    "norm": norm,
    "np": np,
    "paired_cosine_distances": paired_cosine_distances,
}


def numbers(answer):
    """The numbers of an answer. topk's is a tuple."""
    if isinstance(answer, tuple):
        return [number for part in answer for number in numbers(part)]
    return np.asarray(answer).ravel().tolist()


def idioms(readme):
    """The left cells of the table, each with its library, which the first of its rows names in bold."""
    library = None
    for named, idiom in re.findall(r"^\| (?:\*\*(.+?)\*\* )?`(.+?)` \| `.+` \|$", readme, re.MULTILINE):
        library = named or library
        if library:
            yield library, idiom


def lines(part):
    return "{\n" + ",\n".join(f"{json.dumps(name)}: {json.dumps(value)}" for name, value in part.items()) + "\n}"


def main():
    answers = {}
    with open("README.md", encoding="utf-8") as readme:
        for library, idiom in idioms(readme.read()):
            of = (lambda x: torch.tensor(x, dtype=torch.float64)) if library == "PyTorch" else np.array
            answers[idiom] = numbers(eval(idiom, NAMES | {name: of(value) for name, value in DATA.items()}))
    parts = {"data": DATA, "answers": answers}
    print("{" + ",\n".join(f'"{name}": {lines(part)}' for name, part in parts.items()) + "}")


main()
