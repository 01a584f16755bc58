"""Logging from a thread of the client's own, and the metrics of the machine."""

import json
import time

import mlflow
from mlflow import MlflowClient

mlflow.set_experiment("background")
with mlflow.start_run() as run:
    for step in range(300):
        mlflow.log_metric("loss", step, step=step, synchronous=False)
        mlflow.log_param(f"p{step % 50}", step % 50, synchronous=False)
    mlflow.flush_async_logging()
client = MlflowClient()
steps = [metric.step for metric in client.get_metric_history(run.info.run_id, "loss")]
assert sorted(steps) == list(range(300)), len(steps)
assert len(client.get_run(run.info.run_id).data.params) == 50

mlflow.set_system_metrics_sampling_interval(0.2)
mlflow.set_system_metrics_samples_before_logging(1)
with mlflow.start_run(log_system_metrics=True) as monitored:
    time.sleep(1.5)
metrics = client.get_run(monitored.info.run_id).data.metrics
assert any(key.startswith("system/") for key in metrics), metrics
print(json.dumps(sorted(metrics)))
