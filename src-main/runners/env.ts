/** The environment that the user's processes get. */

/** Python prints at once, so that a log can be followed; a choice of the user's own stands. */
export function stageEnvironment(
  added: Readonly<Record<string, string>> = {},
  own: Readonly<Record<string, string | undefined>> = process.env,
): Record<string, string | undefined> {
  const { ELECTRON_RUN_AS_NODE: _, NODE_COMPILE_CACHE: __, ...env } = own;
  return { PYTHONUNBUFFERED: '1', ...env, ...added };
}
