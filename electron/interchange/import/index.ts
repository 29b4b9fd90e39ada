export type { Applied } from './apply';
export { createEngine, type Engine, type Source } from './engine';
export type { Incoming, Present, Target } from './incoming';
export { createTurns, type Turns } from './turns';
