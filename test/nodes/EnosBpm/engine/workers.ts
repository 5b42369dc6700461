import type { CredentialStore } from '../../../engine/credentials';
import { loadPackage, ROOT, runNode, startNode } from '../../../engine/engine';
import type { NodeResult } from '../../../engine/engine';
import { hurry } from '../../../engine/time';
import { useSecondWorker } from '../../../engine/workers';
import { all, EnosBpmBench, outcomesOf, PATHS, TYPE } from '../harness';

const HALF = 100;

const pause = async (ms: number): Promise<void> => await new Promise((resolve) => setTimeout(resolve, ms));

describe.each(PATHS)('EnOS BPM on two workers whose logins void each other (%s)', (path) => {
	const enos = new EnosBpmBench(path);
	const second = useSecondWorker();
	let restores: Array<() => void> = [];

	beforeEach(async () => {
		const roots = [ROOT, second.root];
		for (const root of roots) await loadPackage(root);
		// The sandbox answers in milliseconds, so a login takes as large a part of the waits as in life.
		restores = roots.map((root) => hurry(root, 10));
		enos.vendor.latency.ms = 2;
	});

	afterEach(() => {
		for (const restore of restores) restore();
	});

	/** Half of 200 instances on each of two workers, which share what n8n keeps. */
	const terminateOnBoth = (store: CredentialStore): Array<Promise<NodeResult>> =>
		[{}, { root: second.root }].map(
			async (worker) =>
				await startNode({ ...enos.preparedItems(enos.seed(HALF)), store, ...worker }).finished,
		);

	const expectAll = async (results: Array<Promise<NodeResult>>): Promise<void> => {
		for (const result of await Promise.all(results)) {
			expect(outcomesOf(enos.checked(result))).toEqual(all(HALF));
		}
	};

	it.each([31401, 'http401'])(
		'200 commands of workers that begin without a session take a handful of logins: %j',
		async (expiredUserToken) => {
			enos.configure({ secondLogin: 'endsTokens', expiredUserToken });
			await expectAll(terminateOnBoth(new Map()));
			expect(enos.counters()).toMatchObject({ terminateCalls: 2 * HALF });
			expect(enos.counters()['logins']).toBeLessThanOrEqual(6);
		},
	);

	it.each([31401, 'http401'])(
		'200 commands whose session expires in the middle take a handful of logins: %j',
		async (expiredUserToken) => {
			enos.configure({ secondLogin: 'endsTokens', expiredUserToken });
			const store: CredentialStore = new Map();
			await runNode({ ...enos.prepared(enos.seed(1)), store });
			expect(enos.counters()).toMatchObject({ logins: 1 });
			const results = terminateOnBoth(store);
			while (enos.counters()['terminated']! < HALF) await pause(1);
			enos.configure({ expireNow: 'userTokens' });
			await expectAll(results);
			expect(enos.counters()).toMatchObject({ terminateCalls: 2 * HALF + 1 });
			// The first one, and one of each worker and another round at most.
			expect(enos.counters()['logins']).toBeLessThanOrEqual(6);
			expect(String(store.get(TYPE)?.['sessionToken'])).toContain('APP_PORTAL_S_');
		},
	);
});
