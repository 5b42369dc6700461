/** Whether all combinations are tried (`npm run test:thorough`), not only enough of them to have each part once (`npm test`). */
export const isThorough = (globalThis as { isThorough?: boolean }).isThorough === true;
