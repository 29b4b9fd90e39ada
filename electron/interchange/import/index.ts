export { fromElsewhere } from '../record';
export type { Applied } from './apply';
export type { Collected } from './collect';
export { createEngine, type Engine, type Recovered, type Source } from './engine';
export { type GivenFile, incomingOf, ofAnother, readExports } from './exports';
export type { Incoming, Present, Target } from './incoming';
export { createTurns, type Turns } from './turns';
export { openUnfinishedImport } from './unfinished';
