"""Drop incomplete rows and split the penguins into a training and a test part."""

import csv
import random
from pathlib import Path

from settings import read

MEASURES = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]


def main() -> None:
    params = read("prepare")
    with open("data/penguins.csv", newline="") as file:
        rows = [row for row in csv.DictReader(file) if all(row[m] not in ("", "NA") for m in MEASURES)]
    random.Random(int(params["seed"])).shuffle(rows)
    cut = round(len(rows) * float(params["test_share"]))
    folder = Path("build/split")
    folder.mkdir(parents=True, exist_ok=True)
    for name, part in (("test", rows[:cut]), ("train", rows[cut:])):
        with open(folder / f"{name}.csv", "w", newline="") as file:
            writer = csv.DictWriter(file, ["species", *MEASURES], extrasaction="ignore", lineterminator="\n")
            writer.writeheader()
            writer.writerows(part)
        print(f"{name}: {len(part)} penguins")


if __name__ == "__main__":
    main()
