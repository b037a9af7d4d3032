export function storedText(): Promise<string>;
