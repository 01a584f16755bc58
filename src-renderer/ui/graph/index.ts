/**
 * Graphs of cards and arrows, laid out in layers, by mouse and by keys. Features that draw one import
 * from here and not from `ui/`, so that the graph library is only loaded with them.
 */
export { type CardLook, GraphView } from './GraphView.tsx';
