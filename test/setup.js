// n8n-core writes its settings below this folder on first import; the real home stays untouched.
const { mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

process.env.N8N_USER_FOLDER ??= mkdtempSync(join(tmpdir(), 'n8n-terminate-test-'));
// Failed executions are what many tests are about; n8n's log of them would bury the summary.
process.env.N8N_LOG_LEVEL ??= 'silent';
