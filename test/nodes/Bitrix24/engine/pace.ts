import { ROOT, loadPackage } from '../../../engine/engine';
import type { NodeResult } from '../../../engine/engine';
import { credentialsOf } from '../../../engine/sandboxes';
import { hurry } from '../../../engine/time';
import type { Emulator } from '../../../sandbox/core/emulator.ts';
import { createBitrix24 } from '../../../sandbox/vendors/bitrix24/index.ts';
import { outcomesOf, Portal } from '../harness';
import type { Options } from '../harness';

/** Time runs so many times faster here, for the node and for the portal alike. */
const SPEED = 10;
/** For tests in which the node has to be as fast as a portal allows, or faster: a machine that needs 60 ms for a request still is. */
const LOW_SPEED = 4;

/** The portal's time and the machine's at the last change of speed. */
let reached = { portal: Date.now(), machine: Date.now() };
let speed = SPEED;

const portalTime = (): number => reached.portal + (Date.now() - reached.machine) * speed;

/** A portal whose clock keeps step with the node's. */
function createPortal(): Emulator {
	const emulator = createBitrix24();
	return {
		...emulator,
		routes: (app) => {
			app.addHook('onRequest', async () => {
				emulator.configure({ clockOffsetMs: portalTime() - Date.now() });
			});
			emulator.routes(app);
		},
	};
}

describe('Bitrix24 at the documented rate', () => {
	const portal = new Portal(createPortal, {});
	const { vendor } = portal;
	let setRight: () => void;

	/** Sets the speed of both; returns what sets the node's right again. */
	const setSpeed = (times: number): (() => void) => {
		reached = { portal: portalTime(), machine: Date.now() };
		speed = times;
		return hurry(ROOT, times);
	};
	beforeAll(async () => {
		await loadPackage();
		setRight = setSpeed(SPEED);
	});
	afterAll(() => setRight());

	/** Ends workflows that have to travel in requests of their own, because each gets another status text. */
	const terminate = async (count: number, { parameters, ...options }: Options = {}): Promise<NodeResult> =>
		await portal.terminate('={{ $json.id }}', {
			...options,
			items: portal.seed(count, {}).map((id) => ({ id })),
			// A batch would change such a text, so each of them takes a request of its own.
			parameters: { ...parameters, statusText: '=Ended with $result[{{ $json.id }}]' },
		});
	const commands = () => vendor.journal.list().filter(({ url }) => url.includes('terminate'));
	const refused = () => commands().filter(({ status }) => status === 503);

	it.each(['wholeInput', 'routing'] as const)(
		'trips no limit with more requests than may come at once (%s)',
		async (path) => {
			const result = await terminate(95, { path });
			expect(outcomesOf(result)).toEqual(Array(95).fill('terminated'));
			expect(commands()).toHaveLength(95);
			expect(portal.counters()).toMatchObject({ rateLimited: 0, terminates: 95 });
		},
	);

	it('keeps to a lower wish from the first request on', async () => {
		const from = Date.now();
		await terminate(9, { parameters: { options: { requestsPerSecond: 0.5 } } });
		expect(((Date.now() - from) / 1000) * SPEED).toBeGreaterThan(15.5);
	});

	describe('on a slower clock', () => {
		beforeAll(() => void setSpeed(LOW_SPEED));
		afterAll(() => void setSpeed(SPEED));

		it('is as fast as an Enterprise portal allows where the user wishes it, and trips no limit', async () => {
			portal.configure({ rateLimit: 'enterprise' });
			const from = Date.now();
			const result = await terminate(200, { parameters: { options: { requestsPerSecond: 5 } } });
			const seconds = ((Date.now() - from) / 1000) * LOW_SPEED;
			expect(outcomesOf(result)).toEqual(Array(200).fill('terminated'));
			expect(portal.counters()).toMatchObject({ rateLimited: 0, terminates: 200 });
			// At the standard rate it would take 77 s.
			expect(seconds).toBeLessThan(65);
		});

		/** Another client of the same webhook's portal. */
		const call = async (): Promise<number> =>
			(await fetch(`${String(credentialsOf(vendor, 'webhookSecond')['webhookUrl'])}profile`)).status;
		/** Leaves nothing of what may come at once. */
		const spendBudget = async (): Promise<void> => {
			const answers = await Promise.all(Array.from({ length: 70 }, call));
			expect(answers).toContain(503);
		};

		it.each([
			['another client eats from the same budget', true, {}],
			['it allows less than the user wishes', false, { options: { requestsPerSecond: 5 } }],
		] as const)('settles, %s, and ends all', async (_name, isShared, parameters) => {
			await spendBudget();
			const other = setInterval(() => isShared && void call().catch(() => undefined), 1000 / LOW_SPEED);
			try {
				const result = await terminate(30, { parameters });
				expect(outcomesOf(result)).toEqual(Array(30).fill('terminated'));
				expect(portal.counters()).toMatchObject({ terminates: 30, notFound: 0 });
				expect(refused().length).toBeGreaterThan(0);
				// Most requests get through at once: the pace has adapted.
				expect(refused().length).toBeLessThan(10);
			} finally {
				clearInterval(other);
			}
		});
	});
});
