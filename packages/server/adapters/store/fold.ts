/** The form in which handles and names are compared: without regard to case and to how accents are composed. */
export const fold = (text: string): string => text.normalize('NFC').toLowerCase();
