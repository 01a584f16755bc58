"""scikit-learn and LightGBM as they log by themselves."""

import json

import lightgbm
import mlflow
from mlflow import MlflowClient
from sklearn.datasets import load_iris
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import GridSearchCV, train_test_split

mlflow.set_experiment("autolog")
client = MlflowClient()
data, target = load_iris(return_X_y=True)
train_x, test_x, train_y, test_y = train_test_split(data, target, random_state=0)

mlflow.sklearn.autolog(log_models=False, log_datasets=False)
with mlflow.start_run() as forest:
    RandomForestClassifier(n_estimators=5, random_state=0).fit(train_x, train_y).score(test_x, test_y)
run = client.get_run(forest.info.run_id)
assert run.data.params["n_estimators"] == "5"
assert "training_accuracy_score" in run.data.metrics
assert any(f.path.endswith("confusion_matrix.png") for f in client.list_artifacts(run.info.run_id))

with mlflow.start_run() as search:
    GridSearchCV(RandomForestClassifier(random_state=0), {"n_estimators": [2, 4]}, cv=2).fit(
        train_x, train_y
    )
children = [
    child
    for child in client.search_runs([search.info.experiment_id])
    if child.data.tags.get("mlflow.parentRunId") == search.info.run_id
]
assert len(children) == 2, len(children)

mlflow.lightgbm.autolog(log_models=False, log_datasets=False)
with mlflow.start_run() as boosted:
    lightgbm.train(
        {"objective": "multiclass", "num_class": 3, "verbose": -1},
        lightgbm.Dataset(train_x, train_y),
        num_boost_round=5,
        valid_sets=[lightgbm.Dataset(test_x, test_y)],
    )
history = client.get_metric_history(boosted.info.run_id, "valid_0-multi_logloss")
assert [metric.step for metric in history] == list(range(5))
print(json.dumps({"forest": forest.info.run_id}))
