import path from 'node:path';
import { expect, test } from 'vitest';
import { failedAppTests, failedUnitTests } from '../../../electron/scripts/failed-tests.ts';
import { root } from '../../../electron/vite.shared.ts';

test('what failed in Vitest’s report is named with its message', () => {
  const name = path.join(root, 'tests/unit/a.test.ts');
  const passed = { status: 'passed', fullName: 'adds', failureMessages: [] };
  const failed = { status: 'failed', fullName: 'subtracts', failureMessages: ['expected 1 to be 2\n    at a.test.ts:3'] };
  expect(failedUnitTests([{ name, assertionResults: [passed, failed] }])).toEqual([
    'tests/unit/a.test.ts › subtracts\n    expected 1 to be 2\n        at a.test.ts:3',
  ]);
  expect(failedUnitTests([{ name, assertionResults: [passed] }])).toEqual([]);
});

test('what failed in Playwright’s report is found in suites within suites, of long messages the beginning', () => {
  const spec = (title: string, ok: boolean, message?: string) => ({
    ok,
    title,
    file: 'a.spec.ts',
    tests: [{ results: [message === undefined ? {} : { error: { message } }] }],
  });
  const long = Array.from({ length: 40 }, (_, at) => `line ${at + 1}`).join('\n');
  const [first, second, ...others] = failedAppTests([
    { specs: [spec('opens', true), spec('closes', false, 'Timeout')], suites: [{ specs: [spec('tells', false, long)] }] },
  ]);
  expect(first).toBe('a.spec.ts › closes\n    Timeout');
  expect(second).toContain('a.spec.ts › tells\n    line 1\n');
  expect(second).not.toContain('line 30');
  expect(others).toEqual([]);
});
