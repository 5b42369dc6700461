import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { CREDENTIAL_TYPES } from '../../scripts/vendors.cjs';
import './Bitrix24BizprocWebhookApi';
import './EightByEightAutomationApi';
import './EnosBpmApi';
import './UnifierApi';
import { CASES } from './certificates';
import './proxy';
// Last: it switches to another expression engine, and there is no way back.
import './Bitrix24BizprocOAuth2Api';

describe.each(CREDENTIAL_TYPES)('the credential type %s', (type) => {
	const className = type.charAt(0).toUpperCase() + type.slice(1);

	it(`has tests in test/credentials/${className}.ts, which this file imports`, () => {
		expect(existsSync(join(__dirname, `${className}.ts`))).toBe(true);
		expect(readFileSync(__filename, 'utf8')).toContain(`import './${className}';`);
	});

	it('is tried behind a self-signed certificate: test/credentials/certificates.ts', () => {
		expect(CASES.map((one) => one.type)).toContain(type);
	});
});
