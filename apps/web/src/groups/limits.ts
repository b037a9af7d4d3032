// As the server has them, in characters.
export const NAME_LENGTH_MAX = 64;
export const ANNOUNCEMENT_LENGTH_MAX = 4_096;
