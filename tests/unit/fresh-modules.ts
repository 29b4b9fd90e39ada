import { vi } from 'vitest';

// Each file begins with modules that nobody has used or replaced; packages stay loaded.
vi.doUnmock('electron');
vi.resetModules();
