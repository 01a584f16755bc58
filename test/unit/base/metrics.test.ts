import { describe, expect, it } from 'vitest';
import { metricDirection } from '../../../src-main/base/metrics.ts';

describe('metricDirection', () => {
  it.each([
    ['accuracy', 'higher'],
    ['val/acc', 'higher'],
    ['eval.top5_accuracy', 'higher'],
    ['roc_auc', 'higher'],
    ['f1-score', 'higher'],
    ['r2', 'higher'],
    ['val_loss', 'lower'],
    ['trainLoss', 'lower'],
    ['rmse', 'lower'],
    ['error_rate', 'lower'],
    ['log_loss', 'lower'],
    ['valloss', 'lower'],
    ['perplexity', 'lower'],
    ['seconds', 'lower'],
    ['neg_mean_squared_error', 'higher'],
    ['explained_variance', 'higher'],
    ['验证准确率', 'higher'],
    ['测试集损失', 'lower'],
    ['学习率', null],
    ['epoch', null],
    ['n_samples', null],
    ['step', null],
    ['learning_rate', null],
    ['', null],
  ])('%s → %s', (key, direction) => {
    expect(metricDirection(key)).toBe(direction);
  });
});
