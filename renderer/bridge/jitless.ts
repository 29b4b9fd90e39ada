import { config } from 'zod';

// The page's security policy forbids making code out of strings, which zod would try for speed as soon as a schema is made:
// this is imported before the first schema.
config({ jitless: true });
