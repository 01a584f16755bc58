"""
Logs points with MLflow's client as soon as a line comes in, and prints the seconds it took.
argv: `batch` (1000 points a request, 10 series) or `single`, and how many points.
"""

import sys
import time

from mlflow import MlflowClient
from mlflow.entities import Metric

mode, count = sys.argv[1], int(sys.argv[2])
client = MlflowClient()
run = client.create_run("0").info.run_id
print("ready", flush=True)
sys.stdin.readline()
start = time.perf_counter()
if mode == "batch":
    for first in range(0, count, 1000):
        now = int(time.time() * 1000)
        client.log_batch(
            run, [Metric(f"m{i % 10}", i * 0.5, now, first + i) for i in range(1000)]
        )
else:
    for step in range(count):
        client.log_metric(run, "loss", step * 0.5, step=step)
print(time.perf_counter() - start, flush=True)
