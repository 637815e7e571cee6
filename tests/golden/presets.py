"""What PyTorch prints for each of the page's examples, along every dim.

    python3 tests/golden/presets.py > tests/golden/presets.json

Node.js reads the examples from web/explorer/model/presets.js.
"""

import json
import math
import subprocess

import torch
import torch.nn.functional as F

ASK = """
import { PRESETS } from './web/explorer/model/presets.js'
console.log(JSON.stringify(PRESETS.map(({ name, changes: { a, b, eps } }) =>
  ({ name: typeof name === 'function' ? name((key) => key) : name, a, b, eps }))))
"""


def tensor(typed):
    return torch.tensor([float(cell) for cell in typed["cells"]]).reshape(typed["shape"])


def answers(preset):
    a, b = tensor(preset["a"]), tensor(preset["b"])
    rank = max(a.dim(), b.dim())
    for dim in range(rank):
        result = F.cosine_similarity(a, b, dim=dim, eps=float(preset["eps"]))
        assert all(map(math.isfinite, result.flatten().tolist()))
        yield {"dim": dim, "shape": list(result.shape), "printed": str(result)}


asked = subprocess.run(["node", "--input-type=module", "-e", ASK], check=True, capture_output=True, text=True)
lines = [json.dumps({**preset, "answers": list(answers(preset))}) for preset in json.loads(asked.stdout)]
print("[\n" + ",\n".join(lines) + "\n]")
