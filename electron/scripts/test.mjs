import process from 'node:process';
import { checkNode } from './check-node.mjs';

// `npm test` runs everything; `npm run test:unit` and `npm run test:app` a part of it.
checkNode();
const { runTests } = await import('./run-tests.ts');
process.exitCode = (await runTests(process.argv[2])) ? 0 : 1;
