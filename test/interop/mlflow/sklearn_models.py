"""scikit-learn with datasets and models, as MLflow 3 logs them by itself. Asserts as it goes."""

import json

import lightgbm
import mlflow
import numpy
import pandas
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split

client = MlflowClient()
experiment = mlflow.set_experiment("models").experiment_id
frame = load_iris(as_frame=True).frame
train, test = train_test_split(frame, random_state=0)
features = list(frame.columns[:4])


def refused(code, action):
    try:
        action()
    except MlflowException as error:
        assert error.error_code == code, (error.error_code, str(error))
        return str(error)
    raise AssertionError(f"{code} was expected")


# Autolog: params, metrics, the data, and the model.
mlflow.sklearn.autolog()
with mlflow.start_run() as auto:
    LogisticRegression(max_iter=300).fit(train[features], train["target"])
mlflow.sklearn.autolog(disable=True)
found = client.get_run(auto.info.run_id)
assert found.data.params["max_iter"] == "300"
[used] = found.inputs.dataset_inputs
assert used.tags[0].key == "mlflow.data.context" and used.tags[0].value == "train"
[output] = found.outputs.model_outputs
model = mlflow.get_logged_model(output.model_id)
assert model.source_run_id == auto.info.run_id and str(model.status) == "READY", model
assert model.params["max_iter"] == "300", model.params
assert {m.key for m in model.metrics} >= {"training_accuracy_score"}, model.metrics
loaded = mlflow.sklearn.load_model(f"models:/{model.model_id}")
assert loaded.predict(test[features]).shape == (len(test),)

# LightGBM, its model by its run's address.
mlflow.lightgbm.autolog()
with mlflow.start_run() as boosted:
    booster = lightgbm.train(
        {"objective": "multiclass", "num_class": 3, "verbose": -1},
        lightgbm.Dataset(train[features].to_numpy(), train["target"].to_numpy()),
        num_boost_round=3,
    )
mlflow.lightgbm.autolog(disable=True)
loaded = mlflow.lightgbm.load_model(f"runs:/{boosted.info.run_id}/model")
assert numpy.array_equal(
    loaded.predict(test[features].to_numpy()), booster.predict(test[features].to_numpy())
)
[output] = client.get_run(boosted.info.run_id).outputs.model_outputs
client.delete_logged_model(output.model_id)

# By hand: two kinds of dataset, checkpoints, measurements on datasets.
scores = {}
with mlflow.start_run(run_name="by hand") as run:
    train_set = mlflow.data.from_pandas(train, name="iris train", targets="target")
    test_set = mlflow.data.from_numpy(test[features].to_numpy(), name="iris test")
    mlflow.log_input(train_set, context="training")
    mlflow.log_input(train_set, context="training")
    mlflow.log_input(test_set, context="testing", tags={"note": "größe"})
    for step, strength in enumerate([0.001, 1.0]):
        fitted = LogisticRegression(C=strength, max_iter=500).fit(train[features], train["target"])
        info = mlflow.sklearn.log_model(
            fitted,
            name=f"iris-{step}",
            pip_requirements=["scikit-learn"],
            params={"C": strength},
            tags={"size": "small"},
            input_example=test[features].head(2),
            step=step,
            registered_model_name="iris",
        )
        score = float(fitted.score(test[features], test["target"]))
        mlflow.log_metric("accuracy", score, step=step, model_id=info.model_id, dataset=train_set)
        mlflow.log_metric("accuracy", score / 2, step=step, model_id=info.model_id, dataset=test_set)
        scores[info.model_id] = score
found = client.get_run(run.info.run_id)
inputs = {i.dataset.name: i for i in found.inputs.dataset_inputs}
assert set(inputs) == {"iris train", "iris test"}, inputs
assert {t.key: t.value for t in inputs["iris test"].tags} == {
    "mlflow.data.context": "testing",
    "note": "größe",
}
assert json.loads(inputs["iris train"].dataset.schema)["mlflow_colspec"]
assert {o.model_id: o.step for o in found.outputs.model_outputs} == dict(zip(scores, [0, 1]))
weak, strong = scores

# Datasets in filters of runs.
runs = lambda text: [r.info.run_name for r in client.search_runs([experiment], text)]
assert runs("dataset.name = 'iris train'") == ["by hand"]
assert runs("dataset.context = 'testing' AND dataset.name LIKE 'iris%'") == ["by hand"]
assert runs(f"dataset.digest IN ('{train_set.digest}')") == ["by hand"]
assert runs("dataset.name = 'other'") == []
assert len(client.search_runs([experiment])[0].inputs.dataset_inputs) == 2

# Logged models are found by what they are, by what was measured, and on what.
models = lambda text=None, **more: [
    m.model_id
    for m in client.search_logged_models([experiment], filter_string=text, **more)
]
assert models("name = 'iris-1'") == [strong]
assert models("name LIKE 'iris-%' AND params.C = '0.001'") == [weak]
assert models("tags.size = 'small' AND source_run_id = '%s'" % run.info.run_id) == [strong, weak]
assert models(f"metrics.accuracy >= {scores[strong]}") == [strong]
assert models(
    f"metrics.accuracy >= {scores[strong]}", datasets=[{"dataset_name": "iris test"}]
) == []
assert set(models(datasets=[{"dataset_name": "iris test"}])) == {weak, strong}
assert models("status = 'READY' AND name = 'iris-0'") == [weak]
by_accuracy = [{"field_name": "metrics.accuracy", "ascending": False, "dataset_name": "iris train"}]
assert models(order_by=by_accuracy)[:3] == [strong, weak, model.model_id]
by_accuracy[0]["ascending"] = True
assert models(order_by=by_accuracy)[:3] == [weak, strong, model.model_id]
page = client.search_logged_models([experiment], max_results=2)
assert len(page) == 2 and page.token
assert len(client.search_logged_models([experiment], max_results=2, page_token=page.token)) == 1
table = mlflow.search_logged_models([experiment], output_format="pandas")
assert isinstance(table, pandas.DataFrame) and len(table) == 3

# The versions that they became, loaded by alias.
client.set_registered_model_alias("iris", "champion", 2)
best = mlflow.pyfunc.load_model("models:/iris@champion")
assert numpy.array_equal(
    best.predict(test[features]), mlflow.sklearn.load_model(f"models:/{strong}").predict(test[features])
)
version = client.get_model_version("iris", "2")
assert version.run_id == run.info.run_id and version.source == f"models:/{strong}", version
assert json.loads(client.get_logged_model(strong).tags["mlflow.modelVersions"]) == [
    {"name": "iris", "version": "2"}
]
assert [v.version for v in client.search_model_versions("name = 'iris'")] == ["2", "1"]

# Life of a logged model by itself.
created = client.create_logged_model(experiment, name="alone", params={"a": "1"}, tags={"t": "1"})
assert str(created.status) == "PENDING" and created.params == {"a": "1"}
client.set_logged_model_tags(created.model_id, {"t": "2", "gone": "x", "a b/c": "d"})
client.delete_logged_model_tag(created.model_id, "gone")
client.delete_logged_model_tag(created.model_id, "a b/c")
refused(
    "RESOURCE_DOES_NOT_EXIST", lambda: client.delete_logged_model_tag(created.model_id, "gone")
)
client.log_model_params(created.model_id, {"b": "2"})
done = client.finalize_logged_model(created.model_id, "FAILED")
assert str(done.status) == "FAILED"
assert done.tags == {"t": "2"} and done.params == {"a": "1", "b": "2"}, done
client.log_model_artifact(created.model_id, __file__)
assert [f.path for f in client.list_logged_model_artifacts(created.model_id)] == [
    "sklearn_models.py"
]
client.delete_logged_model(created.model_id)
refused("RESOURCE_DOES_NOT_EXIST", lambda: client.get_logged_model(created.model_id))
refused(
    "INVALID_PARAMETER_VALUE", lambda: client.create_logged_model(experiment, name="a.b")
)
files = {f.path for f in client.list_logged_model_artifacts(strong)}
assert "MLmodel" in files, files
print(json.dumps({"run": run.info.run_id, "models": [weak, strong], "alone": created.model_id}))
