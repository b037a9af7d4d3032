import { type Client, type ConnectionState, createClient, MemoryStore } from '@hongyan/sdk/node';

const open: Client[] = [];
let guests = 0;

function newAccount() {
  guests += 1;
  const handle = `guest-${guests}`;
  return { handle, password: `password of ${handle}`, displayName: `Guest ${guests}` };
}

/** A new person whose client goes where the server says. */
export class Guest {
  readonly client: Client;
  readonly states: ConnectionState[] = [];

  constructor(server: string, store = new MemoryStore()) {
    this.client = createClient({ server, store });
    this.client.on('connection', (state) => this.states.push(state));
    open.push(this.client);
  }

  static async arrive(server: string): Promise<Guest> {
    const guest = new Guest(server);
    await guest.client.register(newAccount());
    return guest;
  }

  /** Signed in, and not connected before `client.start`: then nothing but connecting takes time. */
  static async prepare(server: string): Promise<Guest> {
    const store = new MemoryStore();
    const elsewhere = createClient({ server, store, transport: () => ({ send() {}, close() {} }) });
    await elsewhere.register(newAccount());
    await elsewhere.close();
    return new Guest(server, store);
  }

  /** Places in the line that were shown, in their order. */
  get places(): number[] {
    return this.states.flatMap((state) => (state.status === 'queued' ? [state.place] : []));
  }

  is(status: ConnectionState['status']): Promise<void> {
    return new Promise((resolve) => {
      const check = () => {
        if (this.client.connection.status !== status) return;
        stop();
        resolve();
      };
      const stop = this.client.on('connection', check);
      check();
    });
  }

  /** What is written goes through. */
  async writes(text: string): Promise<void> {
    await this.client.sendText(this.client.notesToSelf, text).until('sent');
  }
}

export async function closeGuests(): Promise<void> {
  await Promise.all(open.splice(0).map((client) => client.close()));
}
