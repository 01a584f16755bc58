"""Measures the model on the images that it has not seen."""

import csv
import json

import numpy as np
from safetensors.numpy import load_file
from sklearn.metrics import accuracy_score, f1_score

x, y = np.load("features/test-x.npy"), np.load("features/test-y.npy")
model = load_file("model.safetensors")
scores = x @ model["linear.weight"].T + model["linear.bias"]
predicted = scores.argmax(axis=1)
metrics = {
    "accuracy": accuracy_score(y, predicted),
    "f1": {"macro": f1_score(y, predicted, average="macro")},
    "images": len(y),
}
with open("metrics.json", "w") as file:
    json.dump(metrics, file, indent=2)
with open("confusion.csv", "w", newline="") as file:
    rows = csv.writer(file)
    rows.writerow(["actual", "predicted"])
    rows.writerows(zip(y.tolist(), predicted.tolist()))
