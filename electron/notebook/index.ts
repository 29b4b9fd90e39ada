export { type BackupContents, openForeignBackup, openOwnBackup, summariseBackups } from './backup-contents';
export { type DroppedFiles, openDroppedFiles } from './backup-files';
export { type KeptMessages, openKeptMessages } from './kept-messages';
export { prepareLocalFolder, readMachineId } from './local-folder';
export { lockDataFolder, refusalByEarlier, type WriteLock } from './lock';
export { type MachineStore, openMachine } from './machine';
export { type NotebookOptions, type NotebookStore, openNotebooks } from './notebooks';
export { openSettings, type SettingsStore } from './settings';
export { openTags, type TagStore } from './tags';
