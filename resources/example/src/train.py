"""Train the network by gradient descent; one line of build/training.csv for every epoch."""

import json
import random

from network import forward, save, score
from settings import read


def main() -> None:
    params = read("train")
    rate, units, epochs = float(params["learning_rate"]), int(params["hidden"]), int(params["epochs"])
    source = random.Random(int(params["seed"]))
    with open("build/features/train.json") as file:
        features = json.load(file)
    values, labels = features["values"], features["labels"]
    width, classes = len(values[0]), max(labels) + 1

    def matrix(rows: int, columns: int) -> list[list[float]]:
        return [[source.gauss(0, columns**-0.5) for _ in range(columns)] for _ in range(rows)]

    weights = {
        "hidden.weight": matrix(units, width),
        "hidden.bias": [[0.0] for _ in range(units)],
        "output.weight": matrix(classes, units),
        "output.bias": [[0.0] for _ in range(classes)],
    }
    with open("build/training.csv", "w", newline="") as log:
        log.write("step,loss,accuracy\n")
        for epoch in range(1, epochs + 1):
            descend(weights, values, labels, rate)
            loss, accuracy, _ = score(weights, values, labels)
            log.write(f"{epoch},{loss:.6f},{accuracy:.6f}\n")
            log.flush()
            if epoch % 20 == 0 or epoch == 1:
                print(f"epoch {epoch:4d}  loss {loss:.4f}  accuracy {accuracy:.3f}", flush=True)
    save("build/model.safetensors", weights)


def descend(weights: dict, values: list[list[float]], labels: list[int], rate: float) -> None:
    """One step over the whole training part."""
    steps = {name: [[0.0] * len(row) for row in matrix] for name, matrix in weights.items()}
    for row, label in zip(values, labels):
        hidden, chances = forward(weights, row)
        errors = [c - (k == label) for k, c in enumerate(chances)]
        for k, error in enumerate(errors):
            steps["output.bias"][k][0] += error
            for j, h in enumerate(hidden):
                steps["output.weight"][k][j] += error * h
        for j, h in enumerate(hidden):
            back = sum(e * weights["output.weight"][k][j] for k, e in enumerate(errors)) * (1 - h * h)
            steps["hidden.bias"][j][0] += back
            for i, v in enumerate(row):
                steps["hidden.weight"][j][i] += back * v
    for name, matrix in weights.items():
        for row, step in zip(matrix, steps[name]):
            for i, s in enumerate(step):
                row[i] -= rate * s / len(values)


if __name__ == "__main__":
    main()
