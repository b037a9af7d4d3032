// npm test: everything that has to hold, once. Arguments go to vitest, and then nothing else runs.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { ensureChromium } from './lib/chromium.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { ensureNats } from './lib/nats.mjs';
import { ensureOpsTools } from './lib/ops-tools.mjs';
import { inRoot, installedNode } from './lib/paths.mjs';
import { ensurePython } from './lib/python.mjs';
import { main, run } from './lib/run.mjs';
import { ensureWebClient } from './lib/web-client.mjs';

const VITEST_TIMEOUT_MS = 1_800_000;
const vitestReport = inRoot('.hongyan/vitest.json');
const resultFile = inRoot('.hongyan/test-result.json');

const script = (path, ...args) => run(installedNode(), [inRoot(path), ...args]);
const tool = (name, ...args) => run(inRoot('node_modules/.bin', name), args);

/** Each counts as one test; a task resolves with an exit code, nothing meaning 0, or throws StepError. */
const checks = [
  ['Chromium is there', ensureChromium],
  ['Python with protobuf is there', ensurePython],
  ['NATS is there', ensureNats],
  ['HAProxy, nginx and systemd are there', ensureOpsTools],
  ['the web client builds', ensureWebClient],
  ['generated code is fresh', () => script('scripts/generate.mjs', '--check')],
  ['biome', () => tool('biome', 'check', '.')],
  ['buf lint', () => tool('buf', 'lint', 'spec')],
  ['schema compatible', () => tool('buf', 'breaking', 'spec', '--against', 'spec/baseline.binpb')],
  ['types', () => tool('tsc', '--noEmit', '-p', '.')],
  ['types of the web client', () => tool('vue-tsc', '--noEmit', '-p', 'apps/web')],
];

await main(async () => {
  await ensureInstalled();
  const vitestArgs = process.argv.slice(2);
  if (vitestArgs.length > 0) return vitest(vitestArgs);
  rmSync(inRoot('.hongyan'), { recursive: true, force: true });
  mkdirSync(inRoot('.hongyan'));
  const results = [];
  for (const [name, task] of checks) results.push({ name, ...(await attempt(task)) });
  const tests = await runTests();
  return summarise(results, tests);
});

async function attempt(task) {
  try {
    const code = (await task()) ?? 0;
    return code === 0 ? { failure: undefined } : { failure: `exit code ${code}` };
  } catch (error) {
    return { failure: error.message };
  }
}

function vitest(args) {
  return run(installedNode(), [inRoot('node_modules/vitest/vitest.mjs'), 'run', ...args], {
    timeoutMs: VITEST_TIMEOUT_MS,
  });
}

async function runTests() {
  const code = await vitest(['--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`]);
  const { passed, failed } = countTests();
  // A run can fail beside its tests: an error nobody caught, or no report at all.
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed };
}

function countTests() {
  try {
    const report = JSON.parse(readFileSync(vitestReport, 'utf8'));
    const brokenFiles = report.testResults.filter(
      ({ status, assertionResults }) =>
        status === 'failed' && !assertionResults.some((result) => result.status === 'failed'),
    );
    return { passed: report.numPassedTests, failed: report.numFailedTests + brokenFiles.length };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

function summarise(results, tests) {
  const failures = results.filter(({ failure }) => failure !== undefined);
  console.log('');
  for (const { name, failure } of results)
    console.log(`${failure === undefined ? '✓' : '✗'} ${name}${failure ? `: ${failure}` : ''}`);
  console.log(`${tests.failed === 0 ? '✓' : '✗'} tests: ${tests.passed} passed, ${tests.failed} failed`);
  const passed = results.length - failures.length + tests.passed;
  const failed = failures.length + tests.failed;
  writeFileSync(resultFile, JSON.stringify({ passed, failed }));
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}
