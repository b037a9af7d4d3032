import { join } from 'node:path';
import ts from 'typescript';
import { root } from './files.ts';

export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string };
}

/** In the workspace, so that the types are found. Nothing is written there. */
const FILE = join(root, 'test/ops/manifests.virtual.ts');

/** What is wrong with manifests by Kubernetes' own types, which know every field's name and type, and which there have to be. */
export function problemsWith(manifests: readonly Manifest[]): string[] {
  const lines = manifests.map(
    (manifest, at) => `export const m${at}: Required<Pick<${typeOf(manifest)}, 'metadata'>> & ${typeOf(manifest)} =
  ${JSON.stringify(manifest)};`,
  );
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (path) => path === FILE || fileExists(path);
  host.getSourceFile = (path, target) =>
    path === FILE ? ts.createSourceFile(path, lines.join('\n'), target) : getSourceFile(path, target);
  return ts
    .getPreEmitDiagnostics(ts.createProgram([FILE], options, host))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

/** `networking.k8s.io/v1` has its types in `networking/v1`, and what is of no group in `core`. */
function typeOf({ apiVersion, kind }: Manifest): string {
  const [version = '', group = 'core'] = apiVersion.split('/').reverse();
  return `import('kubernetes-types/${group.split('.')[0]}/${version}').${kind}`;
}
