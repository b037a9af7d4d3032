/** The domain that ejabberd serves. */
export const HOST = 'localhost';
export const PASSWORD = 'correct-horse-battery';

export const nameOf = (index: number): string => `bench${index}`;

/** A bare JID: whoever writes does not know the other's devices. */
export const addressOf = (index: number): string => `${nameOf(index)}@${HOST}`;

/** SQL that makes so many accounts, as `ejabberdctl register` would one by one. */
export const accountsSql = (count: number): string =>
  `INSERT INTO users (username, password) SELECT 'bench' || n, '${PASSWORD}' FROM generate_series(0, ${count - 1}) AS n`;
