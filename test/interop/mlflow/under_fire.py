"""
Logs while its server is killed again and again. Writes down what was acknowledged, a line each:
`<run id> <key> <step> <value>`; ends when a line comes in on standard input.
"""

import sys
import threading
import time

import mlflow
from mlflow import MlflowClient
from mlflow.entities import Metric

acknowledged, worker = sys.argv[1], int(sys.argv[2])
stop = threading.Event()
threading.Thread(target=lambda: (sys.stdin.readline(), stop.set()), daemon=True).start()

client = MlflowClient()
experiment = client.get_experiment_by_name("fire").experiment_id
run = client.create_run(experiment, run_name=f"worker {worker}").info.run_id
step = 0
with open(acknowledged, "a", buffering=1) as log:
    while not stop.is_set():
        now = int(time.time() * 1000)
        if step % 3 == 0:
            metrics = [Metric(f"m{i % 5}", step + i, now, step + i) for i in range(50)]
            client.log_batch(run, metrics)
            for metric in metrics:
                log.write(f"{run} {metric.key} {metric.step} {metric.value}\n")
            step += 50
        else:
            client.log_metric(run, "single", step, timestamp=now, step=step)
            log.write(f"{run} single {step} {step}\n")
            step += 1
        # Enough to be hit in the middle of something, and room for the killing.
        time.sleep(0.005)
    client.set_terminated(run)
print(run)
