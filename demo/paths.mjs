import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

/** The root of the checkout. */
export const ROOT = at('..');
/** The folder with the package.json and the lock file of n8n, where it is installed. */
export const DEMO = at('.');
export const EXAMPLES = at('../examples');
/** Everything that a run writes; ignored by git. */
export const STATE = at('../.demo');
export const LOG = at('../.demo/n8n.log');
/** The value of N8N_USER_FOLDER; n8n creates its `.n8n` in it. */
export const USER_FOLDER = at('../.demo/n8n');
/** Where n8n keeps community packages. */
export const COMMUNITY_NODES = at('../.demo/n8n/.n8n/nodes');
