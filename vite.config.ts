/** Builds the desktop (`web/`) into `dist/web`, where the service serves it from. */
import { defineConfig } from 'vite';

const SERVICE = process.env.RINGMASTER_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  root: 'web',
  base: './',
  // The live page and what else is served as it is lies in web/public.
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      // 'use client' in libraries is meant for servers that draw React; here everything is the client.
      onLog: (level, log, handle) => (log.code === 'MODULE_LEVEL_DIRECTIVE' ? undefined : handle(level, log)),
    },
  },
  // `npm run dev:web` shows the sources, with a running service behind them.
  server: {
    proxy: {
      '/api': SERVICE,
      '/socket.io': { target: SERVICE, ws: true },
      '/phone': { target: SERVICE, ws: true },
    },
  },
});
