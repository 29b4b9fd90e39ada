import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { writeZip } from '../../../electron/storage/zip/writer';
import { foreignLimits, openZip } from '../../../electron/zip-reader';
import { collectGarbage } from '../collect-garbage';
import { makeDataFolder } from '../notebook/fixtures';

const never = new AbortController().signal;

const contents: Record<string, string> = {
  'notebooks/document-1.json': JSON.stringify({ version: 1, notes: ['word '.repeat(200)] }),
  'notebooks/é-2.json': '{}',
  'texts/packed.gz': 'stored as it is',
  'tags.json': '',
};

/** Packs `contents`; the zip's path and what `writeZip` gave. */
async function pack(): Promise<{ file: string; digests: Map<string, string> }> {
  const file = path.join(await makeDataFolder(), 'backup.zip');
  const files = Object.entries(contents).map(([name, text]) => ({ name, bytes: Buffer.from(text) }));
  return { file, digests: await writeZip(file, files, never) };
}

async function readAll(source: string | Uint8Array): Promise<Map<string, string | undefined>> {
  const zip = await openZip(source);
  try {
    const all = new Map<string, string | undefined>();
    for (const name of zip.names()) all.set(name, (await zip.read(name))?.toString());
    return all;
  } finally {
    await zip.close();
  }
}

it('packs what any zip tool reads, and says what it packed', async () => {
  const { file, digests } = await pack();
  const unpacked = unzipSync(await readFile(file));
  expect(Object.fromEntries(Object.entries(unpacked).map(([name, bytes]) => [name, Buffer.from(bytes).toString()]))).toEqual(contents);
  expect(Object.fromEntries(digests)).toEqual(
    Object.fromEntries(Object.entries(contents).map(([name, text]) => [name, hash('sha256', text, 'hex')])),
  );
  expect(Object.fromEntries(await readAll(file))).toEqual(contents);
});

it('packs nothing once it is broken off', async () => {
  const folder = await makeDataFolder();
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(writeZip(path.join(folder, 'a.zip'), [{ name: 'a', bytes: Buffer.from('a') }], signal)).rejects.toThrow('enough');
});

describe('a damaged zip', () => {
  const packed = async () => readFile((await pack()).file);

  /** Reads all of it: it is an error, or what was packed. */
  const expectErrorOrTruth = async (damaged: Uint8Array) => {
    let read: Map<string, string | undefined>;
    try {
      read = await readAll(damaged);
    } catch (error) {
      expect(error).toBeInstanceOf(Error);
      return;
    }
    expect(Object.fromEntries(read)).toEqual(contents);
  };

  it.each([0xff, 0x80, 0x01])('is an error or reads right, whichever byte was changed by %i', async (bits) => {
    const bytes = await packed();
    for (let at = 0; at < bytes.length; at += 1) {
      const damaged = Buffer.from(bytes);
      damaged[at] = (damaged[at] ?? 0) ^ bits;
      await expectErrorOrTruth(damaged);
    }
  });

  it('is an error or reads right, whichever number was made the largest or nothing', async () => {
    const bytes = await packed();
    for (let at = 0; at + 4 <= bytes.length; at += 1) {
      for (const value of [0, 0x7fffffff, 0xffffffff]) {
        const damaged = Buffer.from(bytes);
        damaged.writeUInt32LE(value, at);
        await expectErrorOrTruth(damaged);
      }
    }
  });

  it('is an error wherever it was cut off', async () => {
    const bytes = await packed();
    for (let length = 0; length < bytes.length; length += 1) {
      await expect(readAll(bytes.subarray(0, length))).rejects.toThrow();
    }
  });

  it('is an error when it says that it is larger than 4 GB', async () => {
    const bytes = await packed();
    const end = bytes.length - 22;
    const locator = Buffer.alloc(20);
    locator.writeUInt32LE(0x07064b50, 0);
    locator.writeBigUInt64LE(2n ** 63n, 8);
    await expect(readAll(Buffer.concat([bytes.subarray(0, end), locator, bytes.subarray(end)]))).rejects.toThrow();
  });
});

describe('the limits on a zip', () => {
  const zipped = zipSync({ 'a.json': Buffer.from('a'.repeat(5000)), 'b.json': Buffer.from('b'.repeat(5000)) });
  const most = { entries: 2, entryBytes: 5000, totalBytes: 10_000, ratio: 10_000 };
  const readWith = async (limits: Partial<typeof most>) => {
    const zip = await openZip(zipped, { ...most, ...limits });
    return zip.read('a.json');
  };

  it('let pass what is within them', async () => {
    expect(await readWith({})).toHaveLength(5000);
  });

  it.each([
    ['files', { entries: 1 }],
    ['bytes of one file', { entryBytes: 4999 }],
    ['bytes in all', { totalBytes: 9999 }],
  ])('are on %s', async (_, limits) => {
    await expect(readWith(limits)).rejects.toThrow(/more than|larger/);
  });

  it('are on how many times its size a large file unpacks to', async () => {
    const bomb = zipSync({ 'a.json': Buffer.alloc(5 * 1_048_576) });
    await expect(openZip(bomb, foreignLimits)).rejects.toThrow('more than 200 times');
    expect((await openZip(bomb)).names()).toEqual(['a.json']);
  });

  it('are on how many times their size many small files unpack to', async () => {
    const many = zipSync(Object.fromEntries(Array.from({ length: 6 }, (_, index) => [`${index}.json`, Buffer.alloc(1_048_576)])));
    await expect(openZip(many, foreignLimits)).rejects.toThrow('more than 200 times as large when it is unpacked');
  });

  it('hold also where a file unpacks to more than it says', async () => {
    const lying = Buffer.from(zipped);
    for (let at = lying.indexOf('a.json'); at !== -1; at = lying.indexOf('a.json', at + 1)) {
      const isCentral = at >= 46 && lying.readUInt32LE(at - 46) === 0x02014b50;
      lying.writeUInt32LE(10, isCentral ? at - 22 : at - 8);
    }
    const zip = await openZip(lying);
    await expect(zip.read('a.json')).rejects.toThrow();
  });

  it('take no two files of one name, and no path that leads out', async () => {
    const renamed = Buffer.from(zipped);
    for (let at = renamed.indexOf('b.json'); at !== -1; at = renamed.indexOf('b.json', at + 1)) renamed.write('a.json', at);
    await expect(openZip(renamed)).rejects.toThrow('two files');
    await expect(openZip(zipSync({ '../out': Buffer.from('x') }))).rejects.toThrow();
  });
});

it('keeps few files in memory while it packs many', async () => {
  const folder = await makeDataFolder();
  const given: WeakRef<ArrayBufferLike>[] = [];
  let kept = 0;
  const files = async function* () {
    for (let index = 0; index < 60; index += 1) {
      // As large as share what Node makes room for at once.
      const bytes = Buffer.from(String(index).repeat(1_000));
      given.push(new WeakRef(bytes.buffer));
      yield { name: `${index}.json`, bytes };
    }
    await setImmediate();
    collectGarbage();
    kept = given.filter((each) => each.deref()).length;
  };
  await writeZip(path.join(folder, 'many.zip'), files(), never);
  expect(kept).toBeLessThan(10);
});
