import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

/** The checkout. */
export const ROOT = at('..');
/** Where n8n's own package.json and lock file are, and where it is installed. */
export const DEMO = at('.');
export const EXAMPLES = at('../examples');
/** Everything that a run writes, ignored by git. */
export const STATE = at('../.demo');
export const LOG = at('../.demo/n8n.log');
/** Becomes N8N_USER_FOLDER; n8n makes its `.n8n` in it. */
export const USER_FOLDER = at('../.demo/n8n');
/** Where n8n keeps community packages. */
export const COMMUNITY_NODES = at('../.demo/n8n/.n8n/nodes');
