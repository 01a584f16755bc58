/**
 * MLflow keeps prompts among the registered models, told apart by a tag. They are no models: searches
 * leave them out unless they ask for them, and their versions have no files.
 */
import { readRegisteredModelTags } from '../store/registered-models.ts';
import type { Store } from '../store/store.ts';

export const promptTag = 'mlflow.prompt.is_prompt';

/** What clients give as the source of a prompt's version. */
export const promptSources: readonly string[] = ['dummy-source', 'prompt-template'];

export function isPromptTags(tags: Readonly<Record<string, string>>): boolean {
  return Object.hasOwn(tags, promptTag) && tags[promptTag]?.toLowerCase() === 'true';
}

export function isPrompt(store: Store, name: string): boolean {
  return readRegisteredModelTags(store, [name]).some(
    ({ key, value }) => key === promptTag && value.toLowerCase() === 'true',
  );
}
