// Finds a Chromium and starts it: the one that CHROMIUM names, one that is installed, or the one
// inside the npm package, which runs on Linux on x86-64.
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

async function executable() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const found = INSTALLED.find((path) => existsSync(path));
  if (found) return found;
  if (process.platform === 'linux' && process.arch === 'x64') {
    // In a directory of its own, so that no other release is taken for it, and with the libraries
    // that the package brings for machines without a desktop, which it does where it sees this variable.
    process.env.TMPDIR = join(dirname(fileURLToPath(import.meta.url)), 'node_modules', '.cache');
    process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs20.x';
    mkdirSync(process.env.TMPDIR, { recursive: true });
    const packed = await import('@sparticuz/chromium');
    return packed.default.executablePath();
  }
  throw new Error('expected a Chromium: install one, or name it in CHROMIUM');
}

export async function launch() {
  return chromium.launch({
    executablePath: await executable(),
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--hide-scrollbars'],
  });
}
