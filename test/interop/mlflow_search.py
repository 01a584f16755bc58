"""Logs runs into MLflow's own SQLite store, and answers searches of them: lines of JSON in and out."""

import json
import logging
import sys
import warnings

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)

from mlflow.entities import (  # noqa: E402
    Dataset,
    DatasetInput,
    InputTag,
    Metric,
    Param,
    RunStatus,
    RunTag,
    ViewType,
)
from mlflow.exceptions import MlflowException  # noqa: E402
from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore  # noqa: E402

store = SqlAlchemyStore("sqlite:///" + sys.argv[1], sys.argv[2])


def log(runs):
    ids = []
    for run in runs:
        tags = [RunTag(key, value) for key, value in run["tags"].items()]
        made = store.create_run("0", run["user"], run["start"], tags, run["name"])
        run_id = made.info.run_id
        ids.append(run_id)
        metrics = [
            Metric(key, float(value), step, step)
            for key, values in run["metrics"].items()
            for step, value in enumerate(values)
        ]
        params = [Param(key, value) for key, value in run["params"].items()]
        store.log_batch(run_id, metrics, params, [])
        for name, digest, context in run["datasets"]:
            tag = [] if context is None else [InputTag("mlflow.data.context", context)]
            dataset = Dataset(name=name, digest=digest, source_type="local", source="{}")
            store.log_inputs(run_id, [DatasetInput(dataset, tag)])
        if run["end"] is not None:
            status = RunStatus.from_string(run["status"])
            store.update_run_info(run_id, status, run["end"], None)
        if run["deleted"]:
            store.delete_run(run_id)
    return ids


def search(request):
    try:
        found = store.search_runs(
            ["0"], request["filter"], ViewType.ACTIVE_ONLY, 1000, request["order"]
        )
        return [run.info.run_id for run in found]
    except MlflowException as error:
        return {"code": error.error_code, "message": error.message}


for line in sys.stdin:
    request = json.loads(line)
    answer = log(request["log"]) if "log" in request else search(request)
    print(json.dumps(answer), flush=True)
