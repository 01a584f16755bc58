"""Measure the trained network on the test part."""

import csv
import json

from network import load, score


def main() -> None:
    with open("build/features/test.json") as file:
        features = json.load(file)
    with open("build/features/scale.json") as file:
        species = json.load(file)["species"]
    labels = features["labels"]
    loss, accuracy, predicted = score(load("build/model.safetensors"), features["values"], labels)
    with open("metrics.json", "w") as file:
        json.dump({"accuracy": round(accuracy, 6), "loss": round(loss, 6), "penguins": len(labels)}, file, indent=2)
        file.write("\n")
    with open("build/confusion.csv", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["actual", *species])
        for k, name in enumerate(species):
            writer.writerow([name, *(sum(a == k and p == j for a, p in zip(labels, predicted)) for j in range(3))])
    print(f"accuracy {accuracy:.3f}  loss {loss:.4f} on {len(labels)} penguins")


if __name__ == "__main__":
    main()
