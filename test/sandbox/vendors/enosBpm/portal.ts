import type { FastifyInstance } from 'fastify';

import { EnosError } from './answers.ts';
import { organizationsOf, ORGANIZATIONS, userById, USERS } from './directory.ts';
import { behind, sessionOf } from './gate.ts';
import type { Gate } from './gate.ts';
import type { UserToken } from './tokens.ts';
import type { World } from './world.ts';

const SERVICE = '/app-portal-service';

/** The two generations of the portal's pages: other paths, other success code, other keys. */
const GENERATIONS = [
	{ paths: 'v2.2', others: 'v2.2', set: 'v2.2', legacy: false },
	{ paths: 'v2.0', others: 'v2.0', set: 'v2.1', legacy: true },
] as const;

const text = { type: 'string', minLength: 1 } as const;
const loginBody = {
	type: 'object',
	required: ['account', 'password'],
	properties: { account: text, password: text },
} as const;
const setBody = { type: 'object', required: ['orgId'], properties: { orgId: text } } as const;
const refreshQuery = {
	type: 'object',
	required: ['refreshToken'],
	properties: { refreshToken: text },
} as const;

/** The application portal: pages "Log In", "Choose Organization", "Refresh Access Token", "Log Out". */
export function portalRoutes(app: FastifyInstance, world: World): void {
	for (const generation of GENERATIONS) generationRoutes(app, world, generation);
	sessionInfoRoute(app, world);
}

function generationRoutes(app: FastifyInstance, world: World, played: (typeof GENERATIONS)[number]): void {
	const { paths, legacy } = played;
	const prefix = `${SERVICE}/${played.others}`;
	const gate = (login: Gate['login'], invalid: string | undefined): Gate => ({
		service: 'portal',
		signed: true,
		login,
		paths,
		invalid: () => new EnosError('portal', 31400, invalid),
	});

	behind(gate('none', undefined), world, app, (scope) => {
		scope.post<{ Body: { account: string; password: string } }>(
			`${prefix}/login`,
			{ schema: { body: loginBody } },
			async (request) => {
				const { code, message } = success(world, legacy);
				return { code, data: logIn(world, request.body.account, request.body.password, legacy), message };
			},
		);
	});

	behind(gate('user', 'orgId is required'), world, app, (scope) => {
		scope.post<{ Body: { orgId: string } }>(
			`${SERVICE}/${played.set}/session/set`,
			{ schema: { body: setBody } },
			async (request) => {
				world.count('sessionSets');
				const token = chooseOrganization(world, sessionOf(request), request.body.orgId);
				const data = { ...whoIs(token), ...tokens(world, token) };
				return { ...success(world, legacy), data };
			},
		);

		scope.get(`${prefix}/logout`, async (request) => {
			world.count('logouts');
			sessionOf(request).ended = true;
			return { ...success(world, legacy), data: legacy ? null : true };
		});
	});

	behind(gate('none', 'Refresh Token is required'), world, app, (scope) => {
		scope.get<{ Querystring: { refreshToken: string } }>(
			`${prefix}/token/refresh`,
			{ schema: { querystring: refreshQuery } },
			async (request) => {
				const old = world.tokens.validRefresh(request.query.refreshToken);
				if (!old) throw new EnosError('portal', 31401);
				world.count('refreshes');
				old.ended = true;
				const token = world.tokens.issueAccess(old.userId, old.orgId);
				const { userId, userName, currentOrgId, currentOrgName } = whoIs(token);
				const organization = legacy
					? { currentOrgId, currentOrgName }
					: { workingOrganizationId: currentOrgId, workingOrganizationName: currentOrgName };
				const data = { userId, userName, ...organization, ...tokens(world, token) };
				return { ...success(world, legacy), data };
			},
		);
	});
}

function sessionInfoRoute(app: FastifyInstance, world: World): void {
	const gate: Gate = {
		service: 'portal',
		signed: true,
		login: 'user',
		invalid: () => new EnosError('portal', 31400),
	};
	behind(gate, world, app, (scope) => {
		scope.get(`${SERVICE}/v2.2/session/info`, async (request) => {
			world.count('sessionInfos');
			const session = sessionOf(request);
			if (session.orgId === null) throw new EnosError('portal', 31512);
			return { ...success(world, false), data: whoIs(session) };
		});
	});
}

function success(world: World, legacy: boolean): { code: number; message: string } {
	return legacy ? { code: 200, message: '' } : { code: world.switches.portalSuccess, message: 'OK' };
}

function logIn(world: World, account: string, password: string, legacy: boolean): object {
	if (world.lock.isLocked(account)) {
		world.count('failedLogins');
		throw new EnosError('portal', 31429);
	}
	const user = USERS.find((one) => one.account === account && one.password === password);
	if (!user) {
		world.count('failedLogins');
		world.lock.failed(account);
		throw new EnosError('portal', 31400);
	}
	world.count('logins');
	world.lock.succeeded(account);
	if (world.switches.secondLogin === 'endsTokens') world.tokens.endAccessOf(user.id);
	const { mfaType } = world.switches;
	const token = world.tokens.issueAccess(user.id, null);
	// Until the second factor is shown, which this sandbox does not play, the token opens nothing.
	if (mfaType === 'TOTP') token.ended = true;
	const { id, name, email } = user;
	return {
		accessToken: token.token,
		...(!legacy && mfaType !== 'absent' && { mfaType }),
		organizations: organizationsOf(user),
		user: legacy ? { id, name } : { id, name, email },
	};
}

function chooseOrganization(world: World, session: UserToken, orgId: string): UserToken {
	if (!userById(session.userId).orgIds.includes(orgId)) throw new EnosError('portal', 31404);
	if (world.switches.sessionSetToken === 'new') {
		session.orgId = null;
		return world.tokens.issueAccess(session.userId, orgId);
	}
	session.orgId = orgId;
	return session;
}

function whoIs({ userId, orgId }: UserToken): Record<string, string> {
	return {
		userId,
		userName: userById(userId).name,
		currentOrgId: orgId ?? '',
		currentOrgName: ORGANIZATIONS.get(orgId ?? '') ?? '',
	};
}

function tokens(world: World, access: UserToken): object {
	const refresh = world.tokens.issueRefresh(access.userId, access.orgId);
	return {
		accessToken: access.token,
		refreshToken: refresh.token,
		refreshTokenExpire: world.tokens.refreshExpiry(refresh),
	};
}
