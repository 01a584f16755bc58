/**
 * Boosted trees: models of XGBoost, LightGBM and CatBoost. Their arrays come as tensors, and what they
 * split on as facts of the booster.
 */
export { catboostReader } from './catboost.ts';
export { cbmReader } from './cbm.ts';
export { lightgbmReader } from './lightgbm.ts';
export type { BoosterFacts } from './types.ts';
export { xgboostReader } from './xgboost.ts';
