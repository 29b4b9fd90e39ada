import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');

/** Lets go at once of every object that nothing keeps any more; one that was just dereferenced is kept until the next turn. */
export const collectGarbage = runInNewContext('gc') as () => void;
