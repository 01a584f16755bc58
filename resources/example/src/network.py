"""A network of one hidden layer, and safetensors files for its weights, in plain Python."""

import json
import math
import struct


def forward(weights: dict[str, list[list[float]]], row: list[float]) -> tuple[list[float], list[float]]:
    """The hidden activations and the class probabilities for one row of features."""
    hidden = [
        math.tanh(sum(w * v for w, v in zip(ws, row)) + b[0])
        for ws, b in zip(weights["hidden.weight"], weights["hidden.bias"])
    ]
    scores = [
        sum(w * h for w, h in zip(ws, hidden)) + b[0]
        for ws, b in zip(weights["output.weight"], weights["output.bias"])
    ]
    top = max(scores)
    exps = [math.exp(s - top) for s in scores]
    total = sum(exps)
    return hidden, [e / total for e in exps]


def score(weights: dict, values: list[list[float]], labels: list[int]) -> tuple[float, float, list[int]]:
    """Mean cross-entropy, accuracy and the predicted classes."""
    loss, right, predicted = 0.0, 0, []
    for row, label in zip(values, labels):
        _, chances = forward(weights, row)
        loss -= math.log(max(chances[label], 1e-12))
        guess = chances.index(max(chances))
        predicted.append(guess)
        right += guess == label
    return loss / len(labels), right / len(labels), predicted


def save(path: str, weights: dict[str, list[list[float]]]) -> None:
    """Write float32 tensors in the safetensors format: header length, JSON header, data."""
    header: dict[str, object] = {"__metadata__": {"format": "pt", "made_by": "src/train.py"}}
    data = b""
    for name, matrix in weights.items():
        flat = [v for row in matrix for v in row]
        raw = struct.pack(f"<{len(flat)}f", *flat)
        shape = [len(matrix), len(matrix[0])]
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def load(path: str) -> dict[str, list[list[float]]]:
    """Read what :func:`save` wrote."""
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = file.read()
    weights = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        start, end = entry["data_offsets"]
        flat = struct.unpack(f"<{(end - start) // 4}f", data[start:end])
        width = entry["shape"][1]
        weights[name] = [list(flat[i : i + width]) for i in range(0, len(flat), width)]
    return weights
