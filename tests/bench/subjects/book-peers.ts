import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { openWindow } from '../harness/window';

/** Scripts of a package by their places in its folder, and a document, served to a page that has nothing else. */
async function inEmptyPage<T>(folder: string, document: string, act: () => Promise<T>): Promise<T> {
  const window = await openWindow();
  try {
    const { page } = window;
    const types: Record<string, string> = { '.mjs': 'text/javascript', '.js': 'text/javascript' };
    await page.route('http://peer.test/**', async (route) => {
      const { pathname } = new URL(route.request().url());
      const contentType = types[path.extname(pathname)];
      if (contentType) return route.fulfill({ contentType, body: await readFile(path.join(path.resolve(folder), pathname)) });
      if (pathname === '/document') return route.fulfill({ contentType: 'application/octet-stream', body: await readFile(document) });
      return route.fulfill({ contentType: 'text/html', body: '<!doctype html><body style="margin:0"><canvas></canvas></body>' });
    });
    await page.goto('http://peer.test/');
    return await page.evaluate(act);
  } finally {
    await window.close();
  }
}

/** ms in which pdf.js by itself, in a page that has loaded it, opens the bytes of a file and draws the first page. */
export const drawByPdfjs = (file: string): Promise<number> =>
  inEmptyPage('node_modules/pdfjs-dist/build', file, async () => {
    const name = 'http://peer.test/pdf.mjs';
    const pdfjs = (await import(name)) as typeof import('pdfjs-dist');
    pdfjs.GlobalWorkerOptions.workerSrc = 'http://peer.test/pdf.worker.mjs';
    const draw = async (): Promise<number> => {
      const began = performance.now();
      const bytes = await (await fetch('http://peer.test/document')).arrayBuffer();
      const document_ = await pdfjs.getDocument({ data: bytes }).promise;
      const sheet = await document_.getPage(1);
      const canvas = document.querySelector('canvas');
      if (!canvas) throw new Error('There is no canvas.');
      const viewport = sheet.getViewport({ scale: 2 });
      Object.assign(canvas, { width: viewport.width, height: viewport.height });
      await sheet.render({ canvas, viewport }).promise;
      await inPage.whenPainted({ selector: 'canvas' });
      const time = performance.now() - began;
      await document_.loadingTask.destroy();
      return time;
    };
    // The worker and its parts are loaded with the first one.
    await draw();
    return draw();
  });

/** As much of foliate-js as is used here. */
interface FoliateView extends HTMLElement {
  open(book: File): Promise<void>;
  goTo(section: number): Promise<unknown>;
  close(): void;
}

/** ms in which foliate-js by itself, in a page that has loaded it, opens the bytes of a book and shows its first chapter. */
export const drawByFoliate = (file: string): Promise<number> =>
  inEmptyPage('node_modules/foliate-js', file, async () => {
    await import('http://peer.test/view.js' as string);
    const draw = async (): Promise<number> => {
      const began = performance.now();
      const bytes = await (await fetch('http://peer.test/document')).blob();
      const view = document.createElement('foliate-view') as FoliateView;
      view.style.cssText = 'display:block;width:100vw;height:100vh';
      document.body.replaceChildren(view);
      const loaded = new Promise((resolve) => view.addEventListener('load', resolve, { once: true }));
      await view.open(new File([bytes], 'book.epub', { type: 'application/epub+zip' }));
      await Promise.all([loaded, view.goTo(0)]);
      await inPage.whenPainted({ selector: 'foliate-view' });
      const time = performance.now() - began;
      view.close();
      return time;
    };
    // What reads a zip is loaded with the first one.
    await draw();
    return draw();
  });
