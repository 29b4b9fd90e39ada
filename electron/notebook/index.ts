export { type DroppedFiles, openDroppedFiles } from '../storage/backups/files';
export { prepareLocalFolder, readMachineId } from '../storage/local-folder';
export { lockDataFolder, refusalByEarlier, type WriteLock } from '../storage/lock';
export { type BackupContents, openForeignBackup, openOwnBackup, summariseBackups } from './backup-contents';
export { carryAnchors } from './carry-anchors';
export { type MachineStore, openMachine } from './machine';
export { type NotebookOptions, type NotebookStore, openNotebooks } from './notebooks';
export { openSettings, type SettingsStore } from './settings';
export { openTags, type TagStore } from './tags';
