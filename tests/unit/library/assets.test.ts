import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { findAsset } from '../../../electron/library/assets';
import { openTestLibrary, rowsOf, temporaryFolder } from './support';

async function documentWithImages() {
  const top = await temporaryFolder();
  const folder = path.join(top, 'texts');
  await mkdir(path.join(folder, 'images'), { recursive: true });
  const document = path.join(folder, 'a.md');
  await writeFile(document, '![](images/ü%20x.PNG)');
  for (const file of ['texts/images/ü x.PNG', 'texts/b.jpg', 'texts/map.svg', 'texts/notes.txt', 'texts/wave.MP3', 'secret.png'])
    await writeFile(path.join(top, file), 'x');
  await symlink(path.join(top, 'secret.png'), path.join(folder, 'out.png'));
  await symlink(path.join(folder, 'b.jpg'), path.join(folder, 'in.png'));
  await symlink(path.join(folder, 'notes.txt'), path.join(folder, 'text.png'));
  await symlink(top, path.join(folder, 'up'));
  await mkdir(path.join(folder, 'folder.png'));
  return { top, folder, document };
}

it('finds images, sounds and films beside a document and in folders beside it', async () => {
  const { folder, document, top } = await documentWithImages();
  expect(await findAsset(document, 'images/ü x.PNG', folder)).toBe(path.join(folder, 'images/ü x.PNG'));
  expect(await findAsset(document, './images/../b.jpg', folder)).toBe(path.join(folder, 'b.jpg'));
  // It is only ever an image, which runs nothing (`imagePolicy`).
  expect(await findAsset(document, 'map.svg', folder)).toBe(path.join(folder, 'map.svg'));
  expect(await findAsset(document, 'wave.MP3', folder)).toBe(path.join(folder, 'wave.MP3'));
  expect(await findAsset(document, 'in.png', folder)).toBe(path.join(folder, 'b.jpg'));
  const { library } = await openTestLibrary({ data: path.join(top, 'data'), folders: [folder] });
  expect(await library.assetPath(rowsOf(library)['a.md']?.id ?? '', 'b.jpg')).toBe(path.join(folder, 'b.jpg'));
  expect(await library.assetPath('f'.repeat(32), 'b.jpg')).toBeUndefined();
});

it.each([
  '../secret.png',
  'images/../../secret.png',
  'out.png',
  'up/secret.png',
  'text.png',
  'notes.txt',
  'a.md',
  'folder.png',
  'missing.png',
  'b.jpg\0.png',
  '..\\secret.png',
  'C:\\secret.png',
  '',
  '.',
])('does not find %j', async (relative) => {
  const { document, folder } = await documentWithImages();
  expect(await findAsset(document, relative, folder)).toBeUndefined();
});

it('does not take an absolute path', async () => {
  const { document, folder } = await documentWithImages();
  expect(await findAsset(document, path.join(folder, 'b.jpg'), folder)).toBeUndefined();
});

it('finds images above a document as far as its library folder reaches', async () => {
  const { folder } = await documentWithImages();
  const document = path.join(folder, 'deep/deeper/a.md');
  await mkdir(path.dirname(document), { recursive: true });
  expect(await findAsset(document, '../../images/ü x.PNG', folder)).toBe(path.join(folder, 'images/ü x.PNG'));
  expect(await findAsset(document, '../../../secret.png', folder)).toBeUndefined();
});

it('finds a picture that Markdown names wherever it lies in the library folder, and for no other document', async () => {
  const { top, folder } = await documentWithImages();
  await mkdir(path.join(folder, 'notes/own'), { recursive: true });
  for (const name of ['notes/a.md', 'notes/b.html']) await writeFile(path.join(folder, name), 'Words.');
  await mkdir(path.join(folder, '.trash'));
  for (const file of ['.trash/hidden.png', 'notes/own/b.jpg']) await writeFile(path.join(folder, file), 'x');
  const { library } = await openTestLibrary({ data: path.join(top, 'data'), folders: [folder] });
  const find = (document: string, name: string) => library.assetPath(rowsOf(library)[document]?.id ?? '', name);
  expect(await find('a.md', 'Ü x.png')).toBe(path.join(folder, 'images/ü x.PNG'));
  expect(await find('a.md', 'images/ü x.PNG')).toBe(path.join(folder, 'images/ü x.PNG'));
  // Of two the one that lies in fewer folders.
  expect(await find('a.md', 'b.jpg')).toBe(path.join(folder, 'b.jpg'));
  expect(await find('a.md', 'own/b.jpg')).toBe(path.join(folder, 'notes/own/b.jpg'));
  for (const name of ['other/b.jpg', 'out.png', 'hidden.png', 'secret.png', 'none.png']) expect(await find('a.md', name)).toBeUndefined();
  expect(await find('b.html', 'b.jpg')).toBeUndefined();
});
