import { expect, it } from 'vitest';
import type { DrawnElement } from '#model';
import { expectSound, readAll, walkNodes } from '../document-parts';

/** The pictures, players and chips of a page, by their address and what they say. */
async function shown(body: string): Promise<string[]> {
  const read = await readAll(`<p>Text</p>${body}`, 'html');
  expectSound(read);
  expect(read.text.replace(/\s+/g, ' ')).toBe(body.includes('after') ? 'Text after' : 'Text');
  const elements = read.sections
    .flatMap(({ nodes }) => [...walkNodes(nodes)].map(({ node }) => node))
    .filter((node) => typeof node === 'object' && 'e' in node);
  return elements.flatMap((element: DrawnElement) => {
    if (['img', 'audio', 'video'].includes(element.e)) return [element.a?.['src'] ?? ''];
    if (!element.l?.includes('media')) return [];
    return (element.c ?? []).map((node) =>
      typeof node === 'object' && 'ornament' in node ? `[${node.ornament}] ${element.a?.['title'] ?? ''}`.trim() : '',
    );
  });
}

const DOT = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';

it.each([
  ['<p><img src=a.png data-src=b.png></p>', ['a.png']],
  [`<p><img src="${DOT}" data-src=b.png></p>`, ['b.png']],
  ['<p><img data-src=https://x.test/b.png data-original=page_files/b.png></p>', ['page_files/b.png']],
  ['<p><img src=spacer.gif srcset="b.png 1x, c.png 2x"></p>', ['b.png']],
  ['<p><picture><source srcset="c.webp 300w, d.webp 600w"><img src=""></picture></p>', ['c.webp']],
  [`<p><img src="${DOT}"> <noscript><img src=b.png></noscript></p>`, ['b.png']],
  ['<p><img src=a.png><noscript><img src=b.png></noscript></p>', ['a.png']],
  ['<div><noscript>Please allow scripts. <img src=b.png></noscript></div>', ['b.png']],
  [`<p><img src="${DOT}"></p>`, [DOT]],
  ['<p><img src=https://count.test/x width=1 height=1></p>', []],
  ['<p><img src=a.png width=1 height=600></p>', []],
  ['<p><img src=a.png width=600 height=100></p>', ['a.png']],
])('the picture of %s is %j', async (body, pictures) => {
  expect(await shown(body)).toEqual(pictures);
});

it.each([
  [
    '<video src=https://film.test/film.mp4 title="The  flood">No film.</video>',
    ['[Video: The flood (film.test)] https://film.test/film.mp4'],
  ],
  [
    '<video src=/film.mp4></video><audio src=data:audio/wav;base64,AA></audio><video src=film.exe></video>',
    ['[Video] /film.mp4', '[Sound] data:audio/wav;base64,AA', '[Video] film.exe'],
  ],
  ['<video title="The flood"><source src=blob:x><source src="films/the%20flood.MP4?t=1"></video>', ['films/the%20flood.MP4?t=1']],
  ['<audio><source src=https://www.radio.test/a.mp3></audio> after', ['[Sound (radio.test)] https://www.radio.test/a.mp3']],
  ['<p><iframe src="//www.youtube.com/embed/x"></iframe></p>', ['[Video (youtube.com)] //www.youtube.com/embed/x']],
  ['<iframe src=https://map.test/ title=Map></iframe>', ['[Embedded page: Map (map.test)] https://map.test/']],
  ['<object data=a.pdf>No file.</object>', ['[Embedded file] a.pdf']],
  ['<iframe></iframe><iframe src="javascript:alert(1)"></iframe><iframe src=https://count.test width=0 height=0></iframe>', []],
  ['<iframe src=https://x.test style="display:none"></iframe><iframe src=https://x.test hidden></iframe>', []],
])('in place of %s there is %j', async (body, chips) => {
  expect(await shown(body)).toEqual(chips);
});
