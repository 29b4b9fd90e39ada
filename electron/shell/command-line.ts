import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { SYSTEM_LINK } from '#model';

export interface CommandLine {
  /** DATA, absolute; the system's place for application data when absent. */
  data?: string;
  /** Library folders to add, absolute. */
  libraries: string[];
  /** Documents to open, absolute. */
  files: string[];
  /** Lectern's own addresses to open, as they were given. */
  links: string[];
}

export class CommandLineError extends Error {}

/**
 * What was given to the application itself. In development Electron's own executable runs it as
 * `electron [switch]... <application's folder> [argument]...`, so what counts begins behind that folder.
 */
export function ownArguments(argv: readonly string[], developmentFolder: string | undefined): readonly string[] {
  const args = argv.slice(1);
  if (developmentFolder === undefined) return args;
  return args.slice(args.findIndex((arg) => !arg.startsWith('-') && path.resolve(arg) === path.resolve(developmentFolder)) + 1);
}

/**
 * Reads `[--data DIR] [--library DIR]... [FILE | LINK]...`; a file may be a `file:` URL.
 * Chromium's own switches may stand among them and are passed over.
 * @throws {CommandLineError} an option without its folder.
 */
export function parseCommandLine(args: readonly string[], workingFolder: string): CommandLine {
  const { values, positionals } = parseArgs({
    args: [...args],
    strict: false,
    allowPositionals: true,
    options: { data: { type: 'string' }, library: { type: 'string', multiple: true } },
  });
  const absolute = (option: string, value: string | boolean): string => {
    if (typeof value !== 'string' || value === '') throw new CommandLineError(`${option} needs a folder, as in: ${option} /path/to/folder`);
    return path.resolve(workingFolder, value);
  };
  return {
    ...(values.data !== undefined && { data: absolute('--data', values.data) }),
    libraries: [values.library ?? []].flat().map((value) => absolute('--library', value)),
    links: positionals.filter(isLink),
    files: positionals.filter((file) => file !== '' && !isLink(file)).map((file) => path.resolve(workingFolder, pathOf(file))),
  };
}

const isLink = (argument: string): boolean => argument.toLowerCase().startsWith(SYSTEM_LINK);

/** Linux desktops hand files over as `file:` URLs. One that names another machine is no path here, and is not found. */
function pathOf(file: string): string {
  const url = file.startsWith('file://') ? URL.parse(file) : null;
  return url?.host === '' ? fileURLToPath(url) : file;
}
