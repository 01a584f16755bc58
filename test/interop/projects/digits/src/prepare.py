"""Picks images from the digits data set: one .npy file each, and their labels in a table."""

import csv
import sys
from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits

count, classes = int(sys.argv[1]), int(sys.argv[2])
seed = int(next(line.split(":")[1] for line in open("params.yaml") if line.strip().startswith("seed:")))
digits = load_digits(n_class=classes)
chosen = np.random.default_rng(seed).choice(len(digits.target), size=count, replace=False)
folder = Path("data/images")
folder.mkdir(parents=True, exist_ok=True)
with open("data/labels.csv", "w", newline="") as table:
    rows = csv.writer(table)
    rows.writerow(["image", "label"])
    for index in sorted(chosen):
        label = int(digits.target[index])
        # Nested, as real data sets are.
        path = folder / str(label) / f"{index:04d}.npy"
        path.parent.mkdir(parents=True, exist_ok=True)
        np.save(path, digits.images[index])
        rows.writerow([f"{label}/{index:04d}.npy", label])
