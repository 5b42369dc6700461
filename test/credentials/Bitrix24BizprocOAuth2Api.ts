import { Workflow } from 'n8n-workflow';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { credentialType, useExpressionEngine } from '../engine/engine';

const TYPE = 'bitrix24BizprocOAuth2Api';

describe.each(['legacy', 'vm'] as const)('Bitrix24 OAuth2 credential (%s)', (engine) => {
	beforeAll(async () => await useExpressionEngine(engine));

	/** Fills in defaults and resolves expressions as n8n does when it reads a credential. */
	async function resolved(data: ICredentialDataDecryptedObject): Promise<ICredentialDataDecryptedObject> {
		const { properties } = await credentialType(TYPE);
		const defaults = Object.fromEntries(properties.map((property) => [property.name, property.default]));
		const full = { ...defaults, ...data } as ICredentialDataDecryptedObject;
		const nodeTypes = {
			getByName: () => ({ description: { properties: [] } }) as never,
			getByNameAndVersion: () => ({ description: { properties: [] } }) as never,
			getKnownTypes: () => ({}),
		};
		const node = { id: '1', name: 'Mock', type: 'mock', typeVersion: 1, position: [0, 0], parameters: {} };
		const workflow = new Workflow({
			nodes: [node as never],
			connections: {},
			active: false,
			nodeTypes,
		});
		await workflow.expression.acquireIsolate();
		try {
			return workflow.expression.getParameterValue(
				full as never,
				null,
				0,
				0,
				'Mock',
				[],
				'internal',
				{},
				undefined,
				false,
				full,
			) as unknown as ICredentialDataDecryptedObject;
		} finally {
			await workflow.expression.releaseIsolate();
		}
	}

	it.each(['https://portal.bitrix24.com', 'https://portal.bitrix24.com/', ' https://portal.bitrix24.com// '])(
		'sends the user to %p for the consent',
		async (portalUrl) => {
			expect((await resolved({ portalUrl }))['authUrl']).toBe('https://portal.bitrix24.com/oauth/authorize/');
		},
	);

	it('extends the OAuth2 of n8n, with what Bitrix24 needs', async () => {
		const type = await credentialType(TYPE);
		expect(type.extends).toEqual(['oAuth2Api']);
		expect(await resolved({ portalUrl: 'https://portal.bitrix24.com' })).toMatchObject({
			grantType: 'authorizationCode',
			accessTokenUrl: 'https://oauth.bitrix.info/oauth/token/',
			scope: '',
			authQueryParameters: '',
			authentication: 'body',
		});
	});

	it('shows the addresses of the portal and of the token server, and whether to check certificates', async () => {
		const { properties } = await credentialType(TYPE);
		const shown = properties.filter(({ type }) => type !== 'hidden').map(({ name }) => name);
		expect(shown).toEqual(['portalUrl', 'accessTokenUrl', 'ignoreSSLIssues']);
		const [, , , server] = properties;
		expect(server?.description).toContain('https://oauth.bitrix24.tech/oauth/token/');
	});
});
