/** Values by key. There are thousands of keys, and most have one value: that needs no set of its own. */
export class ManyByKey {
  readonly #values = new Map<string, string | Set<string>>();

  /** In the order in which they were added. */
  get(key: string): Iterable<string> {
    const found = this.#values.get(key);
    return typeof found === 'string' ? [found] : (found ?? []);
  }

  count(key: string): number {
    const found = this.#values.get(key);
    return typeof found === 'string' ? 1 : (found?.size ?? 0);
  }

  has(key: string): boolean {
    return this.#values.has(key);
  }

  add(key: string, value: string): void {
    const found = this.#values.get(key);
    if (found === undefined) this.#values.set(key, value);
    else if (typeof found !== 'string') found.add(value);
    else if (found !== value) this.#values.set(key, new Set([found, value]));
  }

  delete(key: string, value: string): void {
    const found = this.#values.get(key);
    if (found === value) this.#values.delete(key);
    if (typeof found === 'string' || !found?.delete(value)) return;
    const [only] = found;
    if (found.size === 1 && only !== undefined) this.#values.set(key, only);
  }
}
