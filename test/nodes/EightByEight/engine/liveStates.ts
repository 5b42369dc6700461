import { loadPackage, ROOT } from '../../../engine/engine';
import { hurry } from '../../../engine/time';
import { DEFINITION, EightByEightTest, PATHS } from '../harness';
import type { Change, Told } from '../harness';

const OTHER_DEFINITION = '7d0c1a52-93be-4f0e-8a37-2b1f5c64e9d8';
const UNKNOWN = '60dbe307fe55d99fc083dead';

/** Slower than in life: on a busy machine the states of a page are to hold until their commands have left. */
const SPEED = 0.1;

describe('8x8 gives the states of many workflows by its list', () => {
	const test = new EightByEightTest();
	let setRight: () => void;
	beforeAll(async () => {
		await loadPackage();
		setRight = hurry(ROOT, SPEED);
	});
	afterAll(() => setRight());

	/** What was read, below the definition; `alone` for a workflow that was asked about by itself. */
	const reads = (): string[] =>
		test
			.requests()
			.filter(({ method }) => method === 'GET')
			.map(({ url }) => decodeURIComponent(url).split(DEFINITION)[1] ?? url)
			.map((path) => path.replace(/^\/workflows\/\w+$/, 'alone').replace(/limit=500&?/, ''));
	/** The same without the times. */
	const lists = (): string[] => reads().map((path) => path.replace(/&startTimeTo=.*/, ''));
	const statuses = (ids: string[]): unknown[] => {
		const instances = test.instances();
		return ids.map((id) => instances[id]?.['status']);
	};
	const told = (answers: Told[]): Array<[string, string]> => answers.map(({ id, outcome }) => [id, outcome]);

	describe.each(PATHS)('%s', (path) => {
		const tell = async (ids: string[], change: Change = {}): Promise<Told[]> =>
			await test.tell(ids, { path, ...change });

		it('a thousand of one definition take a thousand commands, and four reads at most', async () => {
			const ids = test.seed(1_000);
			const answers = await tell(ids);
			expect(told(answers)).toEqual(ids.map((id) => [id, 'terminated']));
			expect(new Set(statuses(ids))).toEqual(new Set(['Terminated']));
			expect(test.patches()).toHaveLength(1_000);
			expect(reads().length).toBeLessThanOrEqual(4);
			expect(lists().slice(0, 2)).toEqual(['?', '/workflows?version=2&status=Runnable']);
			expect(test.counter('overwrites')).toBe(0);
		});

		it('live ones of several versions, running and suspended, among others that are not', async () => {
			const ended = test.seed(2, { state: 'Complete' });
			const live = [
				...test.seed(6, { version: 2 }),
				...test.seed(3, { version: 2, state: 'Suspended' }),
				...test.seed(6, { version: 1 }),
				...test.seed(4, { version: 1, state: 'Suspended' }),
			];
			const [foreign] = test.seed(1, { definitionId: OTHER_DEFINITION });
			const bystanders = test.seed(5);
			const ids = [...ended, foreign!, ...live.map((id) => id.toUpperCase()), UNKNOWN];
			const answers = await tell(ids);
			expect(told(answers)).toEqual(
				[
					...ended.map((id) => [id, 'alreadyEnded']),
					[foreign!, 'notFound'],
					...live.map((id) => [id.toUpperCase(), 'terminated']),
					[UNKNOWN, 'notFound'],
				].sort(successFirst),
			);
			expect(lists().sort()).toEqual([
				'/workflows?version=1&status=Runnable',
				'/workflows?version=1&status=Suspended',
				'/workflows?version=2&status=Runnable',
				'/workflows?version=2&status=Suspended',
				'?',
				...Array<string>(4).fill('alone'),
			]);
			expect(statuses([...ended, foreign!, ...bystanders])).toEqual([
				...ended.map(() => 'Complete'),
				'Runnable',
				...bystanders.map(() => 'Runnable'),
			]);
			expect(test.patches()).toHaveLength(live.length);
		});

		it('old ones behind more newer ones than fit on a page, by the time in their IDs', async () => {
			const ids = test.seed(20, { startedAt: '2026-01-01T00:00:00Z' });
			const newer = test.seed(600);
			const answers = await tell(ids);
			expect(told(answers)).toEqual(ids.map((id) => [id, 'terminated']));
			expect(reads()).toEqual([
				'?',
				'/workflows?version=2&status=Runnable&startTimeTo=2026-01-01T00:01:00.00Z',
			]);
			expect(new Set(statuses(newer))).toEqual(new Set(['Runnable']));
		});

		it('a dry run shows them as it does alone', async () => {
			const ids = [
				...test.seed(5),
				...test.seed(4, { state: 'Suspended' }),
				test.seedOne({ state: 'Complete' }),
			];
			const listed = await tell(ids, { options: { dryRun: true } });
			expect(reads()).toHaveLength(4);
			const alone: Told[] = [];
			for (const id of ids) alone.push(...(await tell([id], { options: { dryRun: true } })));
			expect(listed).toEqual(alone);
			expect(test.patches()).toEqual([]);
		});

		it.each([
			['suspend', 'Suspended', 'Runnable', 'suspended'],
			['resume', 'Runnable', 'Suspended', 'resumed'],
		])('%s leaves alone what is %s already', async (operation, already, fitting, outcome) => {
			const so = test.seed(6, { state: already });
			const ids = test.seed(6, { state: fitting });
			const answers = await tell([...so, ...ids], { parameters: { operation } });
			expect(answers.map((one) => [one.id, one.outcome, one['alreadyInState'], one.attempts])).toEqual([
				...so.map((id) => [id, outcome, true, 0]),
				...ids.map((id) => [id, outcome, undefined, 1]),
			]);
			expect(lists()).toEqual([
				'?',
				`/workflows?version=2&status=${fitting}`,
				`/workflows?version=2&status=${already}`,
			]);
			expect(new Set(statuses([...so, ...ids]))).toEqual(new Set([already]));
		});

		it.each([['version'], ['status'], ['startTimeTo']])(
			'a server that overlooks %s does no harm',
			async (name) => {
				test.configure({ dropFilters: [name] });
				const ended = test.seed(3, { state: 'Complete' });
				const ids = [...test.seed(6, { version: 1 }), ...test.seed(6, { version: 2 })];
				const answers = await tell([...ended, ...ids]);
				expect(answers.filter(({ outcome }) => outcome === 'terminated').map(({ id }) => id)).toEqual(ids);
				expect(statuses(ended)).toEqual(ended.map(() => 'Complete'));
				expect(reads().length).toBeLessThanOrEqual(5 + ended.length);
			},
		);
	});
});

/** What fails comes on the error output, behind the others. */
function successFirst([, one]: string[], [, other]: string[]): number {
	return Number(one === 'notFound') - Number(other === 'notFound');
}
