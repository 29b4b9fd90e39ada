import { expect, test } from 'vitest';
import { describeActivity } from '../../../../renderer/ui/notes/describe-activity';

test('what was taken back is told as what was done, not as what is', () => {
  const message = 'Moved 1 note to the trash.';
  expect(describeActivity({ type: 'changed-together', editId: 'one', message })).toBe(message);
  expect(describeActivity({ type: 'changed-together', editId: 'one', message, isUndo: true })).toBe(`This was taken back: ${message}`);
});
