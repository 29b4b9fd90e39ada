import { expect, it } from 'vitest';
import { listApart } from './isolation';

const { isolated, fresh } = listApart();

it('a test file that replaces a module has a thread of its own', () => {
  expect(isolated).toContain('tests/unit/storage/short-writes.test.ts');
});

it.each([
  ['replaces Electron’s through what it imports', 'shell/window'],
  ['reaches the window’s store', 'state/tags'],
  ['reads PDFs', 'formats/pdf/pdf'],
  ['reaches it from another folder', 'sync/replica'],
])('a test file that %s makes its modules anew', (_why, name) => {
  expect(fresh).toContain(`tests/unit/${name}.test.ts`);
});

it.each(['state/keys', 'library/library', 'model/merge', 'ui/notes/margin-layout'])('%s shares modules', (name) => {
  expect([...isolated, ...fresh]).not.toContain(`tests/unit/${name}.test.ts`);
});
