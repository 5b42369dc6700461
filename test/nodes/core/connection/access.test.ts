import { connect } from '../../../../nodes/core/connection/access';
import type { Connection } from '../../../../nodes/core/connection/connection';
import type { HostRateLimiter } from '../../../../nodes/core/http/rateLimiter';
import { scripted } from '../commands/scripted';

const cloud: Connection = {
	credentialType: 'thingApi',
	baseUrl: ({ url }) => String(url),
	secrets: () => [],
	refreshStatuses: [],
};

async function limiterOf(url: string, more: Partial<Connection> = {}): Promise<HostRateLimiter> {
	const access = await connect(() => ({ ...cloud, ...more }), {
		getCredentials: async () => ({ url }),
		transport: () => scripted(),
	});
	if ('reason' in access) throw new Error(access.reason);
	return access.rateLimiter;
}

describe('the rate limiter of a connection', () => {
	it('is that of the host, whatever the path', async () => {
		const one = await limiterOf('https://access.example/a');
		expect(await limiterOf('https://access.example/b')).toBe(one);
		expect(await limiterOf('https://other-access.example/a')).not.toBe(one);
	});

	it('is that of a part of the host where it has limits of its own', async () => {
		const rateKey = ({ host, pathname }: URL) => host + pathname;
		const one = await limiterOf('https://access.example/a', { rateKey });
		expect(await limiterOf('https://access.example/a', { rateKey })).toBe(one);
		expect(await limiterOf('https://access.example/b', { rateKey })).not.toBe(one);
	});
});
