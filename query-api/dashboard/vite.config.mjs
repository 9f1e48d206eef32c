import { readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { defineConfig } from 'vite';

const api = process.env.AFTERSEND_API ?? 'http://127.0.0.1:8090';

/** Names all files of the build in files.txt, since a class path cannot be listed. */
function fileList() {
  return {
    name: 'file-list',
    writeBundle({ dir }) {
      const names = readdirSync(dir, { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(dir, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
        .filter((name) => name !== 'files.txt')
        .sort();
      writeFileSync(join(dir, 'files.txt'), names.join('\n') + '\n');
    },
  };
}

export default defineConfig({
  appType: 'spa',
  plugins: [fileList()],
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 800,
  },
  server: { proxy: { '/api': api, '/auth': api } },
});
