/**
 * Builds the service into `dist/service`: a few files with what it needs of its packages, because a start, and so each recovery, would
 * else spend most of its time on finding and reading some thousand files (docs/decisions/23-the-service-in-few-files.md).
 */
import { defineConfig } from 'vite';

/** With native parts, or with files of their own that they serve or read. */
const LEFT_AS_THEY_ARE = ['ari-client', 'pino', 'socket.io', 'sqlite3', 'swagger-ui-dist'];
/** Asked for by packages that go on without them: databases that we do not use, and native parts that are not installed. */
const NOT_INSTALLED = [
  ...['better-sqlite3', 'mariadb', 'mysql', 'mysql2', 'oracledb', 'pg-native', 'pg-query-stream', 'tedious'],
  ...['bufferutil', 'utf-8-validate'],
];
const EXTERNAL = [...LEFT_AS_THEY_ARE, ...NOT_INSTALLED];

export default defineConfig({
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: true,
    outDir: 'dist/service',
    emptyOutDir: true,
    target: 'node20.19',
    sourcemap: true,
    minify: false,
    rolldownOptions: {
      // The watchdog is a process of its own, started from its own file.
      input: { main: 'src/main.ts', watchdog: 'src/watchdog.ts' },
      external: (id) => EXTERNAL.some((name) => id === name || id.startsWith(`${name}/`)),
      // All in one folder: the pages are found from wherever in it.
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});
