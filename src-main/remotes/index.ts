/** Other machines: clients of the servers that results are sent to and fetched from. */
export { type MlflowAddress, MlflowClient, type MlflowRun } from './mlflow-client.ts';
