export { type Applied, applyImport, type ImportRecord, undoImport } from './apply';
export type { Incoming, Present, Target } from './incoming';
export { type ImportPlan, planImport } from './plan';
