// Fails when what a browser loads for the first view is larger than the budget.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const BUDGET_BYTES = 250_000; // gzip, scripts and styles
const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));

// The first view is the configurator: the entry, and the page that it loads at once.
const firstView = ['index.html', 'src/editor/page.tsx'];
const files = new Set();
function take(key) {
  const chunk = manifest[key];
  if (!chunk || files.has(chunk.file)) return;
  files.add(chunk.file);
  for (const style of chunk.css ?? []) files.add(style);
  for (const imported of chunk.imports ?? []) take(imported);
}
for (const key of firstView) {
  if (!manifest[key]) throw new Error(`${key} is not in the manifest`);
  take(key);
}

let total = 0;
for (const file of [...files].sort()) {
  const bytes = gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length;
  total += bytes;
  console.log(`${String(bytes).padStart(8)}  ${file}`);
}
console.log(`${String(total).padStart(8)}  first view, gzip; budget ${BUDGET_BYTES}`);
if (total > BUDGET_BYTES) process.exit(1);
