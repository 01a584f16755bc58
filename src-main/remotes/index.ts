/** Other machines: clients of the servers that results are sent to and fetched from. */
export {
  type MlflowAddress,
  MlflowClient,
  type MlflowPage,
  type MlflowRun,
} from './mlflow-client.ts';
