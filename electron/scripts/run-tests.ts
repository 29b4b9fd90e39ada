import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findChromium, installChromium } from '../../tests/app/chromium.ts';
import { root } from '../vite.shared.ts';

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

interface Step {
  name: string;
  run(reports: string): Counts;
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
  const sum: Counts = { passed: 0, failed: 0, skipped: 0 };
  try {
    for (const { name, run } of chosen) {
      process.stdout.write(`\n── ${name}\n`);
      const counts = run(reports);
      sum.passed += counts.passed;
      sum.failed += counts.failed;
      sum.skipped += counts.skipped;
    }
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
  process.stdout.write(`\n${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped\n`);
  return sum.failed === 0 && sum.passed > 0;
}

/** A command that counts as one test. */
function check(name: string, command: string[]): Step {
  return { name, run: () => (execute(command) ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 }) };
}

function runUnitTests(reports: string): Counts {
  const report = path.join(reports, 'unit.json');
  const succeeded = execute(['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]);
  const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0, numTodoTests = 0 } = readReport(report);
  return counted({ passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests }, succeeded);
}

function runAppTests(reports: string): Counts {
  try {
    if (!findChromium()) installChromium();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const report = path.join(reports, 'app.json');
  const succeeded = execute(['playwright', 'test', '--reporter=list,json'], { PLAYWRIGHT_JSON_OUTPUT_FILE: report });
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = readReport(report)['stats'] ?? {};
  return counted({ passed: expected, failed: unexpected + flaky, skipped }, succeeded);
}

/** A runner that failed without a failed test (a file that does not load) has failed all the same. */
const counted = (counts: Counts, succeeded: boolean): Counts => (!succeeded && counts.failed === 0 ? { ...counts, failed: 1 } : counts);

const readReport = (file: string) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {});

function execute([command = '', ...args]: string[], env: NodeJS.ProcessEnv = {}): boolean {
  const shell = process.platform === 'win32';
  return spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env }, shell }).status === 0;
}
