// Checks manifests against the schemas of Kubernetes: node check.mjs DIRECTORY
//
// Twice: by the validators of kubernetes-models, which know formats and limits, and as literals of its
// types, since those refuse fields that there are not.
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { parseAllDocuments } from 'yaml';

const directory = process.argv[2];
const here = fileURLToPath(new URL('.', import.meta.url));
const scratch = mkdtempSync(join(here, 'node_modules', '.check-'));
const wrong = [];
const literals = new Map();

for (const file of readdirSync(directory).filter((name) => name.endsWith('.yaml') && name !== 'kustomization.yaml')) {
  for (const document of parseAllDocuments(readFileSync(join(directory, file), 'utf8'))) {
    document.errors.forEach((error) => wrong.push(`${file}: ${error.message}`));
    const manifest = document.toJS();
    const module = `kubernetes-models/${manifest.apiVersion}/${manifest.kind}`;
    const name = `${file} ${manifest.kind} ${manifest.metadata?.name}`;
    try {
      const model = (await import(module))[manifest.kind];
      new model(manifest).validate();
    } catch (error) {
      wrong.push(`${name}: ${error.message}`);
    }
    const source = join(scratch, `manifest${literals.size}.ts`);
    literals.set(source, name);
    writeFileSync(
      source,
      `import type { I${manifest.kind} as Kind } from '${module}';\nexport const manifest: Kind = ${JSON.stringify(manifest, null, 1)};\n`,
    );
  }
}

const program = ts.createProgram([...literals.keys()], {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  module: ts.ModuleKind.Node16,
  moduleResolution: ts.ModuleResolutionKind.Node16,
  types: [],
});
for (const found of ts.getPreEmitDiagnostics(program)) {
  wrong.push(`${literals.get(found.file?.fileName) ?? 'types'}: ${ts.flattenDiagnosticMessageText(found.messageText, ' ')}`);
}
rmSync(scratch, { recursive: true });

wrong.forEach((line) => console.error(line));
console.log(`${literals.size} manifests checked, ${wrong.length} problems`);
process.exit(wrong.length === 0 && literals.size > 0 ? 0 : 1);
