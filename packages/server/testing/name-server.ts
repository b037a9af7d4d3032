import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

const TYPES = { A: 1, CNAME: 5, AAAA: 28 } as const;

export interface NameRecord {
  type: keyof typeof TYPES;
  /** Four or sixteen bytes of an address, or the other name. */
  data: readonly number[] | string;
}

/** A name server (RFC 1035) on loopback that answers from a table, and of names that it does not have, nothing at all. */
export class NameServer implements AsyncDisposable {
  readonly names = new Map<string, NameRecord[]>();
  readonly asked: string[] = [];
  readonly #socket: Socket = createSocket('udp4');

  static async open(): Promise<NameServer> {
    const server = new NameServer();
    const socket = server.#socket;
    socket.on('message', (query, { address, port }) => {
      const answer = server.#answer(query);
      if (answer !== undefined) socket.send(answer, port, address);
    });
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return server;
  }

  get address(): string {
    return `127.0.0.1:${this.#socket.address().port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.close();
    await once(this.#socket, 'close');
  }

  #answer(query: Buffer): Buffer | undefined {
    const { name, end } = readName(query, 12);
    const type = query.readUInt16BE(end);
    this.asked.push(name);
    const records = this.names.get(name)?.filter((record) => TYPES[record.type] === type || record.type === 'CNAME');
    if (records === undefined) return undefined;
    const header = Buffer.from(query.subarray(0, 12));
    header.writeUInt16BE(0x8180, 2);
    header.writeUInt16BE(records.length, 6);
    header.fill(0, 8);
    let owner = name;
    const answers = records.map(({ type, data }) => {
      const bytes = typeof data === 'string' ? nameBytes(data) : Buffer.from(data);
      const fixed = Buffer.alloc(10);
      fixed.writeUInt16BE(TYPES[type], 0);
      fixed.writeUInt16BE(1, 2);
      fixed.writeUInt16BE(bytes.length, 8);
      const record = Buffer.concat([nameBytes(owner), fixed, bytes]);
      if (typeof data === 'string') owner = data;
      return record;
    });
    return Buffer.concat([header, query.subarray(12, end + 4), ...answers]);
  }
}

function readName(query: Buffer, start: number): { name: string; end: number } {
  const labels: string[] = [];
  let at = start;
  for (let length = query.readUInt8(at); length > 0; length = query.readUInt8(at)) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length).toLowerCase());
    at += 1 + length;
  }
  return { name: labels.join('.'), end: at + 1 };
}

const nameBytes = (name: string) =>
  Buffer.concat([...name.split('.').map((label) => Buffer.from([label.length, ...Buffer.from(label)])), Buffer.of(0)]);
