/** Runs in a page: the text of everything that its databases hold. */
export async function storedText() {
  const found = [];
  const walk = (value) => {
    if (typeof value === 'string') found.push(value);
    else if (value instanceof Uint8Array || value instanceof ArrayBuffer) found.push(new TextDecoder().decode(value));
    else if (Array.isArray(value)) for (const item of value) walk(item);
    else if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) walk(item);
  };
  const answered = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  for (const { name } of await indexedDB.databases()) {
    const database = await answered(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      walk(await answered(database.transaction(store).objectStore(store).getAll()));
    }
    database.close();
  }
  return found.join('\n');
}
