import { defineConfig } from 'vite';

/** Names all files of the build in files.txt, since a class path cannot be listed. */
function fileList() {
  const fromPublic = ['icon.svg'];
  return {
    name: 'file-list',
    generateBundle(_options, bundle) {
      const names = [...Object.keys(bundle), ...fromPublic].sort();
      this.emitFile({ type: 'asset', fileName: 'files.txt', source: names.join('\n') + '\n' });
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
  server: {
    proxy: { '/api': process.env.AFTERSEND_API ?? 'http://127.0.0.1:8090', '/auth': process.env.AFTERSEND_API ?? 'http://127.0.0.1:8090' },
  },
});
