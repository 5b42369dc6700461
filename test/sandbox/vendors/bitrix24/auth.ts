import type { User } from './accounts.ts';
import { errors } from './errors.ts';
import type { Params } from './input.ts';
import type { Method } from './method.ts';
import type { Portal } from './portal.ts';

/** Who calls, as the portal sees it. */
export interface Caller {
	/** Whose operating-time budget is used. */
	budget: string;
	user: User;
	scopes: string[];
	/** What insufficient_scope says outside a batch. */
	scopeText: string;
}

/** Where a call carries its secret. */
export interface Presented {
	webhook?: { userId: string; code: string };
	authorization?: string | undefined;
	params: Params;
}

const higherPrivileges = (by: string): string =>
	`The request requires higher privileges than provided by the ${by}`;

function byWebhook(portal: Portal, { userId, code }: { userId: string; code: string }): Caller {
	if (portal.switches.requireHttps) throw errors.httpsRequired();
	const webhook = portal.accounts.webhooks.find(
		(entry) => String(entry.userId) === userId && entry.code === code,
	);
	const over = webhook?.expiresAt !== null && (webhook?.expiresAt ?? 0) <= portal.now();
	if (!webhook || webhook.revoked || over) {
		throw portal.switches.webhookAuthError === 'NO_AUTH_FOUND'
			? errors.noAuthFound()
			: errors.invalidCredentials();
	}
	if (webhook.held) throw errors.overload();
	const user = portal.accounts.user(webhook.userId);
	if (!user.active) throw errors.unableToAuthorize();
	return {
		budget: `webhook:${webhook.key}`,
		user,
		scopes: webhook.scopes,
		scopeText: higherPrivileges('webhook token'),
	};
}

function tokenOf({ authorization, params }: Presented): string {
	const bearer = /^Bearer\s+(.+)$/i.exec(authorization ?? '')?.[1];
	// An empty `auth` counts as absent, as in PHP.
	const token = bearer ?? (params['auth'] === '' ? undefined : params['auth']) ?? params['access_token'];
	return typeof token === 'string' ? token : '';
}

function byToken(portal: Portal, presented: Presented): Caller {
	const entry = portal.accounts.byAccessToken(tokenOf(presented));
	if (!entry) throw errors.noAuthFound();
	if (entry.expiresAt <= portal.now()) throw errors.expiredToken();
	if (portal.switches.deny === 'userAccess') throw errors.userAccess();
	return {
		budget: 'app',
		user: portal.accounts.user(entry.grant.userId),
		scopes: entry.grant.scopes,
		scopeText: higherPrivileges('access token'),
	};
}

/** How a portal words that its plan has no REST API: as documented, or as its generation of the server code does. */
function planText({ switches }: Portal, { webhook }: Presented): string {
	if (switches.authStatus === 'docs') return 'REST API is available only on commercial plans';
	return webhook && switches.generation !== 'old'
		? 'REST is available only by subscription.'
		: 'REST is available only on commercial plans.';
}

/** Checks the secret of a call and what is refused to everybody (pages "Inbound webhooks", "OAuth 2.0"). */
export function authenticate(portal: Portal, presented: Presented): Caller {
	const { deny, plan } = portal.switches;
	if (deny === 'portalDeleted') throw errors.portalDeleted();
	const caller = presented.webhook ? byWebhook(portal, presented.webhook) : byToken(portal, presented);
	if (deny === 'invalidCredentials') throw errors.invalidCredentials();
	if (deny === 'overload') throw errors.overload();
	if (deny === 'paymentRequired') throw errors.paymentRequired();
	if (deny === 'wrongContext') throw errors.wrongContext();
	if (plan === 'noRest') throw errors.noRestOnPlan(planText(portal, presented));
	return caller;
}

const GRANTING: Record<Method['scope'], string[]> = {
	basic: [],
	bizproc: ['bizproc'],
	user: ['user', 'user_basic', 'user_brief'],
};

/** Checks the scope of a method; `text` replaces the description, which a batch leaves empty. */
export function checkScope(
	portal: Portal,
	caller: Caller,
	scope: Method['scope'],
	text = caller.scopeText,
): void {
	if (scope === 'basic') return;
	const granted = GRANTING[scope].some((name) => caller.scopes.includes(name));
	if (portal.switches.deny === 'noScope' || !granted) {
		throw errors.insufficientScope(text);
	}
}
