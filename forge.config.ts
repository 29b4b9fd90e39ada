import { copyFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { FuseV1Options, FuseVersion } from '@electron/fuses';
import { MakerDeb } from '@electron-forge/maker-deb';
import { MakerDMG } from '@electron-forge/maker-dmg';
import { MakerRpm } from '@electron-forge/maker-rpm';
import { MakerSquirrel } from '@electron-forge/maker-squirrel';
import { MakerZIP } from '@electron-forge/maker-zip';
import { FusesPlugin } from '@electron-forge/plugin-fuses';
import { VitePlugin } from '@electron-forge/plugin-vite';
import type { ForgeConfig } from '@electron-forge/shared-types';
import { fileTypes } from './electron/formats/list.ts';
import { collectNotices } from './electron/scripts/notices.ts';

/** A folder that holds Electron's zip (`electron-v<version>-<platform>-<arch>.zip`), to package without a network. */
const electronZipDir = process.env['LECTERN_ELECTRON_ZIPS'];

/** What "Open with" may offer Lectern for; it asks to be the default for nothing but its own links. */
const mimeType = [...Object.values(fileTypes).map(({ mediaType }) => mediaType), 'x-scheme-handler/lectern'];
const documentTypes = [
  {
    CFBundleTypeName: 'Document',
    CFBundleTypeRole: 'Viewer',
    LSHandlerRank: 'Alternate',
    LSItemContentTypes: Object.values(fileTypes).map(({ uniformType }) => uniformType),
  },
];

/** Made from `renderer/icon.svg` by `npm run icons`; each system takes the ending that is its own. */
const icon = 'electron/icons/icon';

const linuxOptions = {
  name: 'lectern',
  bin: 'lectern',
  productName: 'Lectern',
  genericName: 'Document reader',
  icon: `${icon}.png`,
  mimeType,
};

const config: ForgeConfig = {
  packagerConfig: {
    asar: true,
    // Nothing of node_modules goes into the package: the bundles hold all they need.
    prune: false,
    name: 'Lectern',
    executableName: 'lectern',
    appBundleId: 'org.lectern.lectern',
    appCategoryType: 'public.app-category.productivity',
    icon,
    // On Linux the window brings its icon along.
    extraResource: ['seeds', `${icon}.png`],
    protocols: [{ name: 'Lectern', schemes: ['lectern'] }],
    extendInfo: { CFBundleDocumentTypes: documentTypes },
    win32metadata: { CompanyName: 'Lectern', FileDescription: 'Lectern' },
    ...(electronZipDir && { electronZipDir }),
  },
  hooks: {
    // `buildPath` is what becomes the asar, in the folder of resources.
    packageAfterCopy: async (_config, buildPath, _version, platform) => {
      const resources = path.dirname(buildPath);
      await writeFile(path.join(resources, 'NOTICES.txt'), await collectNotices(import.meta.dirname));
      if (platform === 'linux')
        await copyFile(path.join(import.meta.dirname, 'electron/linux-readme.txt'), path.join(resources, '../README.txt'));
    },
  },
  // There is no native module to rebuild.
  rebuildConfig: { onlyModules: [] },
  makers: [
    new MakerDeb({ options: { ...linuxOptions, maintainer: 'Lectern', section: 'text', categories: ['Office', 'Education'] } }),
    new MakerRpm({ options: { ...linuxOptions, license: 'MIT', categories: ['Office', 'Education'] } }),
    new MakerSquirrel({ name: 'Lectern', authors: 'Lectern', setupIcon: `${icon}.ico` }),
    new MakerDMG({ icon: `${icon}.icns` }),
    new MakerZIP({}, ['darwin', 'linux', 'win32']),
  ],
  plugins: [
    new VitePlugin({
      build: [
        { entry: 'electron/main.ts', config: 'electron/vite.main.config.ts', target: 'main' },
        { entry: 'electron/preload.ts', config: 'electron/vite.preload.config.ts', target: 'preload' },
        { entry: 'electron/search/worker.ts', config: 'electron/vite.workers.config.ts', target: 'main' },
      ],
      renderer: [{ name: 'main_window', config: 'renderer/vite.config.ts' }],
    }),
    new FusesPlugin({
      version: FuseVersion.V1,
      strictlyRequireAllFuses: true,
      [FuseV1Options.RunAsNode]: false,
      // It asks for the keychain, and there is no cookie to protect.
      [FuseV1Options.EnableCookieEncryption]: false,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
      [FuseV1Options.EnableNodeCliInspectArguments]: false,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
      [FuseV1Options.OnlyLoadAppFromAsar]: true,
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
      [FuseV1Options.WasmTrapHandlers]: true,
    }),
  ],
};

export default config;
