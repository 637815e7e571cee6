"""The answers of PyTorch, NumPy and SciPy to the code that the page shows, its examples of attention, and its questions
about shapes.

    node tests/golden/page.js | python3 tests/golden/page.py > tests/golden/page.json

For code, `answers` has for each library what every print call gives, in order: flat numbers, strings where JSON has no
such number, and the text that PyTorch prints; or an exception's text. For attention, it has the similarities and both
kinds of shares, with their sums. The answer to a question is a shape or an exception's text.
"""

import ast
import json
import math
import sys
import warnings

import numpy as np
import torch
import torch.nn.functional as F

warnings.simplefilter("ignore")  # some cases compute 0 / 0


def plain(value):
    numbers = np.asarray(value, dtype=float).ravel().tolist()
    return [number if math.isfinite(number) else str(number) for number in numbers]


def answers(code):
    """Runs a module statement by statement, so that an exception ends only its own statement."""
    printed = []
    space = {"print": printed.append}
    found = []
    for statement in ast.parse(code).body:
        printed.clear()
        try:
            exec(compile(ast.Module([statement], []), "<page>", "exec"), space)
            found += [
                {"numbers": plain(value), **({"text": str(value)} if torch.is_tensor(value) else {})}
                for value in printed
            ]
        except Exception as error:
            found.append({"error": str(error)})
    return found


def shape_of(question):
    try:
        result = F.cosine_similarity(torch.ones(question["a"]), torch.ones(question["b"]), dim=question["dim"])
        return {"shape": list(result.shape)}
    except Exception as error:
        return {"error": str(error)}


def shares(example):
    target, behaviored = (
        torch.tensor([float(cell) for cell in example[name]["cells"]]).reshape(example[name]["shape"])
        for name in ("target", "behaviored")
    )
    # This is the tutorial's get_att_dis.
    similarities = torch.stack([F.cosine_similarity(target, row.view(1, -1))[0] for row in behaviored])
    kinds = {
        "cos": similarities,
        "sum": similarities / torch.sum(similarities, 0),
        "softmax": torch.softmax(similarities, 0),
    }
    return {kind: {"numbers": plain(x), "text": str(x), "total": plain(x.sum())[0]} for kind, x in kinds.items()}


page = json.load(sys.stdin)
for case in page["code"]:
    case["answers"] = {library: answers(case[library]) for library in ("PyTorch", "NumPy", "SciPy")}
for example in page["attention"]:
    example["answers"] = shares(example)
for question in page["questions"]:
    question["answer"] = shape_of(question)

sections = [
    f'"{name}": [\n' + ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases) + "\n]"
    for name, cases in page.items()
]
print("{\n" + ",\n".join(sections) + "\n}")
