"""What a training script does with MLflow's client, and what it reads back. Asserts as it goes."""

import io
import json
import math
import os
import tempfile

import mlflow
from mlflow import MlflowClient
from mlflow.entities import Metric, Param, RunTag
from mlflow.exceptions import MlflowException

three = int(mlflow.__version__.split(".")[0]) >= 3
client = MlflowClient()
mlflow.set_experiment("everyday")


def refused(code, action):
    try:
        action()
    except MlflowException as error:
        assert error.error_code == code, (error.error_code, str(error))
        return str(error)
    raise AssertionError(f"{code} was expected")


# Plain logging.
with mlflow.start_run(run_name="plain", description="What it is for.") as run:
    plain = run.info.run_id
    mlflow.log_param("lr", 1e-05)
    mlflow.log_params({"depth": 4, "model/kind": "tree", "größe": "10 %"})
    for step in range(20):
        mlflow.log_metric("val/loss", 1 / (step + 1), step=step)
    mlflow.log_metrics({"acc": 0.5, "f1": 0.25}, step=3)
    mlflow.log_metric("nan", float("nan"))
    mlflow.log_metric("up", float("inf"))
    mlflow.log_metric("down", float("-inf"))
    mlflow.log_metric("back", 2, step=-5)
    mlflow.set_tag("team", "blue")
    mlflow.set_tags({"a b": "1", "gone": "x"})
    mlflow.delete_tag("gone")

found = client.get_run(plain)
assert found.info.status == "FINISHED" and found.info.run_name == "plain"
assert found.info.end_time >= found.info.start_time
assert found.data.params == {"lr": "1e-05", "depth": "4", "model/kind": "tree", "größe": "10 %"}
assert found.data.metrics["val/loss"] == 1 / 20 and found.data.metrics["acc"] == 0.5
assert math.isnan(found.data.metrics["nan"])
assert found.data.metrics["up"] == math.inf and found.data.metrics["down"] == -math.inf
assert found.data.tags["team"] == "blue" and "gone" not in found.data.tags
assert found.data.tags["mlflow.note.content"] == "What it is for."
assert found.data.tags["mlflow.source.name"].endswith("everyday.py")
history = client.get_metric_history(plain, "val/loss")
assert [(m.step, m.value) for m in history] == [(s, 1 / (s + 1)) for s in range(20)]
assert client.get_metric_history(plain, "back")[0].step == -5
refused("INVALID_PARAMETER_VALUE", lambda: client.log_param(plain, "lr", 2))
refused("INVALID_PARAMETER_VALUE", lambda: client.log_metric(plain, "a/../b", 1))
refused("RESOURCE_DOES_NOT_EXIST", lambda: client.get_run("0" * 32))

# A batch as large as they come, with timestamps that repeat.
metrics = [Metric(f"m{i % 7}", i / 3, 1_700_000_000_000 + i // 10, i) for i in range(800)]
params = [Param(f"p{i}", str(i)) for i in range(100)]
tags = [RunTag(f"t{i}", str(i)) for i in range(100)]
batch = client.create_run(found.info.experiment_id, run_name="batch").info.run_id
for _ in range(2):
    client.log_batch(batch, metrics, params, tags)
assert len(client.get_run(batch).data.params) == 100
for key in range(7):
    points = client.get_metric_history(batch, f"m{key}")
    assert sorted(p.step for p in points) == list(range(key, 800, 7)), len(points)
client.set_terminated(batch)

# Nested runs, and a run that fails.
with mlflow.start_run(run_name="parent") as parent:
    for depth in range(3):
        with mlflow.start_run(nested=True, run_name=f"child {depth}") as child:
            mlflow.log_param("depth", depth)
            assert child.data.tags["mlflow.parentRunId"] == parent.info.run_id
try:
    with mlflow.start_run(run_name="fails") as failing:
        raise ValueError("on purpose")
except ValueError:
    pass
assert client.get_run(failing.info.run_id).info.status == "FAILED"

# Resumed, renamed, in the trash and back.
with mlflow.start_run(run_id=plain):
    mlflow.log_metric("later", 1)
client.update_run(plain, name="renamed")
assert client.get_run(plain).info.run_name == "renamed"
client.delete_run(plain)
assert client.get_run(plain).info.lifecycle_stage == "deleted"
refused("INVALID_PARAMETER_VALUE", lambda: client.log_metric(plain, "x", 1))
client.restore_run(plain)

# Artifacts.
with mlflow.start_run(run_name="artifacts") as run:
    mlflow.log_text("täxt", "texts/a text.txt")
    mlflow.log_dict({"a": [1, 2]}, "d.json")
    mlflow.log_dict({"a": [1, 2]}, "d.yaml")
    with tempfile.TemporaryDirectory() as folder:
        os.makedirs(os.path.join(folder, "in", "ner"))
        for name in ("one.bin", "in/two.bin", "in/ner/100%.txt"):
            with open(os.path.join(folder, name), "wb") as file:
                file.write(os.urandom(1000))
        mlflow.log_artifacts(folder, "tree")
        big = os.path.join(folder, "big.bin")
        with open(big, "wb") as file:
            for _ in range(24):
                file.write(os.urandom(1 << 20))
        mlflow.log_artifact(big)
        with open(os.path.join(folder, "empty"), "wb"):
            pass
        mlflow.log_artifact(os.path.join(folder, "empty"))
        os.environ["MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD"] = "true"
        os.environ["MLFLOW_MULTIPART_UPLOAD_MINIMUM_FILE_SIZE"] = str(5 << 20)
        os.environ["MLFLOW_MULTIPART_UPLOAD_CHUNK_SIZE"] = str(5 << 20)
        mlflow.log_artifact(big, "in parts")
        with open(big, "rb") as file:
            content = file.read()
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots()
    axes.plot([1, 2, 3])
    mlflow.log_figure(figure, "figures/curve.png")
    import numpy
    import pandas

    mlflow.log_image(numpy.zeros((8, 8, 3), dtype=numpy.uint8), "image.png")
    mlflow.log_image(numpy.zeros((8, 8, 3), dtype=numpy.uint8), key="sample", step=3)
    mlflow.log_table({"x": [1, 2], "y": ["a", "b"]}, "table.json")
    mlflow.log_table({"x": [3], "y": ["c"]}, "table.json")
    assert len(mlflow.load_table("table.json", run_ids=[run.info.run_id])) == 3
    if hasattr(mlflow, "flush_async_logging"):
        mlflow.flush_async_logging()
uri = run.info.artifact_uri
names = {f.path: f.is_dir for f in client.list_artifacts(run.info.run_id)}
assert names["tree"] and names["texts"] and not names["d.json"], names
inner = [f.path for f in client.list_artifacts(run.info.run_id, "tree/in")]
assert inner == ["tree/in/ner", "tree/in/two.bin"], inner
assert client.list_artifacts(run.info.run_id, "d.json") == []
assert mlflow.artifacts.load_text(uri + "/texts/a text.txt") == "täxt"
assert mlflow.artifacts.load_dict(uri + "/d.json") == {"a": [1, 2]}
with tempfile.TemporaryDirectory() as folder:
    for path in ("big.bin", "in parts/big.bin"):
        local = mlflow.artifacts.download_artifacts(
            run_id=run.info.run_id, artifact_path=path, dst_path=folder
        )
        with open(local, "rb") as file:
            assert file.read() == content, path
    local = mlflow.artifacts.download_artifacts(
        run_id=run.info.run_id, artifact_path="tree", dst_path=folder
    )
    assert os.path.getsize(os.path.join(local, "in", "ner", "100%.txt")) == 1000
    local = mlflow.artifacts.download_artifacts(
        run_id=run.info.run_id, artifact_path="empty", dst_path=folder
    )
    assert os.path.getsize(local) == 0

# Experiments.
made = client.create_experiment("second", tags={"kind": "try"})
assert client.get_experiment(made).tags == {"kind": "try"}
refused("RESOURCE_ALREADY_EXISTS", lambda: client.create_experiment("second"))
client.set_experiment_tag(made, "more", "x")
client.rename_experiment(made, "third")
assert client.get_experiment_by_name("second") is None
assert client.get_experiment_by_name("third").experiment_id == made
names = [e.name for e in client.search_experiments(filter_string="tags.kind = 'try'")]
assert names == ["third"], names
client.delete_experiment(made)
assert client.get_experiment(made).lifecycle_stage == "deleted"
client.restore_experiment(made)

# Without an experiment: Default.
assert client.get_experiment("0").name == "Default"
default = client.create_run("0")
assert client.get_run(default.info.run_id).info.experiment_id == "0"
client.set_terminated(default.info.run_id)

print(json.dumps({"plain": plain, "parent": parent.info.run_id, "artifacts": run.info.run_id}))
