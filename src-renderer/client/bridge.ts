/** What a desktop window offers beyond a page in a browser. */
export interface WindowBridge {
  /** The native folder dialog; null when it was cancelled. */
  chooseFolder(): Promise<string | null>;
  /** The native dialog for an existing file; null when it was cancelled. */
  chooseFile(extensions: readonly string[]): Promise<string | null>;
  /** The native dialog for a new file; null when it was cancelled. */
  chooseSavePath(suggestedName: string): Promise<string | null>;
}
