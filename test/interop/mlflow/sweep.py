"""One process of several that search parameters at the same time: argv is its number and its runs."""

import sys

import mlflow

worker, count = int(sys.argv[1]), int(sys.argv[2])
mlflow.set_experiment("sweep")
for index in range(count):
    with mlflow.start_run(run_name=f"w{worker} r{index}"):
        mlflow.log_params({"worker": worker, "index": index})
        for step in range(20):
            mlflow.log_metrics({"loss": worker + 1 / (step + 1), "acc": step / 20}, step=step)
