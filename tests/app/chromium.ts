import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright';

/** Chromium without the browser around it, which starts and draws faster. */
const HEADLESS_SHELL = '/usr/bin/chromium-headless-shell';

/** The Chromium that the tests run in: the one named by PLAYWRIGHT_CHROMIUM, Playwright's own, or the system's. */
export function findChromium(): string | undefined {
  const named = process.env['PLAYWRIGHT_CHROMIUM'];
  return named || [chromium.executablePath(), HEADLESS_SHELL, '/usr/bin/chromium'].find((file) => existsSync(file));
}

/**
 * What is off in the tests' Chromium. The last `--disable-features` of a command line counts alone, so that Playwright's own are
 * here as well (those for Edge, Windows and macOS left out).
 */
export const disabledFeatures = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  // The two pages that each window loads for its address bar, which take twice as long as ours.
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  // A process for the next window, which is never opened.
  'SpareRendererForSitePerProcess',
];

/** Chromium without a sandbox (root has none), a graphics card, or a network. */
export const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  // Letters as wide as a window draws them: the shell would fit them to whole pixels.
  '--font-render-hinting=none',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${disabledFeatures.join(',')}`,
];

/**
 * Installs the Chromium of the tests where it is not: on Debian as root from Debian, elsewhere Playwright's own. Throws where that fails
 * and no other Chromium is there.
 */
export function installChromium(): void {
  const isThere = isDebianRoot() ? process.env['PLAYWRIGHT_CHROMIUM'] || existsSync(HEADLESS_SHELL) : findChromium();
  if (isThere) return;
  const commands = isDebianRoot()
    ? [
        ['apt-get', 'update'],
        ['apt-get', 'install', '-y', '--no-install-recommends', path.basename(HEADLESS_SHELL), 'fonts-liberation'],
      ]
    : [['npx', 'playwright', 'install', 'chromium']];
  for (const [command = '', ...args] of commands) {
    process.stderr.write(`${[command, ...args].join(' ')}\n`);
    const shell = process.platform === 'win32';
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const { status } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], shell, env });
    if (status === 0) continue;
    const said = `Chromium, in which the tests run, could not be installed: \`${[command, ...args].join(' ')}\` failed.`;
    if (!findChromium()) throw new Error(said);
    process.stderr.write(`${said} The tests run in ${findChromium()}.\n`);
    return;
  }
}

function isDebianRoot(): boolean {
  if (process.getuid?.() !== 0 || !existsSync('/etc/os-release')) return false;
  return /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
}
