import type { useCall } from '../../client/index.ts';

/** Gives a whole log to the browser to save; it goes by in pieces, which the browser keeps. */
export async function saveLog(
  call: ReturnType<typeof useCall>,
  runId: string,
  stage: string,
): Promise<void> {
  const pieces: Blob[] = [];
  await call(
    'runs.log',
    { id: runId, stage },
    { onItem: ({ bytes }) => void pieces.push(new Blob([bytes as Uint8Array<ArrayBuffer>])) },
  );
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob(pieces, { type: 'text/plain' }));
  link.download = `${stage === '' ? runId.slice(0, 8) : stage.replaceAll(/[^\w.-]/g, '_')}.log`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
