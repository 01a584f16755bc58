/**
 * Which specifications the crate follows. RO-Crate 1.1 goes with Workflow RO-Crate 1.0 and Workflow
 * Run RO-Crate 0.5; the pair 1.3 and 0.6 is newer, but validators lag behind. Change both here.
 * https://www.researchobject.org/workflow-run-crate/profiles/provenance_run_crate
 */
export const profile = {
  contexts: [
    'https://w3id.org/ro/crate/1.1/context',
    'https://w3id.org/ro/terms/workflow-run/context',
  ],
  metadata: ['https://w3id.org/ro/crate/1.1', 'https://w3id.org/workflowhub/workflow-ro-crate/1.0'],
  root: [
    ['https://w3id.org/ro/wfrun/process/0.5', 'Process Run Crate', '0.5'],
    ['https://w3id.org/ro/wfrun/workflow/0.5', 'Workflow Run Crate', '0.5'],
    ['https://w3id.org/ro/wfrun/provenance/0.5', 'Provenance Run Crate', '0.5'],
    ['https://w3id.org/workflowhub/workflow-ro-crate/1.0', 'Workflow RO-Crate', '1.0'],
  ],
} as const;
