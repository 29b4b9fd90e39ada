/**
 * What sync tools put into a file's name when two machines changed it: Syncthing (`a.sync-conflict-20260102-030405-ABCDEFG.json`), Dropbox and
 * Nextcloud (`a (Ada's conflicted copy 2026-01-02).json`), and others (`a (1).json`, `a_conf(1).json`, `a-conflict.json`).
 */
const mark = /^(?:\.sync-conflict-.+| ?\(.*\)|[-_ ]conf(?:lict)?.*)$/i;

/** Whether a sync tool left `name` beside the file `of`: the mark stands before the last ending or before all of them. */
export function isConflictCopyOf(name: string, of: string): boolean {
  return [of.indexOf('.'), of.lastIndexOf('.')].some((dot) => {
    const [stem, ending] = [of.slice(0, dot), of.slice(dot)];
    return name.startsWith(stem) && name.endsWith(ending) && mark.test(name.slice(stem.length, -ending.length));
  });
}
