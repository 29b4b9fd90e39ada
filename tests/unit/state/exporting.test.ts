import { beforeEach, expect, test } from 'vitest';
import { type ExportRequest, fail, ok, type PreparedExport, type Result } from '#api';
import { cancelExport, followExport, runExport } from '../../../renderer/state/actions/exporting';
import { setBridge } from '../../../renderer/state/client';
import { getState, setState } from '../../../renderer/state/store';
import { info, makeHost } from './support';

const ID = '01890000-0000-7000-8000-000000000001';
const prepared: PreparedExport = {
  id: ID,
  name: 'All notes.md',
  mediaType: 'text/markdown',
  fileCount: 1,
  documentCount: 2,
  noteCount: 30,
};
const request: ExportRequest = { scope: { type: 'everything' }, format: 'markdown', layout: 'single' };

let asked: string[];
/** What happens while the host prepares, and while it saves. */
let during: { preparing?: () => Promise<void>; saving?: () => void };
let saved: Result<{ place: string } | null>;
const { bridge } = makeHost({
  'export.prepare': async () => {
    asked.push('prepare');
    await during.preparing?.();
    return ok(prepared);
  },
  'shell.save-export': () => {
    asked.push('save');
    during.saving?.();
    return saved;
  },
  'shell.copy-export': () => fail('export-broken-off', 'It broke off.'),
  'shell.cancel-export': ({ exportId }) => {
    asked.push(`cancel ${exportId}`);
    return null;
  },
});

beforeEach(() => {
  setBridge(bridge);
  asked = [];
  during = {};
  saved = ok({ place: '/tmp/All notes.md' });
  setState({ info, dialog: { type: 'export', scope: request.scope }, notices: [], exporting: undefined });
});

test('what is saved is followed to its end, told, and the dialog goes', async () => {
  during.saving = () => {
    followExport({ exportId: '01890000-0000-7000-8000-00000000000f', documents: 2, notes: 30 });
    expect(getState().exporting).toEqual({ prepared, documents: 0, notes: 0 });
    followExport({ exportId: ID, documents: 1, notes: 20 });
    expect(getState().exporting).toEqual({ prepared, documents: 1, notes: 20 });
  };
  await runExport(request, 'file');
  expect(getState()).toMatchObject({
    dialog: undefined,
    exporting: undefined,
    notices: [{ kind: 'info', message: 'Exported to /tmp/All notes.md.' }],
  });
});

test('one goes on at a time', async () => {
  during.saving = () => void runExport(request, 'file');
  await runExport(request, 'file');
  expect(asked).toEqual(['prepare', 'save']);
});

test('where the reader chose no place the dialog stays, and nothing is told', async () => {
  saved = ok(null);
  await runExport(request, 'file');
  expect(getState()).toMatchObject({ dialog: { type: 'export' }, exporting: undefined, notices: [] });
});

test('what is cancelled before it is known what is in it is not begun', async () => {
  during.preparing = cancelExport;
  await runExport(request, 'file');
  expect(asked).toEqual(['prepare']);
  expect(getState().notices).toMatchObject([{ kind: 'info', message: 'The export was cancelled. Nothing of it was kept.' }]);
});

test('what is cancelled later is told to whoever saves it, and is no error', async () => {
  saved = fail('cancelled', 'It was cancelled.');
  during.saving = () => void cancelExport();
  await runExport(request, 'file');
  expect(asked).toEqual(['prepare', 'save', `cancel ${ID}`]);
  expect(getState()).toMatchObject({ dialog: { type: 'export' }, exporting: undefined, notices: [{ kind: 'info' }] });
});

test('what breaks off is an error, and the dialog stays', async () => {
  await runExport(request, 'clipboard');
  expect(getState()).toMatchObject({ dialog: { type: 'export' }, notices: [{ kind: 'error', message: 'It broke off.' }] });
});
