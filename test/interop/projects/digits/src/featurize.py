"""Flattens and scales the images, with their edges beside them when asked."""

import argparse
import csv
from pathlib import Path

import numpy as np

parser = argparse.ArgumentParser()
parser.add_argument("--scale", type=float, required=True)
parser.add_argument("--edges", choices=["true", "false"], required=True)
options = parser.parse_args()

with open("data/labels.csv", newline="") as table:
    rows = list(csv.DictReader(table))
images = np.stack([np.load(Path("data/images") / row["image"]) for row in rows]) * options.scale
parts = [images]
if options.edges == "true":
    parts += [np.diff(images, axis=1, prepend=0), np.diff(images, axis=2, prepend=0)]
features = np.concatenate([part.reshape(len(rows), -1) for part in parts], axis=1)
labels = np.array([int(row["label"]) for row in rows])
held_out = np.arange(len(rows)) % 4 == 0
Path("features").mkdir(exist_ok=True)
for name, which in (("train", ~held_out), ("test", held_out)):
    np.save(f"features/{name}-x.npy", features[which].astype(np.float32))
    np.save(f"features/{name}-y.npy", labels[which])
