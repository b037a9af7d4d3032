/**
 * The command that measures the same again, from the arguments that were given: without `--keep`, and without the
 * password of a database's URL, as it is kept where everybody reads it.
 */
export function commandOf(args: readonly string[]): string {
  const own = args.filter((arg, index) => !/^--keep(=|$)/.test(arg) && args[index - 1] !== '--keep');
  return ['npm run bench --', ...own.map(withoutPassword).map(quoted)].join(' ');
}

const withoutPassword = (arg: string): string => arg.replace(/(:\/\/[^/@:]*):[^/@]*@/, '$1:…@');
const quoted = (arg: string): string => (/^[\w@%+=:,./…-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", `'\\''`)}'`);
