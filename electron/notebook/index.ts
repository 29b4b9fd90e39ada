export { type BackupContents, openForeignBackup, openOwnBackup, summariseBackups } from './backup-contents';
export { type DroppedFiles, openDroppedFiles } from './backup-files';
export { type DataLock, lockDataFolder } from './lock';
export { type NotebookOptions, type NotebookStore, openNotebooks } from './notebooks';
export { openSettings, type SettingsStore } from './settings';
export { openTags, type TagStore } from './tags';
