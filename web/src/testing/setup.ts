import { afterEach } from 'vitest';

// jsdom keeps storage between tests of a file.
afterEach(() => {
  localStorage.clear();
  sessionStorage.clear();
});
