/**
 * The environment for a browser host: `env` with what keeps the C library from holding on to memory that nobody uses. It keeps some for each
 * thread (glibc: 100 MB after a large library was read, which two threads did that have long ended). Other systems do not look at this.
 */
export const hostEnvironment = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  MALLOC_ARENA_MAX: '1',
  MALLOC_MMAP_THRESHOLD_: '65536',
  MALLOC_TRIM_THRESHOLD_: '131072',
  ...env,
});
