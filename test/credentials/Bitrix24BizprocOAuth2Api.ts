import { Workflow } from 'n8n-workflow';
import type { ICredentialDataDecryptedObject, IWorkflowDataProxyAdditionalKeys } from 'n8n-workflow';

import { portalAddress, REST_ADDRESS } from '../../nodes/Bitrix24/portal';
import { credentialType, useExpressionEngine } from '../engine/engine';

const TYPE = 'bitrix24BizprocOAuth2Api';

describe.each(['legacy', 'vm'] as const)('Bitrix24 OAuth2 credential (%s)', (engine) => {
	beforeAll(async () => await useExpressionEngine(engine));

	/** Fills in defaults and resolves expressions as n8n does when it reads a credential. */
	async function resolved(data: ICredentialDataDecryptedObject): Promise<ICredentialDataDecryptedObject> {
		const { properties } = await credentialType(TYPE);
		const defaults = Object.fromEntries(properties.map((property) => [property.name, property.default]));
		const full = { ...defaults, ...data } as ICredentialDataDecryptedObject;
		return (await evaluated(full, {}, full)) as ICredentialDataDecryptedObject;
	}

	/** Where n8n's routing engine sees the REST API. */
	async function restAddress($credentials: ICredentialDataDecryptedObject): Promise<unknown> {
		return await evaluated(REST_ADDRESS, { $credentials });
	}

	async function evaluated(
		value: ICredentialDataDecryptedObject | string,
		keys: IWorkflowDataProxyAdditionalKeys,
		self?: ICredentialDataDecryptedObject,
	): Promise<unknown> {
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
				value as never,
				null,
				0,
				0,
				'Mock',
				[],
				'internal',
				keys,
				undefined,
				false,
				self,
			);
		} finally {
			await workflow.expression.releaseIsolate();
		}
	}

	it.each([
		'https://portal.bitrix24.com',
		'https://portal.bitrix24.com/',
		' https://portal.bitrix24.com// ',
		'portal.bitrix24.com',
		'bitrix.company.local:8443/',
		'https://portal.bitrix24.com/company/personal/user/1/',
		'portal.bitrix24.com/stream/?show=1#top',
		'HTTPS://portal.bitrix24.com?a=b',
		'http://127.0.0.1:5010/rest/',
		'http://localhost',
		'http://[::1]:5010',
	])('sends the user to the consent page of %p, where the node finds the REST API too', async (portalUrl) => {
		const { authUrl } = await resolved({ portalUrl });
		expect(new URL(String(authUrl)).href).toBe(`${portalAddress(portalUrl)}/oauth/authorize/`);
		expect(new URL(String(await restAddress({ portalUrl }))).href).toBe(`${portalAddress(portalUrl)}/rest`);
	});

	it.each([
		'',
		'/stream/',
		'http://portal.example',
		'http://localhost.example',
		'http://127.0.0.1@portal.example',
		'ftp://portal.example',
		'user@portal.example',
		'https://user:secret@portal.example',
		'https://portal example',
	])('gives n8n an address that it refuses in words before the user leaves: %p', async (portalUrl) => {
		expect(() => portalAddress(portalUrl)).toThrow(/'Portal URL'/);
		const { protocol } = new URL(String((await resolved({ portalUrl }))['authUrl']));
		// n8n: "OAuth url must use HTTP or HTTPS protocol. Invalid protocol: ..."
		expect(protocol).toBe('portal-url-is-not-an-https-address:');
	});

	it.each([
		[{}, 'https://oauth.bitrix.info/oauth/token/'],
		[
			{
				authorizationServer: 'https://oauth.bitrix24.tech/oauth/token/',
				authorizationServerUrl: 'https://unused.example',
			},
			'https://oauth.bitrix24.tech/oauth/token/',
		],
		[
			{ authorizationServer: 'other', authorizationServerUrl: ' http://127.0.0.1:5010/oauth/token/ ' },
			'http://127.0.0.1:5010/oauth/token/',
		],
		[
			{ authorizationServer: 'other', authorizationServerUrl: 'oauth.portal.example/token' },
			'https://oauth.portal.example/token',
		],
	])('asks the token server that was chosen or entered: %j', async (data, expected) => {
		const portalUrl = 'https://portal.bitrix24.com';
		expect((await resolved({ portalUrl, ...data }))['accessTokenUrl']).toBe(expected);
	});

	it('extends the OAuth2 of n8n, with what Bitrix24 needs', async () => {
		const type = await credentialType(TYPE);
		expect(type.extends).toEqual(['oAuth2Api']);
		expect(await resolved({ portalUrl: 'https://portal.bitrix24.com' })).toMatchObject({
			grantType: 'authorizationCode',
			scope: '',
			authQueryParameters: '',
			authentication: 'body',
		});
	});

	it('shows the portal, the token server, of which the two known hosts are to choose, and whether to check certificates', async () => {
		const { properties } = await credentialType(TYPE);
		const shown = properties.filter(({ type }) => type !== 'hidden').map(({ name }) => name);
		expect(shown).toEqual(['portalUrl', 'authorizationServer', 'authorizationServerUrl', 'ignoreSSLIssues']);
		const server = properties.find(({ name }) => name === 'authorizationServer');
		expect(server?.options?.map(({ name }) => name)).toEqual([
			'oauth.bitrix.info',
			'oauth.bitrix24.tech',
			'Other',
		]);
		const entered = properties.find(({ name }) => name === 'authorizationServerUrl');
		expect(entered?.displayOptions).toEqual({ show: { authorizationServer: ['other'] } });
	});
});
