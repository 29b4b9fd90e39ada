import { beforeEach, expect, test } from 'vitest';
import { type BroughtOutcome, fail, ok } from '#api';
import { followBringing } from '../../../renderer/state/actions/bringing';
import { importFiles } from '../../../renderer/state/actions/library';
import { applyRestore, planRestore, showRestore } from '../../../renderer/state/actions/restoring';
import { setBridge } from '../../../renderer/state/client';
import { getState, setState } from '../../../renderer/state/store';
import { info, makeHost } from './support';

const PLAN = '01890000-0000-7000-8000-000000000001';
const handedOver: [upload: string, name: string][] = [];
let outcome: BroughtOutcome = { message: 'Restored.', complete: true, undoable: true, documentIds: ['touched'] };
const { bridge } = makeHost({
  'restore.apply': () => {
    expect(getState().bringing).toEqual({ done: 0, total: 0 });
    followBringing({ done: 1, total: 2 });
    expect(getState().bringing).toEqual({ done: 1, total: 2 });
    return ok(outcome);
  },
  'restore.undo': () => ok({ message: 'Taken back.', complete: true, undoable: false, documentIds: [] }),
});

beforeEach(() => {
  setBridge({
    ...bridge,
    async upload(upload, file) {
      handedOver.push([upload, file.name]);
      return fail('backup-unreadable', 'It is none.') as never;
    },
  });
  setState({ info, dialog: undefined, notices: [] });
  handedOver.length = 0;
});

test('a zip that is dropped or opened shows what is in it', async () => {
  const zip = new File(['x'], 'Backup.ZIP');
  await importFiles([zip]);
  expect(getState().dialog).toEqual({ type: 'restore', file: zip });
  await planRestore(zip);
  expect(handedOver).toEqual([['restore.plan-zip', 'Backup.ZIP']]);
});

test('a zip that is too large to be handed over is told with what can be done instead', async () => {
  const large = Object.defineProperty(new File([''], 'large.zip'), 'size', { value: 300 * 1_048_576 });
  const result = await planRestore(large);
  expect(result.ok || result.failure.message).toContain('“large.zip” has 300 MB');
  expect(handedOver).toEqual([]);
});

test('what was done is said, with a way back, and the dialog goes', async () => {
  showRestore();
  await applyRestore(PLAN, false);
  expect(getState()).toMatchObject({ dialog: undefined, bringing: undefined, notices: [{ kind: 'info', message: 'Restored.' }] });
  getState().notices[0]?.action?.run();
  await expect.poll(() => getState().notices.at(-1)?.message).toBe('Taken back.');
});

test('what ended early stays on the screen as an error', async () => {
  outcome = { message: 'The disk is full.', complete: false, undoable: false, documentIds: [] };
  await applyRestore(PLAN, false);
  expect(getState().notices).toMatchObject([{ kind: 'error', message: 'The disk is full.' }]);
  expect(getState().notices[0]?.action).toBeUndefined();
});
