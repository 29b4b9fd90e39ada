import path from 'node:path';
import { root } from '../vite.shared.ts';

interface UnitFile {
  name: string;
  message: string;
  assertionResults: { status: string; fullName: string; failureMessages: string[] }[];
}

/** The failed tests in Vitest’s JSON report (its `testResults`), and the files that did not load: names, each with the first lines of its message. */
export function failedUnitTests(files: UnitFile[]): string[] {
  return files.flatMap(({ name, message, assertionResults }) => {
    const file = path.relative(root, name);
    const failed = assertionResults.filter(({ status }) => status === 'failed');
    const tests = failed.map(({ fullName, failureMessages }) => `${file} › ${fullName}\n${beginningOf(failureMessages.join('\n'))}`);
    return tests.length === 0 && message ? [`${file}\n${beginningOf(message)}`] : tests;
  });
}

interface AppSuite {
  specs?: { ok: boolean; title: string; file: string; tests: { results: { error?: { message?: string } }[] }[] }[];
  suites?: AppSuite[];
}

/** The failed tests in Playwright’s JSON report (its `suites`), likewise. */
export function failedAppTests(suites: AppSuite[]): string[] {
  return suites.flatMap(({ specs = [], suites: inner = [] }) => {
    const tests = specs
      .filter(({ ok }) => !ok)
      .map(({ title, file, tests }) => {
        const messages = tests.flatMap(({ results }) => results).flatMap(({ error }) => error?.message ?? []);
        return `${file} › ${title}\n${beginningOf(messages.join('\n'))}`;
      });
    return [...tests, ...failedAppTests(inner)];
  });
}

/** The first lines of a message, indented. */
const beginningOf = (message: string): string =>
  message
    .split('\n')
    .slice(0, 12)
    .map((line) => `    ${line}`)
    .join('\n');
