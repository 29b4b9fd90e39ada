import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { disabledFeatures } from '../../app/chromium';

it('the Chromium of the tests has off what Playwright has off', () => {
  // Playwright does not export its list.
  const source = readFileSync(createRequire(import.meta.url).resolve('playwright-core/lib/coreBundle'), 'utf8');
  const [, list = ''] = /\bdisabledFeatures = \[(.*?)\]/s.exec(source) ?? [];
  const theirs = Array.from(list.matchAll(/^\s*"(\w+)"/gm), ([, name = '']) => name);
  expect(theirs.length).toBeGreaterThan(5);
  expect(theirs.filter((name) => !disabledFeatures.includes(name) && !/^ms[A-Z]|Win$/.test(name))).toEqual([]);
});
