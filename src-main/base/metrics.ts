/** Which way is up: guessed from the name of a metric, the only thing most projects say about it. */

export type MetricDirection = 'higher' | 'lower';

/** Whether a metric says how busy the machine was, as MLflow's client names those. */
export function isSystemMetric(key: string): boolean {
  return key.startsWith('system/');
}

/** Words of a name that decide. The word nearest the end wins: `loss_improvement` is a gain. */
const lower = new Set(
  (
    'loss losses error errors err mse rmse mae mape smape rmsle msle nll perplexity ppl bpc bpb ' +
    'wer cer ter fid kid lpips brier ece mce hinge logloss crossentropy entropy divergence kl ' +
    'distance regret latency duration time seconds ms runtime cost penalty misclassification ' +
    'fpr fnr fdr eer hamming deviance residual overfit violations failures missed ' +
    'bic aic waste staleness'
  ).split(' '),
);

const higher = new Set(
  (
    'acc accuracy precision recall f1 f2 fbeta fscore auc auroc auprc roc aucroc prauc ap map ' +
    'ndcg mrr hit hits r2 score scores bleu rouge rougel meteor cider spice chrf iou miou dice ' +
    'jaccard psnr ssim kappa mcc reward rewards return returns win wins gain gains lift ' +
    'sensitivity specificity tpr tnr ppv npv throughput likelihood loglikelihood elbo ' +
    'correlation pearson spearman top1 top5 accuracies improvement passed coverage explained ' +
    'silhouette purity similarity fps success'
  ).split(' '),
);

/** Two words that mean something only together. */
const pairs: ReadonlyMap<string, MetricDirection> = new Map([
  ['log loss', 'lower'],
  ['log likelihood', 'higher'],
  ['hit rate', 'higher'],
  ['error rate', 'lower'],
  ['average precision', 'higher'],
  ['log prob', 'higher'],
  ['cross entropy', 'lower'],
  ['explained variance', 'higher'],
  ['inception score', 'higher'],
  ['success rate', 'higher'],
  ['win rate', 'higher'],
  ['r squared', 'higher'],
  ['negative likelihood', 'lower'],
]);

/** What metrics are called in Chinese, where words are not set apart: the end of the name decides. */
const chinese: readonly (readonly [words: RegExp, direction: MetricDirection])[] = [
  [/(误差|损失|困惑度|错误率|误报率|漏报率|散度|延迟|耗时|用时|时间|成本|代价)(率|值)?$/, 'lower'],
  [
    /(准确率|精确率|精确度|精度|正确率|召回率|查准率|查全率|得分|分数|奖励|回报|吞吐量?|相关系数|似然|覆盖率|成功率|命中率|收益)(值)?$/,
    'higher',
  ],
];

/** Negates what follows or precedes it, as in scikit-learn's `neg_mean_squared_error`. */
const negations = new Set(['neg', 'negative']);

/**
 * Whether a higher or a lower value of a metric is better, or null where the name does not tell.
 * @param key dotted and slashed names are read from the end: `val/epoch.top5_acc`
 */
export function metricDirection(key: string): MetricDirection | null {
  const named = chinese.find(([words]) => words.test(key));
  if (named !== undefined) return named[1];
  const words = key
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  const negated = words.some((word) => negations.has(word));
  for (let at = words.length - 1; at >= 0; at--) {
    const found = directionOf(words, at);
    if (found === null) continue;
    if (!negated) return found;
    return found === 'higher' ? 'lower' : 'higher';
  }
  return null;
}

function directionOf(words: readonly string[], at: number): MetricDirection | null {
  const word = words[at] as string;
  const pair = pairs.get(`${words[at - 1] ?? ''} ${word}`);
  if (pair !== undefined) return pair;
  if (lower.has(word)) return 'lower';
  if (higher.has(word)) return 'higher';
  // `f1score`, `valloss`, `testacc`: written without a separator.
  if (/(loss|error)$/.test(word)) return 'lower';
  if (/(accuracy|score|precision|recall)$/.test(word)) return 'higher';
  return null;
}
