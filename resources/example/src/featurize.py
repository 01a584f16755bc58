"""Scale each measurement to mean 0 and deviation 1, by the training part alone."""

import csv
import json
import statistics
from pathlib import Path

SPECIES = ["Adelie", "Chinstrap", "Gentoo"]


def load(name: str) -> tuple[list[list[float]], list[int]]:
    with open(f"build/split/{name}.csv", newline="") as file:
        rows = list(csv.reader(file))[1:]
    return [[float(v) for v in row[1:]] for row in rows], [SPECIES.index(row[0]) for row in rows]


def main() -> None:
    train, _ = load("train")
    columns = list(zip(*train))
    means = [statistics.fmean(c) for c in columns]
    deviations = [statistics.pstdev(c) for c in columns]
    folder = Path("build/features")
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("train", "test"):
        values, labels = load(name)
        scaled = [[(v - m) / d for v, m, d in zip(row, means, deviations)] for row in values]
        with open(folder / f"{name}.json", "w") as file:
            json.dump({"values": scaled, "labels": labels}, file)
    with open(folder / "scale.json", "w") as file:
        json.dump({"means": means, "deviations": deviations, "species": SPECIES}, file, indent=2)
    print(f"{len(columns)} features for {len(train)} training penguins")


if __name__ == "__main__":
    main()
