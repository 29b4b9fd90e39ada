import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { installChromium } from '../../tests/app/chromium.ts';
import { root } from '../vite.shared.ts';
import { beginningOf, failedAppTests, failedUnitTests } from './failed-tests.ts';
import { failuresFile } from './failures-reporter.ts';

/** What a runner counted, and what failed in it: names, each with the first lines of its message. */
interface Outcome {
  passed: number;
  failed: number;
  skipped: number;
  failures: string[];
}

interface Step {
  name: string;
  run(reports: string): Outcome;
}

const steps: Step[] = [
  check('build', ['node', 'electron/scripts/build.mjs']),
  check('types', ['npm', 'run', '--silent', 'typecheck']),
  check('lint', ['npm', 'run', '--silent', 'lint']),
  { name: 'unit', run: runUnitTests },
  { name: 'app', run: runAppTests },
];

/** Runs all steps, or the one named `part`, whatever fails on the way, and prints the sum as its last line; whether nothing failed. */
export async function runTests(part: string | undefined): Promise<boolean> {
  const chosen = part === undefined ? steps : steps.filter(({ name }) => name === part);
  const reports = mkdtempSync(path.join(os.tmpdir(), 'lectern-reports-'));
  const sum: Outcome = { passed: 0, failed: 0, skipped: 0, failures: [] };
  try {
    for (const { name, run } of chosen) {
      process.stdout.write(`\n── ${name}\n`);
      const outcome = run(reports);
      sum.passed += outcome.passed;
      sum.failed += outcome.failed;
      sum.skipped += outcome.skipped;
      sum.failures.push(...outcome.failures.map((failure) => `${name}: ${failure}`));
    }
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
  // Once more at the end: whoever keeps only the last lines of a long run must see what failed.
  if (sum.failures.length > 0) process.stdout.write(`\n── failed\n${sum.failures.join('\n')}\n`);
  process.stdout.write(`\n${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped\n`);
  return sum.failed === 0 && sum.passed > 0;
}

/** A command that counts as one test. */
function check(name: string, command: string[]): Step {
  return { name, run: () => (execute(command) ? { passed: 1, failed: 0, skipped: 0, failures: [] } : failedAltogether(command.join(' '))) };
}

function runUnitTests(reports: string): Outcome {
  const report = path.join(reports, 'unit.json');
  const besides = path.join(reports, 'unit-besides.json');
  const reporters = ['default', 'json', path.join(root, 'electron/scripts/failures-reporter.ts')].map(
    (reporter) => `--reporter=${reporter}`,
  );
  const succeeded = execute(['vitest', 'run', ...reporters, `--outputFile.json=${report}`], { [failuresFile]: besides });
  const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0, numTodoTests = 0, testResults = [] } = readReport(report);
  const counts = { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
  const { messages = [] }: { messages?: string[] } = readReport(besides);
  const failures = [...failedUnitTests(testResults), ...messages.map(beginningOf)];
  return counted({ ...counts, failures }, succeeded);
}

function runAppTests(reports: string): Outcome {
  try {
    installChromium();
  } catch (error) {
    return failedAltogether(error instanceof Error ? error.message : String(error));
  }
  const report = path.join(reports, 'app.json');
  const succeeded = execute(['playwright', 'test', '--reporter=list,json'], { PLAYWRIGHT_JSON_OUTPUT_FILE: report });
  const { stats = {}, suites = [] } = readReport(report);
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = stats;
  return counted({ passed: expected, failed: unexpected + flaky, skipped, failures: failedAppTests(suites) }, succeeded);
}

const failedAltogether = (failure: string): Outcome => ({ passed: 0, failed: 1, skipped: 0, failures: [failure] });

/** A runner that failed without a failed test (a file that does not load, an error that nothing caught) has failed all the same. */
function counted(outcome: Outcome, succeeded: boolean): Outcome {
  if (succeeded || outcome.failed > 0) return outcome;
  const failures = outcome.failures.length > 0 ? outcome.failures : ['the runner ended with an error, though no test failed: see above'];
  return { ...outcome, failed: 1, failures };
}

const readReport = (file: string) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {});

function execute([command = '', ...args]: string[], env: NodeJS.ProcessEnv = {}): boolean {
  const shell = process.platform === 'win32';
  return spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env }, shell }).status === 0;
}
