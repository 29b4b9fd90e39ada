import { randomUUID } from 'node:crypto';

/** ms after which a password that nobody reads with is forgotten. */
const REST = 60_000;

/** Passwords that were given for one reading each. Each has a key of its own, so that windows with the same document have no part in each other’s. */
export interface GivenPasswords {
  give(password: string): string;
  /** The password of a key, which is forgotten with that; `undefined` where it is by now. */
  take(key: string): string | undefined;
}

export function createGivenPasswords(): GivenPasswords {
  const given = new Map<string, string>();
  return {
    give(password) {
      const key = randomUUID();
      given.set(key, password);
      setTimeout(() => given.delete(key), REST).unref();
      return key;
    },
    take(key) {
      const password = given.get(key);
      given.delete(key);
      return password;
    },
  };
}
