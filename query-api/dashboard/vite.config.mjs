import { readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
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

/** What the first page may take at most, packed: scripts, styles, the font of its language, the page itself. */
const FIRST_LOAD_BYTES = 100_000;

/** Fails the build where something has got into the first load that a page could fetch when it needs it. */
function firstLoad() {
  return {
    name: 'first-load',
    generateBundle(_, bundle) {
      const wanted = new Set();
      const need = (name) => {
        const chunk = bundle[name];
        if (!chunk || wanted.has(name)) return;
        wanted.add(name);
        chunk.imports?.forEach(need);
        chunk.viteMetadata?.importedCss.forEach(need);
      };
      const fileNames = Object.keys(bundle);
      fileNames.filter((name) => bundle[name].isEntry || name.endsWith('.html') || name.includes('inter-latin-wght')).forEach(need);
      const packed = (name) => {
        const bytes = bundle[name].code ?? bundle[name].source;
        return name.endsWith('.woff2') ? bytes.length : gzipSync(bytes).length;
      };
      const total = [...wanted].reduce((sum, name) => sum + packed(name), 0);
      if (total > FIRST_LOAD_BYTES) {
        this.error(`expected a first load of at most ${FIRST_LOAD_BYTES} bytes, got ${total}: ${[...wanted].join(', ')}`);
      }
      this.info(`first load ${total} bytes, packed`);
    },
  };
}

export default defineConfig({
  appType: 'spa',
  plugins: [firstLoad(), fileList()],
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 800,
  },
  server: { proxy: { '/api': api, '/auth': api } },
});
