// What Maven runs: `build OUT_DIR` installs what the lock file names and builds the pages, `test`
// checks the types and runs the unit tests. Either does nothing when nothing has changed since.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));
const state = join(root, '..', 'target', 'dashboard');
const [task, outDir] = process.argv.slice(2);

function run(command, ...args) {
  const done = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (done.error) {
    console.error(`${command}: ${done.error.message}. Node 20.19 or newer with npm is needed to build the dashboard.`);
    process.exit(1);
  }
  if (done.status !== 0) process.exit(done.status ?? 1);
}

function files(directory) {
  return readdirSync(directory, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(directory, entry.name);
      return entry.isDirectory() ? files(path) : [path];
    })
    .sort();
}

function digest(...names) {
  const hash = createHash('sha256');
  for (const name of names) {
    const path = join(root, name);
    for (const file of existsSync(path) ? (name.includes('.') ? [path] : files(path)) : []) {
      hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0');
    }
  }
  return hash.digest('hex');
}

/** Runs the step unless its stamp says that it ran for exactly these inputs. */
function once(stamp, inputs, step) {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs) return;
  step();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, inputs);
}

const bin = (name, file) => [process.execPath, join(root, 'node_modules', name, file)];

once(join(root, 'node_modules', '.installed'), digest('package-lock.json', 'package.json'), () =>
  run('npm', 'ci', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'),
);

if (task === 'build') {
  if (!outDir) throw new Error('expected: build.mjs build OUT_DIR');
  const inputs = digest('src', 'public', 'index.html', 'vite.config.mjs', 'package-lock.json');
  if (!existsSync(join(outDir, 'files.txt'))) rmSync(join(state, 'built'), { force: true });
  once(join(state, 'built'), inputs, () =>
    run(...bin('vite', 'bin/vite.js'), 'build', '--outDir', outDir, '--emptyOutDir', '--logLevel', 'warn'),
  );
} else if (task === 'test') {
  const inputs = digest('src', 'test', 'tsconfig.json', 'package-lock.json');
  once(join(state, 'tested'), inputs, () => {
    run(...bin('typescript', 'bin/tsc'), '--noEmit');
    const tests = join(state, 'tests');
    run(...bin('vite', 'bin/vite.js'), 'build', '--ssr', 'test/all.ts', '--outDir', tests, '--emptyOutDir', '--logLevel', 'error');
    run(process.execPath, '--test', '--test-reporter=spec', join(tests, 'all.js'));
  });
} else {
  throw new Error('expected build or test, got ' + task);
}
