import path from 'node:path';

const bundleTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
  // What pdf.js brings along: standard fonts, encodings of Asian fonts, colour profiles.
  '.pfb': 'application/octet-stream',
  '.bcmap': 'application/octet-stream',
  '.icc': 'application/octet-stream',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ico': 'image/x-icon',
};

const imageTypes: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.jxl': 'image/jxl',
  '.bmp': 'image/bmp',
  '.ico': 'image/x-icon',
  '.svg': 'image/svg+xml',
};

/** Of sounds and films; of some a window can play only a part. */
const playedTypes: Readonly<Record<string, string>> = {
  '.flac': 'audio/flac',
  '.m4a': 'audio/mp4',
  '.mp3': 'audio/mpeg',
  '.oga': 'audio/ogg',
  '.ogg': 'audio/ogg',
  '.opus': 'audio/ogg',
  '.wav': 'audio/wav',
  '.3gp': 'video/3gpp',
  '.m4v': 'video/mp4',
  '.mkv': 'video/x-matroska',
  '.mov': 'video/quicktime',
  '.mp4': 'video/mp4',
  '.ogv': 'video/ogg',
  '.webm': 'video/webm',
};

/** The media type of a file of the renderer's bundle; `undefined` for what is not served (source maps). */
export const bundleMediaType = (file: string): string | undefined => bundleTypes[path.extname(file).toLowerCase()];

/** The media type of an image beside a document; `undefined` for anything that is not an image. */
export const imageMediaType = (file: string): string | undefined => imageTypes[path.extname(file).toLowerCase()];

/** The media type of a sound or film beside a document; `undefined` for anything else. */
export const playedMediaType = (file: string): string | undefined => playedTypes[path.extname(file).toLowerCase()];
