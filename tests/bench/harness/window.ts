import { spawnSync } from 'node:child_process';
import { type Browser, type CDPSession, chromium, type Locator, type Page } from 'playwright';
import { chromiumArguments, findChromium } from '../../app/chromium';
import type { Host } from './host';
import { putIntoPage, type Sign } from './in-page';

/** ms; nothing takes longer: 50,000 documents are taken in within a quarter of an hour. */
const PATIENCE = 1_800_000;

/** A window in a Chromium of its own. */
export interface Window {
  page: Page;
  /** Gives it the host's cookie. */
  admit(host: Host): Promise<void>;
  /** Shows the address; ms from then to the first frame painted that has the sign. */
  show(address: string, sign: Sign): Promise<number>;
  /** ms from a click on it to the first frame painted that has the sign. */
  click(target: Locator, sign: Sign): Promise<number>;
  /** ms from a press of the keys to the first frame painted that has the sign. */
  press(keys: string, sign: Sign): Promise<number>;
  /** Waits for the sign; looks for it seldom, so as not to be in the way. */
  waitFor(sign: Sign): Promise<void>;
  watch(): Promise<void>;
  /** ms since `watch`. */
  longestStall(): Promise<number>;
  /** Bytes that came so far of what is not the application itself. */
  received(): number;
  /** ms of processor time since its start, all of its processes. */
  processorTime(): Promise<number>;
  /** Bytes of its largest process that draws; `undefined` where the system does not tell. */
  memory(): Promise<number | undefined>;
  close(): Promise<void>;
}

/** An empty window. */
export async function openWindow(): Promise<Window> {
  const executablePath = findChromium();
  const browser = await chromium.launch({ args: chromiumArguments, ...(executablePath && { executablePath }) });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, acceptDownloads: true });
  context.setDefaultTimeout(PATIENCE);
  await context.addInitScript(putIntoPage);
  const page = await context.newPage();
  page.setDefaultNavigationTimeout(PATIENCE);
  const received = await countReceived(await context.newCDPSession(page));
  const processes = await browser.newBrowserCDPSession();
  return {
    page,
    admit: ({ cookie, address }) => context.addCookies([{ ...cookie, url: address }]),
    async show(address, sign) {
      await page.goto(address, { waitUntil: 'commit' });
      return page.evaluate((given) => inPage.whenPainted(given), sign);
    },
    async click(target, sign) {
      // What scrolling to it would cost is not the click's.
      await target.scrollIntoViewIfNeeded();
      await page.evaluate((given) => void Object.assign(globalThis, { measured: inPage.fromClick(given) }), sign);
      await target.click();
      return page.evaluate(() => (globalThis as unknown as { measured: Promise<number> }).measured);
    },
    async press(keys, sign) {
      await page.evaluate((given) => void Object.assign(globalThis, { measured: inPage.fromKey(given) }), sign);
      await page.keyboard.press(keys);
      return page.evaluate(() => (globalThis as unknown as { measured: Promise<number> }).measured);
    },
    waitFor: async (sign) => void (await page.waitForFunction((given) => inPage.hasSign(given), sign, { polling: 100 })),
    watch: () => page.evaluate(() => inPage.watch()),
    longestStall: () => page.evaluate(() => inPage.longestStall()),
    received,
    async processorTime() {
      const { processInfo } = await processes.send('SystemInfo.getProcessInfo');
      return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime * 1_000, 0);
    },
    async memory() {
      const { processInfo } = await processes.send('SystemInfo.getProcessInfo');
      const sizes = processInfo.flatMap(({ type, id }) => (type === 'renderer' ? memoryOf(id) : []));
      return sizes.length > 0 ? Math.max(...sizes) : undefined;
    },
    close: () => closeWhole(browser, page),
  };
}

async function closeWhole(browser: Browser, page: Page): Promise<void> {
  // The application may ask whether to leave: it is asked nothing.
  await page.close({ runBeforeUnload: false });
  await browser.close();
}

async function countReceived(session: CDPSession): Promise<() => number> {
  const counted = new Set<string>();
  let received = 0;
  session.on('Network.requestWillBeSent', ({ requestId, request: { url } }) => {
    if (/^\/(api|events|document)\b/.test(new URL(url).pathname)) counted.add(requestId);
  });
  session.on('Network.dataReceived', ({ requestId, dataLength }) => {
    if (counted.has(requestId)) received += dataLength;
  });
  await session.send('Network.enable');
  return () => received;
}

/** Bytes of a process's memory, none where the system has no `ps`. */
function memoryOf(processId: number): number[] {
  const { status, stdout } = spawnSync('ps', ['-o', 'rss=', '-p', String(processId)], { encoding: 'utf8' });
  return status === 0 ? [Number(stdout) * 1_024] : [];
}
