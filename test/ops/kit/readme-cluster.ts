import { textOf } from './files.ts';

/** The options of one `npm start`, by their names. */
export type NodeCommand = Readonly<Record<string, string>>;

export interface ReadmeCluster {
  /** What is exported before the first node is started, by the names of the options that it stands for. */
  settings: Readonly<Record<string, string>>;
  nodes: readonly NodeCommand[];
}

/** The cluster as README.md tells people to type it. */
export function readmeCluster(): ReadmeCluster {
  const section = textOf('README.md')
    .split(/^## /m)
    .find((part) => part.startsWith('A cluster\n'));
  if (section === undefined) throw new Error('README.md starts no cluster');
  const exported = [...section.matchAll(/^export HONGYAN_(\w+)=(\S+)$/gm)].map(([, name = '', value = '']) => [
    name.toLowerCase().replaceAll('_', '-'),
    value,
  ]);
  const commands = [...section.matchAll(/^npm start -- (.+) &$/gm)].map(([, line = '']) => optionsIn(line));
  return { settings: Object.fromEntries(exported), nodes: commands };
}

function optionsIn(line: string): NodeCommand {
  const words = line.trim().split(/\s+/);
  const pairs = words.flatMap((word, at) => (word.startsWith('--') ? [[word.slice(2), words[at + 1] ?? '']] : []));
  return Object.fromEntries(pairs);
}
