"""
Logs points with one tool's own Python interface, then reads trackio's curves back as its page does.
argv: TOOL FOLDER RUNS STEPS; two series a run. Prints JSON: seconds to log (until all is on the disk)
and to read.
"""

import contextlib
import json
import math
import os
import sys
import time

tool, folder, runs, steps = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
os.makedirs(folder, exist_ok=True)


def value(run, step):
    return math.exp(-step / 2000) + 0.1 * math.sin(run + step * 12.9898) % 1


def log_aim():
    from aim import Run

    for number in range(runs):
        run = Run(repo=folder, log_system_params=False, capture_terminal_logs=False)
        for step in range(steps):
            run.track(value(number, step), name="loss", step=step)
            run.track(value(number, step) / 2, name="acc", step=step)
        run.close()


def log_trackio():
    import trackio

    for number in range(runs):
        trackio.init(project="bench", name=f"run-{number}", embed=False)
        for step in range(steps):
            trackio.log({"loss": value(number, step), "acc": value(number, step) / 2})
        trackio.finish()


def read_trackio():
    from trackio.sqlite_storage import SQLiteStorage

    return sum(len(SQLiteStorage.get_logs("bench", f"run-{number}")) for number in range(runs))


def log_mlflow():
    from mlflow import MlflowClient
    from mlflow.entities import Metric

    client = MlflowClient()
    for number in range(runs):
        run = client.create_run("0").info.run_id
        for first in range(0, steps, 500):
            now = int(time.time() * 1000)
            batch = []
            for step in range(first, min(steps, first + 500)):
                batch.append(Metric("loss", value(number, step), now, step))
                batch.append(Metric("acc", value(number, step) / 2, now, step))
            client.log_batch(run, batch)
        client.set_terminated(run)


def main():
    with contextlib.redirect_stdout(sys.stderr):
        start = time.perf_counter()
        {"aim": log_aim, "trackio": log_trackio, "mlflow": log_mlflow}[tool]()
        logged = time.perf_counter() - start
        start = time.perf_counter()
        found = read_trackio() if tool == "trackio" else 0
        read = time.perf_counter() - start
    print(json.dumps({"logged": logged, "read": read, "points": found}))


main()
