import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { icnsSizes, packIcns, packIco } from '../../../electron/scripts/icon-files';
import { root } from '../../../electron/vite.shared';
import config from '../../../forge.config';

const read = (name: string): Promise<Buffer> => readFile(path.join(root, 'electron/icons', name));

/** The width and height that a PNG says it has (IHDR). */
function sizeOfPng(png: Buffer): [number, number] {
  expect(png.subarray(0, 8)).toEqual(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'));
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

/** The pictures of an .ico, by the side that its directory names. */
function readIco(ico: Buffer): [number, Buffer][] {
  expect([ico.readUInt16LE(0), ico.readUInt16LE(2)]).toEqual([0, 1]);
  return Array.from({ length: ico.readUInt16LE(4) }, (_, index) => {
    const at = 6 + 16 * index;
    const [length, offset] = [ico.readUInt32LE(at + 8), ico.readUInt32LE(at + 12)];
    expect(offset + length).toBeLessThanOrEqual(ico.length);
    expect(ico.readUInt8(at)).toBe(ico.readUInt8(at + 1));
    return [ico.readUInt8(at) || 256, ico.subarray(offset, offset + length)];
  });
}

/** The pictures of an .icns, by their type. */
function readIcns(icns: Buffer): Map<string, Buffer> {
  expect(icns.toString('latin1', 0, 4)).toBe('icns');
  expect(icns.readUInt32BE(4)).toBe(icns.length);
  const parts = new Map<string, Buffer>();
  for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) {
    parts.set(icns.toString('latin1', at, at + 4), icns.subarray(at + 8, at + icns.readUInt32BE(at + 4)));
  }
  return parts;
}

describe('the icons', () => {
  test('of Windows have each size that it asks for', async () => {
    const images = readIco(await read('icon.ico'));
    for (const [size, png] of images) expect(sizeOfPng(png)).toEqual([size, size]);
    expect(images.map(([size]) => size)).toEqual([16, 20, 24, 32, 40, 48, 64, 128, 256]);
  });

  test('of macOS have each size, single and double', async () => {
    const images = readIcns(await read('icon.icns'));
    const sizes = Object.fromEntries([...images].map(([type, png]) => [type, sizeOfPng(png)[0]]));
    expect(sizes).toEqual({
      ...{ icp4: 16, icp5: 32, ic11: 32, ic12: 64, ic07: 128 },
      ...{ ic08: 256, ic13: 256, ic09: 512, ic14: 512, ic10: 1024 },
    });
  });

  test('of Linux is a square of 512 pixels', async () => {
    expect(sizeOfPng(await read('icon.png'))).toEqual([512, 512]);
  });

  test('are there under the names that Forge is given', async () => {
    const { icon, extraResource } = config.packagerConfig ?? {};
    for (const extension of ['.ico', '.icns', '.png']) await access(path.join(root, `${icon}${extension}`));
    for (const resource of [extraResource ?? []].flat()) await access(path.join(root, resource));
  });
});

describe('packing', () => {
  test('keeps every picture as it is', () => {
    const images = [16, 256].map((size) => ({ size, png: Buffer.from(`picture of ${size}`) }));
    expect(readIco(packIco(images)).map(([size, png]) => [size, png.toString()])).toEqual([
      [16, 'picture of 16'],
      [256, 'picture of 256'],
    ]);
    const all = icnsSizes.map((size) => ({ size, png: Buffer.from(`picture of ${size}`) }));
    const packed = readIcns(packIcns(all));
    expect(packed.size).toBe(10);
    expect(packed.get('ic14')?.toString()).toBe('picture of 512');
  });
});
