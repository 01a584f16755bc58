/**
 * Processes of the user's: started in a group of their own, measured, stopped with everything they
 * started, recognised later by pid and start time; and the logs they write.
 */
export { followFile, readFileFrom } from './follow.ts';
export { identifyProcess, isAlive, isRunning, type ProcessIdentity } from './identity.ts';
export { LoadRecorder, type LoadRow, readLoadLog } from './load/index.ts';
export { readLogTimes } from './log-times.ts';
export { findLogLine, searchLog } from './search-log.ts';
export {
  type ProcessEnd,
  type StartOptions,
  type Supervised,
  shellArgv,
  startProcess,
} from './start.ts';
export { stopTree } from './stop.ts';
export { openTerminal } from './terminal.ts';
