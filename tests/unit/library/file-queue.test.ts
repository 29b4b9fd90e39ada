import { describe, expect, it } from 'vitest';
import { FileQueue, type Waiting } from '../../../electron/library/file-queue';

const waiting = (path: string, more: Partial<Waiting> = {}): Waiting => ({
  path,
  folderId: 'f',
  again: false,
  scanned: false,
  gone: false,
  ...more,
});

describe('FileQueue', () => {
  it('gives a path out once nothing happened to it for its delay', () => {
    const fileQueue = new FileQueue();
    fileQueue.add(waiting('/a'), 250, 1000);
    fileQueue.add(waiting('/a', { again: true }), 250, 1200);
    expect(fileQueue.nextDueAt()).toBe(1450);
    expect(fileQueue.takeDue(1449, 10)).toEqual([]);
    expect(fileQueue.takeDue(1450, 10)).toMatchObject([{ path: '/a', again: true }]);
    expect(fileQueue.takeDue(9999, 10)).toEqual([]);
    expect(fileQueue.nextDueAt()).toBeUndefined();
  });

  it('does not wait for ever for a file that is written to all the time', () => {
    const fileQueue = new FileQueue();
    for (let now = 0; now <= 3000; now += 100) fileQueue.add(waiting('/log'), 250, now);
    expect(fileQueue.nextDueAt()).toBe(1500);
  });

  it('gives out at most so many, and knows how many of a scan are left', () => {
    const fileQueue = new FileQueue();
    for (const path of ['/a', '/b', '/c']) fileQueue.add(waiting(path, { scanned: true }), 0, 0);
    fileQueue.add(waiting('/c'), 0, 0);
    expect(fileQueue.scannedLeft).toBe(3);
    expect(fileQueue.takeDue(0, 2).map(({ path }) => path)).toEqual(['/a', '/b']);
    expect(fileQueue.scannedLeft).toBe(1);
    expect(fileQueue.take('/c')).toMatchObject({ path: '/c', scanned: true });
    expect(fileQueue.take('/c')).toBeUndefined();
    expect(fileQueue.scannedLeft).toBe(0);
  });

  it('takes back what was not looked at; what happened to it since stands', () => {
    const fileQueue = new FileQueue();
    for (const path of ['/a', '/b']) fileQueue.add(waiting(path, { scanned: true }), 0, 0);
    const [a, b] = fileQueue.takeDue(0, 2);
    if (!a || !b) throw new Error('Nothing was due.');
    fileQueue.add(waiting('/b', { gone: true }), 800, 100);
    for (const each of [a, b]) fileQueue.putBack(each, 200);
    expect(fileQueue.scannedLeft).toBe(2);
    expect(fileQueue.takeDue(200, 10)).toMatchObject([{ path: '/a', gone: false }]);
    expect(fileQueue.takeDue(900, 10)).toMatchObject([{ path: '/b', gone: true, scanned: true }]);
  });

  it('forgets a folder', () => {
    const fileQueue = new FileQueue();
    fileQueue.add(waiting('/a', { scanned: true }), 0, 0);
    fileQueue.add(waiting('/b', { folderId: 'g' }), 0, 0);
    fileQueue.forget(({ folderId }) => folderId === 'f');
    expect(fileQueue.scannedLeft).toBe(0);
    expect(fileQueue.takeDue(0, 10).map(({ path }) => path)).toEqual(['/b']);
  });
});
