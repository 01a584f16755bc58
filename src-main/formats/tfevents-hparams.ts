/** What the hparams plugin of TensorBoard writes into the metadata of a summary. */
import type { MessageReader } from './protobuf.ts';

/** Params of a session as text, and how it ended; what a message does not say is left out. */
export interface HparamsContent {
  readonly params: readonly { key: string; value: string }[];
  readonly group: string | null;
  readonly ended: 'FINISHED' | 'FAILED' | 'RUNNING' | null;
}

const dataField = { start: 3, end: 4 } as const;
/** Of `Status`: 1 success, 2 failure, 3 running. */
const statuses = [null, 'FINISHED', 'FAILED', 'RUNNING'] as const;

export function decodeHparams(data: MessageReader): HparamsContent {
  const params: { key: string; value: string }[] = [];
  let group: string | null = null;
  let ended: HparamsContent['ended'] = null;
  while (data.next()) {
    if (data.field === dataField.start) group = readStart(data.message(), params) ?? group;
    else if (data.field === dataField.end) {
      const end = data.message();
      while (end.next()) {
        if (end.field === 1) ended = statuses[end.varint()] ?? null;
        else end.skip();
      }
    } else data.skip();
  }
  return { params, group, ended };
}

/** `SessionStartInfo`: 1 is the map of hyperparameters, 4 the name of the group. */
function readStart(start: MessageReader, params: { key: string; value: string }[]): string | null {
  let group: string | null = null;
  while (start.next()) {
    if (start.field === 1) {
      const entry = start.message();
      let key = '';
      let value: string | null = null;
      while (entry.next()) {
        if (entry.field === 1) key = entry.text();
        else if (entry.field === 2) value = readValue(entry.message());
        else entry.skip();
      }
      if (value !== null) params.push({ key, value });
    } else if (start.field === 4) group = start.text();
    else start.skip();
  }
  return group;
}

/** `google.protobuf.Value`: null, number, string or bool; lists and structs are not used here. */
function readValue(value: MessageReader): string | null {
  let text: string | null = null;
  while (value.next()) {
    if (value.field === 1) {
      value.varint();
      text = 'null';
    } else if (value.field === 2) text = String(value.double());
    else if (value.field === 3) text = value.text();
    else if (value.field === 4) text = value.varint() === 0 ? 'False' : 'True';
    else value.skip();
  }
  return text;
}
