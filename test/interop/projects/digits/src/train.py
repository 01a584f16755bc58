"""Trains a linear classifier in epochs, with a line of metrics after each."""

import csv
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file
from sklearn.linear_model import SGDClassifier
from sklearn.metrics import log_loss

params = {}
for line in Path("params.yaml").read_text().splitlines():
    key, _, value = line.split("#")[0].partition(":")
    if value.strip():
        params[key.strip()] = value.strip()

x, y = np.load("features/train-x.npy"), np.load("features/train-y.npy")
classes = np.unique(y)
model = SGDClassifier(loss="log_loss", alpha=float(params["alpha"]), random_state=0)
Path("logs").mkdir(exist_ok=True)
with open("logs/train.csv", "w", newline="") as log:
    rows = csv.writer(log)
    rows.writerow(["step", "loss", "accuracy"])
    for epoch in range(int(params["epochs"])):
        model.partial_fit(x, y, classes=classes)
        loss = float(log_loss(y, model.predict_proba(x), labels=classes))
        rows.writerow([epoch, loss, model.score(x, y)])
        log.flush()
tensors = {
    "linear.weight": model.coef_.astype(np.float32),
    "linear.bias": model.intercept_.astype(np.float32),
}
save_file(tensors, "model.safetensors", metadata={"epochs": params["epochs"]})
