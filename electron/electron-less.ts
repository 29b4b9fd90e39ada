/** Stands where a bundle for plain Node has no `electron`: electron-store asks for it, and needs nothing of it with an absolute `cwd`. */
export default {};
