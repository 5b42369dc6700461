import type { FastifyInstance } from 'fastify';

import { EnosError, tokenEnvelope } from './answers.ts';
import { APPLICATIONS } from './directory.ts';
import { behind } from './gate.ts';
import type { Gate } from './gate.ts';
import { encryptionOf } from './signature.ts';
import type { World } from './world.ts';

const PREFIX = '/apim-token-service/v2.0';

const text = { type: 'string', minLength: 1 } as const;

const identity = {
	appKey: text,
	encryption: text,
	// The page says Long; the vendor's own client sends a string.
	timestamp: {
		anyOf: [
			{ type: 'integer', minimum: 0 },
			{ type: 'string', minLength: 1, pattern: '^\\d{0,16}$' },
		],
	},
} as const;

const getSchema = {
	type: 'object',
	required: ['appKey', 'encryption', 'timestamp'],
	properties: identity,
} as const;

const refreshSchema = {
	type: 'object',
	required: ['appKey', 'encryption', 'timestamp', 'accessToken'],
	properties: { ...identity, accessToken: text },
} as const;

interface Identity {
	appKey: string;
	encryption: string;
	timestamp: number | string;
}

const GATE: Gate = {
	service: 'token',
	signed: false,
	login: 'none',
	invalid: (error) => {
		const empty = error?.validation?.some(({ keyword }) => keyword === 'required' || keyword === 'minLength');
		return new EnosError('token', empty ? 1202 : 1004);
	},
};

/** The gateway's token service: pages "Get Access Token" and "Refresh Access Token". */
export function tokenServiceRoutes(app: FastifyInstance, world: World): void {
	const answer = (token: ReturnType<World['tokens']['appToken']>): object =>
		tokenEnvelope(world.switches, 0, 'SUCCESS', {
			accessToken: token.token,
			expire: world.tokens.secondsLeft(token),
		});

	behind(GATE, world, app, (scope) => {
		scope.post<{ Body: Identity }>(
			`${PREFIX}/token/get`,
			{ schema: { body: getSchema } },
			async (request) => {
				world.count('tokenGets');
				identify(world, request.body);
				return answer(world.tokens.appToken(request.body.appKey));
			},
		);

		scope.post<{ Body: Identity & { accessToken: string } }>(
			`${PREFIX}/token/refresh`,
			{ schema: { body: refreshSchema } },
			async (request) => {
				world.count('tokenRefreshes');
				identify(world, request.body);
				const old = world.tokens.validApp(request.body.accessToken);
				if (old?.appKey !== request.body.appKey) throw new EnosError('token', 1204);
				return answer(world.tokens.newAppToken(old.appKey));
			},
		);
	});
}

function identify(world: World, { appKey, encryption, timestamp }: Identity): void {
	const appSecret = APPLICATIONS.get(appKey);
	if (appSecret === undefined) throw new EnosError('token', 1002);
	if (encryption !== encryptionOf(appKey, String(timestamp), appSecret)) throw new EnosError('token', 1003);
	const tolerance = world.switches.clockToleranceMs;
	if (tolerance > 0 && Math.abs(world.now() - Number(timestamp)) > tolerance) {
		throw new EnosError('token', 1003);
	}
	if (!world.useOnce(encryption)) throw new EnosError('token', 1001);
}
