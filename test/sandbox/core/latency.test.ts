import { startSandbox } from '../sandbox.ts';
import type { Sandbox } from '../sandbox.ts';
import { ask } from '../support.ts';
import type { Answer } from '../support.ts';

const LATENCY_MS = 60;
/** A timer may fire a little early. */
const EARLY_MS = 2;

describe('sandbox latency and journal', () => {
	let sandbox: Sandbox;

	beforeAll(async () => {
		sandbox = await startSandbox();
	});
	afterAll(async () => await sandbox.close());
	beforeEach(() => sandbox.reset());

	const control = async (method: string, path: string, body?: object): Promise<Answer> =>
		await ask(sandbox.controlUrl + path, {
			method,
			...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
		});

	const vendors = (): string[] => sandbox.listeners.map(({ origin }) => origin);

	/** Milliseconds until the answer of a vendor is there. */
	const duration = async (origin: string): Promise<number> => {
		const started = performance.now();
		await ask(`${origin}/nowhere`);
		return performance.now() - started;
	};

	it('holds every answer of every vendor back', async () => {
		expect((await control('POST', '/latency', { ms: LATENCY_MS })).json).toEqual({ ms: LATENCY_MS });
		for (const origin of vendors()) {
			expect(await duration(origin)).toBeGreaterThanOrEqual(LATENCY_MS - EARLY_MS);
		}
	});

	it('holds answers back side by side', async () => {
		await control('POST', '/latency', { ms: LATENCY_MS });
		const started = performance.now();
		await Promise.all(Array.from({ length: 20 }, async () => await duration(sandbox.enosBpm.origin)));
		expect(performance.now() - started).toBeLessThan(20 * LATENCY_MS);
		const inFlight = sandbox.enosBpm.journal.list().map((entry) => entry.inFlight);
		expect(Math.max(...inFlight)).toBeGreaterThan(1);
	});

	it('lets the vendor act at once', async () => {
		await control('POST', '/latency', { ms: 300 });
		const { emulator, origin } = sandbox.bitrix24;
		const { webhookUrl } = emulator.credentials(origin)['bitrix24BizprocWebhookApi'] as {
			webhookUrl: string;
		};
		const counters = (): any => emulator.state()['counters'];
		let answered = false;
		const request = ask(`${webhookUrl}profile`).finally(() => {
			answered = true;
		});
		while (counters().requests === 0) await new Promise((resolve) => setTimeout(resolve, 5));
		expect(answered).toBe(false);
		expect((await request).status).toBe(200);
	});

	it('ends with a reset', async () => {
		await control('POST', '/latency', { ms: 5000 });
		await control('POST', '/reset');
		expect(await duration(sandbox.unifier.origin)).toBeLessThan(5000);
	});

	it.each([{}, { ms: -1 }, { ms: 1.5 }])('refuses %j', async (body) => {
		expect((await control('POST', '/latency', body)).status).toBe(400);
	});

	it('forgets the requests of one vendor and nothing else', async () => {
		sandbox.unifier.emulator.seed(1, { ids: ['PL-0001'] });
		await Promise.all([sandbox.unifier.origin, sandbox.enosBpm.origin].map(duration));
		expect((await control('DELETE', '/unifier/requests')).json).toEqual({ requests: 0 });
		expect((await control('GET', '/unifier/requests')).json).toEqual([]);
		expect((await control('GET', '/enosBpm/requests')).json).toHaveLength(1);
		expect(Object.keys(sandbox.unifier.emulator.state()['instances'] as object)).toEqual(['PL-0001']);
	});
});
