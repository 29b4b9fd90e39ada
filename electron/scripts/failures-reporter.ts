import { writeFileSync } from 'node:fs';
import process from 'node:process';
import type { Reporter, SerializedError, TestModule } from 'vitest/node';

/** Where the reporter writes: an environment variable, since a reporter named at the command line is given no options. */
export const failuresFile = 'LECTERN_FAILURES_FILE';

/**
 * A reporter of Vitest for what failed without being a test: errors that nothing caught, and those of files and groups (their
 * `beforeAll` and `afterAll`). Vitest’s JSON report leaves them out, so that a run failed and did not say why.
 * Writes `{ messages: string[] }` to the file that `LECTERN_FAILURES_FILE` names.
 */
export default class FailuresReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const file = process.env[failuresFile];
    if (file === undefined) return;
    const ofGroups = modules.flatMap((module) =>
      [module, ...module.children.allSuites()].flatMap((group) =>
        group
          .errors()
          .map((error) =>
            textOf(group.type === 'suite' ? `${module.relativeModuleId} › ${group.fullName}` : module.relativeModuleId, error),
          ),
      ),
    );
    const messages = [...ofGroups, ...unhandled.map((error) => textOf('an error that nothing caught', error))];
    writeFileSync(file, JSON.stringify({ messages }));
  }
}

/** An error’s stack begins with its message, where it has one. Vitest adds the test that ran then to those that nothing caught. */
function textOf(where: string, { stack, message, VITEST_TEST_NAME: test }: SerializedError): string {
  return [where, ...(typeof test === 'string' ? [`while “${test}” ran`] : []), stack || message].join('\n');
}
