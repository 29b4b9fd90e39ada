import { describe, expect, it } from 'vitest';
import { ok, type Result } from '../../../../electron/api';
import { createTurns } from '../../../../electron/interchange/import';

/** A change that ends when it is told to. */
function changeThatGoesOn(turns: ReturnType<typeof createTurns>) {
  const { promise, resolve } = Promise.withResolvers<Result<string>>();
  const changed = turns.change(() => promise);
  return { changed, end: () => resolve(ok('changed')) };
}

describe('what only looks', () => {
  it('waits for a change that ends soon', async () => {
    const turns = createTurns();
    const { changed, end } = changeThatGoesOn(turns);
    const order: string[] = [];
    const looked = turns.look(async () => ok(order.push('looked')));
    void changed.then(() => order.push('changed'));
    end();
    expect(await looked).toEqual(ok(2));
    expect(order).toEqual(['changed', 'looked']);
  });

  it('says that it has to wait for one that goes on', async () => {
    const turns = createTurns(1);
    const { changed, end } = changeThatGoesOn(turns);
    expect(await turns.look(async () => ok('looked'))).toMatchObject({
      failure: { message: expect.stringContaining('Wait for that to end.') },
    });
    end();
    expect(await changed).toEqual(ok('changed'));
    expect(await turns.look(async () => ok('looked'))).toEqual(ok('looked'));
  });
});
