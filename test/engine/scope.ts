/**
 * True where every combination is tried (`npm run test:thorough`), false where each part of every combination is (`npm test`).
 */
export const isThorough = (globalThis as { isThorough?: boolean }).isThorough === true;
