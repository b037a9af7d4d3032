import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type OptionName, optionNames, options } from './config-options.ts';

/** What the server is told from outside, validated. Made by `loadConfig` only. */
export interface Config extends z.output<typeof schema> {
  /** 0: any free port. */
  tcpPort: number;
}

/** A setting that cannot be used; `message` has a line for each, naming where it came from. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

type Shape = { [Name in OptionName]: (typeof options)[Name]['schema'] };
const shape = Object.fromEntries(optionNames.map((name) => [name, options[name].schema])) as Shape;
const schema = z.object(shape);

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const flagOf = (name: OptionName) => `--${kebab(name)}`;
const variableOf = (name: OptionName) => `HONGYAN_${kebab(name).replaceAll('-', '_').toUpperCase()}`;

export interface ConfigSources {
  /** Without the program's name. */
  argv?: readonly string[] | undefined;
  env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Instead of the built-in defaults. */
  defaults?: Partial<Record<OptionName, string>> | undefined;
}

/** Reads the settings: flags before environment before defaults. Throws ConfigError. */
export function loadConfig({ argv = [], env = process.env, defaults = {} }: ConfigSources): Config {
  const flags = readFlags(argv);
  const given = new Map<OptionName, { value: string; from: string }>();
  for (const name of optionNames) {
    const variable = env[variableOf(name)];
    const value = flags[kebab(name)] ?? (variable === '' ? undefined : variable);
    const from = flags[kebab(name)] === undefined ? variableOf(name) : flagOf(name);
    const fallback = defaults[name] ?? options[name].default;
    if (value !== undefined) given.set(name, { value, from });
    else if (fallback !== undefined) given.set(name, { value: fallback, from: `the default of ${flagOf(name)}` });
  }
  const parsed = schema.safeParse(Object.fromEntries([...given].map(([name, { value }]) => [name, value])));
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => complaint(given, issue)).join('\n'));
  }
  const { port, tcpPort, roles, broker } = parsed.data;
  if (tcpPort !== undefined && tcpPort !== 0 && tcpPort === port) {
    throw new ConfigError(`--port and --tcp-port are both ${port}; they must differ`);
  }
  const alone = ['gateway', 'logic', 'api'] as const;
  const missing = alone.filter((role) => !roles.includes(role));
  if (broker === 'none' && missing.length > 0) {
    throw new ConfigError(`without --broker, --roles must have ${missing.join(' and ')}: no other process has it`);
  }
  return { ...parsed.data, tcpPort: tcpPort ?? (port === 0 || port === 65_535 ? 0 : port + 1) };
}

function readFlags(argv: readonly string[]): Record<string, string | undefined> {
  const known = Object.fromEntries(optionNames.map((name) => [kebab(name), { type: 'string' as const }]));
  try {
    return parseArgs({ args: [...argv], options: known, strict: true }).values;
  } catch (error) {
    throw new ConfigError(`${error instanceof Error ? error.message.split('. ')[0] : String(error)}; see --help`);
  }
}

function complaint(given: Map<OptionName, { value: string; from: string }>, issue: z.core.$ZodIssue): string {
  const name = issue.path[0] as OptionName;
  const { from, value } = given.get(name) ?? { from: flagOf(name), value: '' };
  return options[name].isSecret === true ? `${from} ${issue.message}` : `${from} ${issue.message}, not "${value}"`;
}

/** The text behind `--help`, made from the options themselves. */
export function describeOptions(defaults: Partial<Record<OptionName, string>> = {}): string {
  return optionNames
    .map((name) => {
      const { argument, help, defaultText } = options[name];
      const standard = defaultText ?? defaults[name] ?? options[name].default;
      const suffix = standard === undefined || standard === '' ? '' : ` (default: ${standard})`;
      return `  ${flagOf(name)} <${argument}>\n      ${help}${suffix}\n      ${variableOf(name)}`;
    })
    .join('\n');
}
