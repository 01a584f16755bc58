"""What a team's server was sent by `cairn sync push`, read back with MLflow's client as JSON; or a run logged there."""

import json
import math
import os
import sys
import tempfile

import mlflow
from mlflow import MlflowClient

client = MlflowClient()


def double(value):
    return value if math.isfinite(value) else repr(value)


def read(experiment):
    found = client.get_experiment_by_name(experiment)
    runs = {}
    for run in client.search_runs([found.experiment_id], max_results=1000):
        id = run.info.run_id
        history = {
            key: [[m.step, m.timestamp, double(m.value)] for m in client.get_metric_history(id, key)]
            for key in run.data.metrics
        }
        files = {}
        pending = [""]
        while pending:
            for entry in client.list_artifacts(id, pending.pop() or None):
                if entry.is_dir:
                    pending.append(entry.path)
                else:
                    with open(client.download_artifacts(id, entry.path), encoding="utf-8") as file:
                        files[entry.path] = file.read()
        name = run.info.run_name
        assert name not in runs, f"{name} is there twice"
        runs[name] = {
            "id": id,
            "status": run.info.status,
            "start": run.info.start_time,
            "end": run.info.end_time,
            "params": run.data.params,
            "tags": run.data.tags,
            "history": history,
            "files": files,
        }
    print(json.dumps(runs))


def log(experiment):
    mlflow.set_experiment(experiment)
    with mlflow.start_run(run_name="theirs", description="From the server.") as run:
        mlflow.log_params({"depth": 4, "größe": "10 %"})
        for step in range(30):
            mlflow.log_metric("val/loss", 1 / (step + 1), step=step)
        mlflow.log_metric("odd", float("nan"), step=1)
        mlflow.log_metric("odd", float("-inf"), step=2)
        mlflow.set_tag("team", "blue")
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "words.txt")
            with open(path, "w", encoding="utf-8") as file:
                file.write("logged there")
            mlflow.log_artifact(path, "texts")
        with mlflow.start_run(run_name="inner", nested=True):
            mlflow.log_metric("x", 1.5)
    print(run.info.run_id)


def more(run_id):
    client.log_metric(run_id, "val/loss", 0.001, step=30)
    client.set_tag(run_id, "team", "green")


{"read": read, "log": log, "more": more}[sys.argv[1]](sys.argv[2])
