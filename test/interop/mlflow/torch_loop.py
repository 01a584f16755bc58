"""A PyTorch training loop that logs every batch, and its model. Asserts as it goes."""

import json

import mlflow
import torch
from mlflow import MlflowClient

client = MlflowClient()
mlflow.set_experiment("torch")
torch.manual_seed(0)
x = torch.rand(512, 3)
y = x @ torch.tensor([[1.0], [-2.0], [0.5]]) + 0.25
net = torch.nn.Sequential(torch.nn.Linear(3, 8), torch.nn.ReLU(), torch.nn.Linear(8, 1))
optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
losses = []
with mlflow.start_run() as run:
    mlflow.log_params({"lr": 0.01, "batch": 32})
    for epoch in range(5):
        for batch in range(16):
            part = slice(batch * 32, batch * 32 + 32)
            loss = torch.nn.functional.mse_loss(net(x[part]), y[part])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
            mlflow.log_metric("loss", loss.item(), step=epoch * 16 + batch)
    with torch.no_grad():
        expected = net(x[:8])
    info = mlflow.pytorch.log_model(
        net, name="net", input_example=x[:8].numpy(), pip_requirements=["torch"]
    )
    mlflow.log_metric("final", losses[-1], model_id=info.model_id)
history = client.get_metric_history(run.info.run_id, "loss")
assert [(m.step, m.value) for m in history] == list(enumerate(losses))
loaded = mlflow.pytorch.load_model(f"models:/{info.model_id}")
with torch.no_grad():
    assert torch.allclose(loaded(x[:8]), expected)
version = mlflow.register_model(f"models:/{info.model_id}", "torch net")
client.set_registered_model_alias("torch net", "best", version.version)
again = mlflow.pytorch.load_model("models:/torch net@best")
with torch.no_grad():
    assert torch.allclose(again(x[:8]), expected)
assert "final" in {m.key for m in client.get_logged_model(info.model_id).metrics}
print(json.dumps({"model": info.model_id}))
