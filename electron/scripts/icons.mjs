import { checkNode } from './check-node.mjs';

checkNode();
await import('./make-icons.ts');
