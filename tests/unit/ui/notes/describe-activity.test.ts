import { expect, test } from 'vitest';
import { describeActivity } from '../../../../renderer/ui/notes/describe-activity';

test('what was taken back is told as what was done, not as what is', () => {
  const message = 'Moved 1 note to the trash.';
  const done = { id: 'one', at: '2026-01-01T00:00:00.000Z', type: 'changed-together', editId: 'one', message } as const;
  expect(describeActivity(done)).toBe(message);
  expect(describeActivity({ ...done, isUndo: true })).toBe(`This was taken back: ${message}`);
});
