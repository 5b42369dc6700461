import type { FastifyInstance, FastifyRequest } from 'fastify';

import type { Json, JsonObject } from '../../core/emulator.ts';
import { HttpRefusal, Refusal, statusAs } from './envelope.ts';
import type { Call } from './switches.ts';
import type { Tenant } from './tenant.ts';
import { mayUse, TENANT } from './users.ts';
import type { Module, Permission, User } from './users.ts';

const OAUTH_LIFE_SECONDS = 3600;

const RIGHTS: Record<Call, [Module, Permission]> = {
	terminate: ['Business Process Services', 'Update'],
	records: ['Business Process Services', 'Get'],
	record: ['Business Process Services', 'Get'],
	bps: ['Admin', 'Get'],
	shells: ['Admin', 'Get'],
};

const owners = new WeakMap<FastifyRequest, User>();

/** The user whose token a request carried; only after `guard`. */
export function userOf(request: FastifyRequest): User {
	const user = owners.get(request);
	if (!user) throw new Error('The route has no guard');
	return user;
}

/** Checks token, tenant headers and module permission, in this order. */
export function guard(tenant: Tenant, call: Call): (request: FastifyRequest) => Promise<void> {
	return async (request) => {
		const user = bearer(tenant, request);
		if (!user) {
			tenant.counters.unauthorized += 1;
			throw new HttpRefusal(401);
		}
		if (tenant.switches.deny.includes(call) || !mayUse(user, ...RIGHTS[call])) {
			tenant.counters.forbidden += 1;
			throw new HttpRefusal(403);
		}
		owners.set(request, user);
	};
}

function bearer(tenant: Tenant, request: FastifyRequest): User | undefined {
	const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
	if (token === undefined) return undefined;
	const { switches } = tenant;
	if (switches.refuseTokens === 'always') return undefined;
	if (switches.refuseTokens === 'once') {
		switches.refuseTokens = 'none';
		tenant.tokens.revoke(token);
	}
	if (switches.multiTenant) {
		if (request.headers['x-unifier-tenant'] !== TENANT.tenant) return undefined;
		if (request.headers['x-unifier-tenant-code'] !== TENANT.tenantCode) return undefined;
	}
	const owner = tenant.tokens.ownerOf(token, tenant.now());
	const user = owner === undefined ? undefined : tenant.userNamed(owner);
	return user?.active ? user : undefined;
}

interface Login {
	user: User;
	token: string;
	lifeSeconds: number;
	expiresAt: number;
}

/** The token services ("V1/V2 Get Token REST Service" for Basic and for OAuth authentication). */
export function tokenRoutes(app: FastifyInstance, tenant: Tenant): void {
	const querystring = {
		type: 'object',
		properties: { expiry: seconds, Expiry: seconds },
	} as const;

	app.get('/v1/login', { exposeHeadRoute: false }, async (request) => {
		const login = logIn(tenant, request, 'basic');
		return {
			...expiryTexts(login),
			status: statusAs(200, tenant.switches),
			token: login.token,
		};
	});

	app.get('/v2/auth/token', { exposeHeadRoute: false, schema: { querystring } }, async (request) => {
		const login = logIn(tenant, request, undefined);
		const endpoint = {
			endpoint: 'rest1',
			access_token: login.token,
			expires_in: expiresIn(tenant, login),
			request_headers: {
				'x-unifier-tenant-code': TENANT.tenantCode,
				'x-unifier-tenant': TENANT.tenant,
			},
		};
		const { expiryDate, Timezone, expiryTime } = expiryTexts(login);
		const basic = {
			expiryDate,
			Timezone,
			access_token: login.token,
			auth_type: 'Basic',
			expiryTime,
			expires_in: expiresIn(tenant, login),
		};
		const multi = tenant.switches.multiTenant ? endpoint : {};
		const data = login.user.kind === 'oauth' ? endpoint : { ...multi, ...basic };
		return { data, message: [], status: statusAs(200, tenant.switches) };
	});

	app.get('/v1/oauth/token', { exposeHeadRoute: false, schema: { querystring } }, async (request) => {
		const login = logIn(tenant, request, 'oauth');
		return {
			access_token: login.token,
			token_type: 'Bearer',
			expires_in: expiresIn(tenant, login),
			status: statusAs(200, tenant.switches),
		};
	});
}

const seconds = { type: 'string', pattern: '^[1-9][0-9]{0,8}$' } as const;

const expiresIn = (tenant: Tenant, { lifeSeconds }: Login): Json =>
	tenant.switches.expiresIn === 'string' ? String(lifeSeconds) : lifeSeconds;

function logIn(tenant: Tenant, request: FastifyRequest, only: User['kind'] | undefined): Login {
	const user = basicUser(tenant, request.headers.authorization ?? '');
	if (user && tenant.switches.lockedUsers.includes(user.username)) {
		tenant.counters.refusedLogins += 1;
		throw new Refusal(1330);
	}
	if (!user || (only !== undefined && user.kind !== only)) {
		tenant.counters.refusedLogins += 1;
		throw new HttpRefusal(401);
	}
	tenant.counters.logins += 1;
	tenant.loginsByUser[user.username] = (tenant.loginsByUser[user.username] ?? 0) + 1;
	const { expiry, Expiry } = request.query as { expiry?: string; Expiry?: string };
	const wanted = Number(expiry ?? Expiry ?? OAUTH_LIFE_SECONDS);
	const usual = user.kind === 'oauth' ? wanted : user.tokenLifeSeconds;
	const lifeSeconds = tenant.switches.tokenLifeSeconds ?? usual;
	const now = tenant.now();
	const token = tenant.tokens.issue(user, lifeSeconds, now, tenant.switches.loginInvalidates);
	return { user, token, lifeSeconds, expiresAt: now + lifeSeconds * 1000 };
}

function basicUser(tenant: Tenant, header: string): User | undefined {
	const encoded = /^Basic ([A-Za-z0-9+/]+=*)$/i.exec(header)?.[1];
	if (encoded === undefined) return undefined;
	const pair = Buffer.from(encoded, 'base64').toString('utf8');
	const colon = pair.indexOf(':');
	if (colon < 0) return undefined;
	const user = tenant.userNamed(pair.slice(0, colon));
	if (user?.password !== pair.slice(colon + 1)) return undefined;
	return user.active && user.integration ? user : undefined;
}

function expiryTexts({ user, expiresAt }: Login): JsonObject {
	const local = new Date(expiresAt + user.timezoneMinutes * 60_000);
	const two = (value: number): string => String(value).padStart(2, '0');
	const day = two(local.getUTCDate());
	const month = two(local.getUTCMonth() + 1);
	const first = user.dateOrder === 'dmy' ? `${day}/${month}` : `${month}/${day}`;
	const expiryDate = `${first}/${local.getUTCFullYear()}`;
	const hours = local.getUTCHours();
	const time = `${two(hours % 12 || 12)}:${two(local.getUTCMinutes())} ${hours < 12 ? 'AM' : 'PM'}`;
	return { expiryDate, Timezone: user.timezone, expiryTime: `${expiryDate} ${time}` };
}
