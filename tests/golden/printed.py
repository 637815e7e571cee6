"""What PyTorch, NumPy and pandas print, for the page to read when it is pasted.

    for library in torch numpy pandas; do
        python3 tests/golden/printed.py $library > tests/golden/printed-$library.json
    done

Each entry has the expression, its text, and the shape and numbers that are to be read from it. No shape means that the
text does not have all of the numbers.
"""

import importlib
import json
import math
import re
import sys

TORCH = [
    "torch.tensor([[1., 2.], [3., -4.5]])",
    "torch.tensor([[1, 2], [3, 4]])",
    "torch.tensor([[1, 2], [3, 4]], dtype=torch.int8)",
    "torch.tensor([1e-8, 2., 1e10], dtype=torch.float64, requires_grad=True)",
    "torch.tensor([[1., 2.]], requires_grad=True) * 2",
    "torch.nn.Parameter(torch.tensor([[1., 2.], [3., 4.]]))",
    "torch.tensor([[float('nan'), float('inf')], [-float('inf'), 0.5]])",
    "torch.tensor(3.)",
    "torch.tensor(7, dtype=torch.int32)",
    "torch.arange(24.).reshape(2, 3, 4) / 4",
    "torch.arange(16).reshape(2, 2, 2, 2)",
    "torch.arange(60.) / 7",
    "torch.arange(80.).reshape(2, 40)",
    "torch.arange(2000.)",
    "torch.ones(100, 50)",
    "torch.tensor([[1., 2.], [3., 4.]]).tolist()",
    "(torch.tensor([1., 2.]), torch.tensor([3., 4.]))",
    "[torch.tensor(1.), torch.tensor(2.)]",
    "list(torch.tensor([[1., 2.], [3., 4.]]))",
]

NUMPY = [
    "np.array([[1., 2.], [-3., 4.]])",
    "np.array([[1, 2], [3, 4]], dtype=np.int8)",
    "np.array([[np.nan, np.inf], [-np.inf, 0.5]])",
    "np.arange(8).reshape(2, 2, 2)",
    "np.arange(60) / 7",
    "np.arange(50)",
    "np.arange(80.).reshape(2, 40)",
    "np.array([1e-8, 1e10])",
    "np.array(3.)",
    "np.float64(0.1)",
    "np.arange(2000.)",
    "np.ones((100, 50))",
    "[np.float64(0.1), np.float64(0.2)]",
    "list(np.array([[1., 2.], [3., 4.]]))",
    "np.array([[1., 2.], [3., 4.]]).tolist()",
    "np.matrix([[1, 2], [3, 4]])",
]

PANDAS = [
    "pd.DataFrame({'a': [1., 2.5], 'b': [3., -4.]})",
    "pd.DataFrame([[1, 2], [3, 4]])",
    "pd.DataFrame([[1, 2], [3, 4]], columns=['sepal length', 'sepal width'])",
    "pd.DataFrame([[1, 2], [3, 4]], columns=['a', 'b'], index=['x', 'y'])",
    "pd.DataFrame([[1, 2], [3, 4]], columns=['a', 'b'], index=pd.Index(['x', 'y'], name='name'))",
    "pd.DataFrame([[1, 2], [3, 4]], columns=['a', 'b'], index=pd.to_datetime(['2024-01-01', '2024-01-02']))",
    "pd.DataFrame([[float('nan'), float('inf')], [1, 2]], columns=['a', 'b'])",
    "pd.DataFrame([[1.5, 2], [3, 4]], columns=['a', 'b']).to_csv()",
    "pd.DataFrame([[1.5, 2], [3, 4]]).to_csv()",
    "pd.DataFrame([[1.5, 2], [3, 4]], columns=['a', 'b']).to_csv(index=False)",
    "pd.DataFrame([[1.5, 2], [3, 4]], columns=['a', 'b']).to_csv(sep=';', decimal=',', index=False)",
    "pd.DataFrame([[1.5, 2], [3, 4]], columns=['a', 'b']).to_csv(sep='\\t')",
    "pd.DataFrame([[1.5, 2], [3, 4]], columns=['a', 'b']).to_string(index=False)",
    "pd.DataFrame([[i, i + 0.5] for i in range(12)], columns=['a', 'b'])",
    "pd.Series([1., 2., 4.])",
    "pd.Series([1., 2.], index=['x', 'y'], name='length')",
    "pd.DataFrame([[1., 2.], [3., 4.]])[0]",
    "pd.DataFrame([[i, i] for i in range(200)], columns=['a', 'b'])",
    "pd.DataFrame([[1.5, 2], [3, 4]], columns=['a', 'b']).to_numpy()",
]

LIBRARIES = {"torch": ("torch", TORCH), "numpy": ("np", NUMPY), "pandas": ("pd", PANDAS)}


def flat(value):
    """The shape of nested lists, and their numbers as strings that float() and JavaScript's Number() read."""
    if not isinstance(value, list):
        number = float(value)
        return [], [number if math.isfinite(number) else str(number)]
    parts = [flat(one) for one in value]
    return [len(value), *parts[0][0]], [number for _, numbers in parts for number in numbers]


def meant(value):
    """The numbers of a value as nested lists."""
    if isinstance(value, (list, tuple)):
        return [meant(one) for one in value]
    if hasattr(value, "to_frame"):
        value = value.to_frame()  # a series is a column
    if hasattr(value, "to_numpy"):
        value = value.to_numpy()
    return value.tolist() if hasattr(value, "tolist") else value


def entry(expression, print_with, space):
    value = eval(expression, space)
    text = value if isinstance(value, str) else print_with(value)
    if "..." in text:
        return {"expression": expression, "text": text}
    # CSV has the numbers of the frame that it was written from.
    shape, numbers = flat(meant(eval(re.split(r"\.to_(?:csv|string)", expression)[0], space)))
    return {"expression": expression, "text": text, "shape": shape, "numbers": numbers}


name = sys.argv[1]
short, expressions = LIBRARIES[name]
library = importlib.import_module(name)
space = {short: library}
entries = [
    one
    for expression in expressions
    for one in {json.dumps(entry(expression, how, space)): 0 for how in (str, repr)}
]
print(json.dumps({"version": library.__version__.split("+")[0]})[:-1] + ', "printed": [')
print(",\n".join(entries) + "\n]}")
