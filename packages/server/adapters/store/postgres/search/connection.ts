import type { Primary } from '../primary.ts';
import { searchStatements } from '../statements.ts';
import type { Connection } from '../wire/connection.ts';

/** Indexes of terms answer in bitmaps only; a search that takes longer than this is worth no more of the server. */
export const SEARCH_SETTINGS = "SET enable_bitmapscan = on; SET statement_timeout = '5s'";

export async function openForSearch(primary: Primary): Promise<Connection> {
  const connection = await primary.connect(searchStatements);
  await connection.execute(SEARCH_SETTINGS);
  return connection;
}
