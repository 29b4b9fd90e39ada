import path from 'node:path';
import { root } from '../vite.shared.ts';

interface UnitFile {
  name: string;
  assertionResults: { status: string; fullName: string; failureMessages: string[] }[];
}

/** The failed tests in Vitest’s JSON report (its `testResults`): names, each with the first lines of its message. */
export function failedUnitTests(files: UnitFile[]): string[] {
  return files.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName, failureMessages }) => beginningOf(`${path.relative(root, name)} › ${fullName}\n${failureMessages.join('\n')}`)),
  );
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
        return beginningOf(`${file} › ${title}\n${messages.join('\n')}`);
      });
    return [...tests, ...failedAppTests(inner)];
  });
}

/** What failed, a line, and the first lines of why, indented. */
export function beginningOf(failure: string): string {
  const [name = '', ...why] = failure.split('\n');
  return [name, ...why.slice(0, 12).map((line) => `    ${line}`)].join('\n');
}
