import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fail, ok, type Result } from '#api';
import { emptyNotebook } from '#model';
import { createComparing } from '../../electron/comparing';
import { keepLog } from './host-fixtures';

const notebook = emptyNotebook('document-1', { paths: [], rawHash: '0'.repeat(64), history: [] });
const [first, second] = ['a'.repeat(64), 'b'.repeat(64)];

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a text that could not be read does not end, a minute later, the question for another one', async () => {
  const reading = Promise.withResolvers<Result<string>>();
  const comparing = createComparing({
    notebooks: {
      get: () => notebook,
      readText: (textHash) => (textHash === first ? Promise.resolve(fail('document-unreadable', 'It is damaged.')) : reading.promise),
    },
    library: { file: () => undefined, readThrough: () => Promise.reject(new Error('Nothing is compared')) },
    log: keepLog(),
  });
  const ask = (textHash = '') =>
    comparing.page({ documentId: notebook.id, textHash, isCompared: false, at: 0, from: 0, count: 10 }, 'a window');
  expect(await ask(first)).toMatchObject({ failure: { code: 'document-unreadable' } });
  vi.advanceTimersByTime(59_000);
  const asked = ask(second);
  vi.advanceTimersByTime(2_000);
  reading.resolve(ok('One paragraph.'));
  expect(await asked).toMatchObject({ ok: true, value: { rows: [{ before: 'One paragraph.' }] } });
});
