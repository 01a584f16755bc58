/** Exporting the timeline: cells in, a document of one file out. */
export { diffAsMarkdown, runsAsMarkdown } from './blocks.ts';
export {
  type Picture,
  pictureReference,
  renderTimeline,
  type TimelineFormat,
  type TimelinePart,
} from './render.ts';
