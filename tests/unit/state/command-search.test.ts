import { expect, it } from 'vitest';
import { commandIds, commands } from '#api';
import { findCommands } from '../../../renderer/state/command-search';

it.each([
  ['export', 'export.document'],
  ['exp', 'export.document'],
  ['finished', 'document.finished'],
  ['trash', 'go.trash'],
  ['all n', 'go.all-notes'],
  ['dark', 'view.theme'],
  ['zoom', 'text.larger'],
  ['comment', 'note.add'],
  ['rename', 'document.details'],
  ['contents', 'view.outline'],
  ['bibtex', 'export.document'],
] as const)('has the command for %j among the first three', (typed, id) => {
  expect(findCommands(typed).slice(0, 3)).toContain(id);
});

it('puts what is called so before what is otherwise called so', () => {
  const found = findCommands('note').map((id) => commands[id].title);
  const isCalled = found.map((title) => /\bnote/i.test(title));
  expect(isCalled).toEqual(isCalled.toSorted((a, b) => Number(b) - Number(a)));
  expect(found[0]).toMatch(/^Note/);
});

it('looks for beginnings of words only, all of them, whatever their case and accents', () => {
  expect(findCommands('xport')).toEqual([]);
  expect(findCommands('export zebra')).toEqual([]);
  expect(findCommands('ÉXPORT every')).toEqual(['export.everything']);
});

it('gives every command for nothing', () => {
  expect(findCommands('').toSorted()).toEqual([...commandIds].toSorted());
});
