import { describe, expect, it } from 'vitest';
import { Intake, type Waiting } from '../../../electron/library/file-queue';

const waiting = (path: string, more: Partial<Waiting> = {}): Waiting => ({
  path,
  folderId: 'f',
  again: false,
  scanned: false,
  gone: false,
  ...more,
});

describe('Intake', () => {
  it('gives a path out once nothing happened to it for its delay', () => {
    const intake = new Intake();
    intake.add(waiting('/a'), 250, 1000);
    intake.add(waiting('/a', { again: true }), 250, 1200);
    expect(intake.nextDueAt()).toBe(1450);
    expect(intake.takeDue(1449, 10)).toEqual([]);
    expect(intake.takeDue(1450, 10)).toMatchObject([{ path: '/a', again: true }]);
    expect(intake.takeDue(9999, 10)).toEqual([]);
    expect(intake.nextDueAt()).toBeUndefined();
  });

  it('does not wait for ever for a file that is written to all the time', () => {
    const intake = new Intake();
    for (let now = 0; now <= 3000; now += 100) intake.add(waiting('/log'), 250, now);
    expect(intake.nextDueAt()).toBe(1500);
  });

  it('gives out at most so many, and knows how many of a scan are left', () => {
    const intake = new Intake();
    for (const path of ['/a', '/b', '/c']) intake.add(waiting(path, { scanned: true }), 0, 0);
    intake.add(waiting('/c'), 0, 0);
    expect(intake.scannedLeft).toBe(3);
    expect(intake.takeDue(0, 2).map(({ path }) => path)).toEqual(['/a', '/b']);
    expect(intake.scannedLeft).toBe(1);
    expect(intake.take('/c')).toMatchObject({ path: '/c', scanned: true });
    expect(intake.take('/c')).toBeUndefined();
    expect(intake.scannedLeft).toBe(0);
  });

  it('forgets a folder', () => {
    const intake = new Intake();
    intake.add(waiting('/a', { scanned: true }), 0, 0);
    intake.add(waiting('/b', { folderId: 'g' }), 0, 0);
    intake.forget(({ folderId }) => folderId === 'f');
    expect(intake.scannedLeft).toBe(0);
    expect(intake.takeDue(0, 10).map(({ path }) => path)).toEqual(['/b']);
  });
});
