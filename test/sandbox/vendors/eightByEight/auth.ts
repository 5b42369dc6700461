import type { FastifyRequest } from 'fastify';

import { accountOfKey, MAIN_ACCOUNT } from './accounts.ts';
import { refuse } from './errors.ts';
import type { World } from './world.ts';

/** One scheme for every operation: bearer with the account's API key, and a key serves its account only. */
export function authenticate(world: World, request: FastifyRequest): void {
	const key = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
	const account = key === undefined ? undefined : accountOfKey(key);
	const disabled = account?.id === MAIN_ACCOUNT && world.settings.keyDisabled;
	if (!account || disabled) {
		world.counters.unauthorized += 1;
		throw refuse.unauthorized();
	}
	const { accountId } = request.params as { accountId?: string };
	const { notEnabled } = world.settings;
	const unavailable = !account.enabled || (account.id === MAIN_ACCOUNT && notEnabled !== false);
	if (accountId !== account.id || unavailable) {
		world.counters.forbidden += 1;
		if (accountId === account.id && notEnabled === 404) throw refuse.notEnabled();
		if (accountId === account.id && notEnabled === 'account') throw refuse.unknownAccount(accountId);
		throw refuse.forbidden();
	}
}
