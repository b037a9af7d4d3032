import { Command, Option } from 'commander';
import type { Transport } from '../wire/raw-connection.ts';
import { cases } from './cases/index.ts';
import { worldAt } from './target.ts';

// The rules against a server somewhere else: `npm run conformance -- --url http://host:port --tcp-port 8081`.

const CASE_DEADLINE_MS = 20_000;
const transports: readonly Transport[] = ['ws', 'tcp', 'poll'];

const { url, tcpPort, transport } = new Command('conformance')
  .description('Says to a server what the rules name, and looks at what it answers. Creates accounts there.')
  .requiredOption('--url <address>', 'http://127.0.0.1:<port> of the server')
  .option('--tcp-port <port>', 'its port for plain TCP', Number)
  .addOption(new Option('--transport <name>', 'only this one').choices([...transports]))
  .parse()
  .opts<{ url: string; tcpPort?: number; transport?: Transport }>();

const target = { port: Number(new URL(url).port), tcpPort: tcpPort ?? 0 };
const chosen = transports.filter((name) => (transport ?? name) === name && (name !== 'tcp' || tcpPort !== undefined));
const counts = { passed: 0, failed: 0 };

for (const name of chosen) {
  for (const { rule, title, run } of cases) {
    const deadline = AbortSignal.timeout(CASE_DEADLINE_MS);
    const tooLong = new Promise<never>((_, reject) => {
      deadline.addEventListener('abort', () => reject(new Error('no answer in time')), { once: true });
    });
    try {
      await Promise.race([run(worldAt(url, { target, transport: name })), tooLong]);
      counts.passed += 1;
      console.log(`ok      ${name.padEnd(4)} [${rule}] ${title}`);
    } catch (error) {
      counts.failed += 1;
      console.log(`FAILED  ${name.padEnd(4)} [${rule}] ${title}\n        ${String(error)}`);
    }
  }
}
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exit(counts.failed === 0 ? 0 : 1);
