import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { STATE } from '../demo/paths.mjs';

/** Everything that a run writes apart from its results; ignored by git. */
export const BENCH_STATE = join(STATE, 'bench');
export const LOG = join(BENCH_STATE, 'n8n.log');
/** The value of N8N_USER_FOLDER. */
export const USER_FOLDER = join(BENCH_STATE, 'n8n');
export const COMMUNITY_NODES = join(USER_FOLDER, '.n8n', 'nodes');
/** The last measurement of each workload. */
export const MEASUREMENTS = join(STATE, 'measured.json');
export const WORKFLOWS = join(BENCH_STATE, 'workflows');
export const RESULTS = fileURLToPath(new URL('./RESULTS.md', import.meta.url));
export const BARE = fileURLToPath(new URL('./bare.mjs', import.meta.url));
