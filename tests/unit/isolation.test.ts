import { expect, it } from 'vitest';
import { listIsolated } from './isolation';

const isolated = listIsolated();

it.each([
  ['replaces a module itself', 'storage/short-writes'],
  ['replaces one through what it imports', 'shell/window'],
  ['reaches the window’s store', 'state/tags'],
  ['reads PDFs', 'formats/pdf/pdf'],
  ['reaches it from another folder', 'sync/replica'],
])('a test file that %s has modules of its own', (_why, name) => {
  expect(isolated).toContain(`tests/unit/${name}.test.ts`);
});

it.each(['state/keys', 'library/library', 'model/merge', 'ui/notes/margin-layout'])('%s shares modules', (name) => {
  expect(isolated).not.toContain(`tests/unit/${name}.test.ts`);
});
