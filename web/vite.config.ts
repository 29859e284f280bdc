import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import type { PluginOption } from 'vite';
import { defineConfig } from 'vitest/config';
import { fakeApi } from './src/testing/vite-plugin.ts';

// STROWGER_FAKE=1 answers /api from memory (screenshots, browser tests without a server).
// STROWGER_URL names the running server that `npm run dev` passes /api to.
const fake = process.env.STROWGER_FAKE === '1';
const server = process.env.STROWGER_URL ?? 'http://127.0.0.1:8080';

const plugins: PluginOption[] = [react(), tailwindcss()];
if (fake) plugins.push(fakeApi());

// What the first view needs in any case, in few pieces: small ones compress badly.
const libraries = /node_modules\/(react|react-dom|scheduler|@tanstack|zustand)\//;
const callflow =
  /src\/((api|callflow)\/|ui\/(tile|toasts)|catalog\/(groups|icons)|editor\/(store|deeds|view-store))/;

export default defineConfig({
  plugins,
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: fake ? {} : { proxy: { '/api': { target: server, changeOrigin: false } } },
  html: { cspNonce: '__CSP_NONCE__' }, // the server puts a fresh one in (web_files.cpp)
  build: {
    target: 'es2023',
    sourcemap: false,
    manifest: true,
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'libraries', test: libraries },
            { name: 'callflow', test: callflow },
          ],
        },
      },
    },
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/testing/setup.ts'],
    pool: 'threads',
    maxWorkers: 1,
    testTimeout: 60_000, // for a test that hangs; a busy machine is no failure
  },
});
