/** What a typed line asks for. */
export type Input =
  | { name: 'nothing' }
  | { name: 'send'; text: string }
  | { name: 'help' }
  | { name: 'list' }
  | { name: 'to'; handle: string }
  | { name: 'history' }
  | { name: 'retry' }
  | { name: 'unread' }
  | { name: 'rename'; displayName: string }
  | { name: 'quit' }
  | { name: 'unknown'; command: string };

/** Reads a line: `/command argument`, or text; `//` begins a text that begins with a slash. */
export function parseInput(line: string): Input {
  if (line.trim() === '') return { name: 'nothing' };
  if (line.startsWith('//')) return { name: 'send', text: line.slice(1) };
  if (!line.startsWith('/')) return { name: 'send', text: line };
  const [, command = '', argument = ''] = /^\/(\S*)\s*(.*?)\s*$/.exec(line) ?? [];
  switch (command) {
    case 'help':
    case 'list':
    case 'history':
    case 'retry':
    case 'unread':
    case 'quit':
      return { name: command };
    case 'to':
      return argument === '' ? { name: 'help' } : { name: 'to', handle: argument.replace(/^@/, '') };
    case 'name':
      return argument === '' ? { name: 'help' } : { name: 'rename', displayName: argument };
    default:
      return { name: 'unknown', command };
  }
}
