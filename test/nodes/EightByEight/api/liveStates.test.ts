import type { WorkflowCommand } from '../../../../nodes/EightByEight/api/instance';
import { liveStates } from '../../../../nodes/EightByEight/api/liveStates';
import type { StateReport } from '../../../../nodes/core/commands/contract';
import { DEFINITION, definitionRow, instancesOf, ModelAccount } from '../modelAccount';
import type { Manner, ModelInstance } from '../modelAccount';

const SETTINGS = { definitionId: DEFINITION };
const LIST = `/definitions/${DEFINITION}/workflows`;

const idsOf = (instances: ModelInstance[]): string[] => instances.map(({ workflowId }) => workflowId);

/** Steps through the pages by hand, as long as they look for the workflows. */
function read(account: ModelAccount, ids: string[], command: WorkflowCommand = 'terminate') {
	const list = liveStates(command);
	const wanted = new Map(ids.map((id) => [list.keyOf(id), id]));
	const states = new Map<string, StateReport>();
	const pages = list.pages(SETTINGS, wanted);
	let next = pages.next();
	while (!next.done && wanted.size > 0) {
		const { request, read: rowsIn, auxiliary } = next.value;
		const page = rowsIn(account.answer(request));
		if (page.kind !== 'found') throw new Error(page.error.reason);
		const before = wanted.size;
		for (const row of auxiliary ? [] : page.value.rows) {
			const said = list.stateOf(row, SETTINGS);
			if (said && wanted.delete(list.keyOf(said.id))) states.set(said.id, said.report);
		}
		next = pages.next({ ...page.value, found: before - wanted.size, missing: wanted.size });
	}
	const requests = account.requests.map((path) => path.replace(LIST, '').replace(/&startTimeTo=.*/, ''));
	const ends = account.requests.map((path) =>
		new URL(path, 'https://host.example').searchParams.get('startTimeTo'),
	);
	return { states, missing: [...wanted.keys()], requests, ends };
}

const account = (instances: ModelInstance[], versions: number[] = [1], manner: Manner = {}): ModelAccount =>
	new ModelAccount(
		instances,
		versions.map((version) => definitionRow(version)),
		manner,
	);

const VERSIONS = `/definitions/${DEFINITION}?limit=500`;

describe('the pages', () => {
	it('are worth it for more workflows than a definition of one version takes requests', () => {
		expect(liveStates('terminate').worthFrom).toBe(4);
	});

	it('give the states of hundreds at once, each page by the end of the one before', () => {
		const all = instancesOf(1_000);
		const { states, requests, ends } = read(account(all, [1, 2]), idsOf(all));
		expect([...states.keys()].sort()).toEqual(idsOf(all).sort());
		expect(requests).toEqual([
			VERSIONS,
			'?limit=500&version=2&status=Runnable',
			'?limit=500&version=2&status=Suspended',
			'?limit=500&version=1&status=Runnable',
			'?limit=500&version=1&status=Runnable',
			'?limit=500&version=1&status=Runnable',
		]);
		expect(ends.slice(-2)).toEqual(['2026-01-01T00:00:05.01Z', '2026-01-01T00:00:00.03Z']);
	});

	it('begin a minute after the second with which the newest of the IDs begins', () => {
		const newer = instancesOf(2_000, { startedMs: Date.UTC(2026, 5) });
		const wanted = instancesOf(9);
		const { ends, missing, states } = read(account([...newer, ...wanted]), [
			...idsOf(wanted),
			'no-such-form-1',
		]);
		expect(ends).toEqual([null, '2026-01-01T00:01:00.00Z']);
		expect(states.size).toBe(9);
		expect(missing).toEqual(['no-such-form-1']);
	});

	it.each([
		['is a UUID', '60dbe307-fe55-4d99-8c08-3db61fe55d99'],
		['has another form', 'no-such-form-1'],
	])('begin with the newest where no ID shows when it was started: it %s', (_name, form) => {
		const all = instancesOf(9).map((one, index) => ({ ...one, workflowId: `${form.slice(0, -1)}${index}` }));
		const { ends, states } = read(account(all), idsOf(all));
		expect(ends).toEqual([null, null]);
		expect(states.size).toBe(9);
	});

	it('are read of the latest version first, the running ones before the suspended ones', () => {
		const old = instancesOf(3, { version: 2, status: 'Suspended' });
		const latest = [
			...instancesOf(2, { version: 11 }),
			...instancesOf(2, { version: 11, status: 'Suspended', startedMs: Date.UTC(2026, 1) }),
		].map((one, index) => ({ ...one, workflowId: `${one.workflowId.slice(0, -1)}${index}` }));
		const { states, requests, missing } = read(account([...old, ...latest], [2, 11]), [
			...idsOf(old),
			...idsOf(latest),
		]);
		expect(states.size).toBe(7);
		expect(missing).toEqual([]);
		expect(requests).toEqual([
			VERSIONS,
			'?limit=500&version=11&status=Runnable',
			'?limit=500&version=11&status=Suspended',
			'?limit=500&version=2&status=Runnable',
			'?limit=500&version=2&status=Suspended',
		]);
	});

	it('begin with the suspended ones for Resume, which is for those', () => {
		const all = instancesOf(5, { status: 'Suspended' });
		expect(read(account(all), idsOf(all), 'resume').requests).toEqual([
			VERSIONS,
			'?limit=500&version=1&status=Suspended',
		]);
	});

	it('are given up where there are no more workflows than lists left', () => {
		const all = instancesOf(6);
		expect(read(account(all, [1, 2, 3]), idsOf(all)).requests).toEqual([VERSIONS]);
		expect(read(account(all, [1, 2]), idsOf(all)).requests).toHaveLength(4);
		// Three are known after the first list, and three lists are left.
		const some = [...instancesOf(3, { version: 2 }), ...instancesOf(3, { version: 1 })];
		expect(read(account(some, [1, 2]), idsOf(some)).requests).toHaveLength(2);
		// A page for the last one takes no less than asking about it.
		const most = instancesOf(501);
		expect(read(account(most), idsOf(most)).requests).toHaveLength(2);
	});

	it('leave a list at the first page that has none of the workflows', () => {
		const others = instancesOf(2_000, { startedMs: Date.UTC(2026, 5) });
		// As if an ID said nothing about the start: this one would be of the year 2095.
		const wanted = instancesOf(9).map((one) => ({ ...one, workflowId: `e${one.workflowId.slice(1)}` }));
		const { requests, missing } = read(account([...others, ...wanted]), idsOf(wanted));
		expect(requests).toEqual([
			VERSIONS,
			'?limit=500&version=1&status=Runnable',
			'?limit=500&version=1&status=Suspended',
		]);
		expect(missing).toHaveLength(9);
	});

	it.each(['nothing', 'version', 'status', 'startTimeTo'])(
		'cost no more where a server overlooks %s',
		(overlooked) => {
			const all = instancesOf(700, { version: 2 });
			const gone = Array.from({ length: 30 }, (_, index) => `1${String(index).padStart(23, '0')}`);
			const model = account(all, [1, 2], { overlooks: [overlooked] });
			const { states, requests } = read(model, [...idsOf(all), ...gone]);
			expect(requests).toHaveLength(6);
			for (const report of states.values())
				expect(report).toEqual({ state: 'running', vendorState: 'Runnable' });
		},
	);

	it('leave a list where more have started at once than fit on a page', () => {
		const all = instancesOf(1_200, { intervalMs: 0 });
		const { requests, states } = read(account(all), idsOf(all));
		expect(states.size).toBe(500);
		expect(requests).toEqual([
			VERSIONS,
			'?limit=500&version=1&status=Runnable',
			'?limit=500&version=1&status=Runnable',
			'?limit=500&version=1&status=Suspended',
		]);
		for (const request of requests) expect(request).not.toContain('offset');
	});

	it('leave a list that is not in the documented order', () => {
		const all = instancesOf(1_200);
		const { requests } = read(account(all, [1], { oldestFirst: true }), idsOf(all));
		expect(requests).toHaveLength(3);
	});

	it('go on where the server gives a hundred at most, and leave it where it gives fewer than that', () => {
		const all = instancesOf(300);
		expect(read(account(all, [1], { cap: 100 }), idsOf(all)).missing).toEqual([]);
		expect(read(account(all, [1], { cap: 60 }), idsOf(all)).missing).toHaveLength(240);
	});

	it('fail where the versions cannot be read, for then nobody knows what is listed', () => {
		const all = instancesOf(5);
		expect(() => read(new ModelAccount(all, []), idsOf(all))).toThrow('its definition does not exist');
		expect(() => read(new ModelAccount(all, [{ id: DEFINITION }]), idsOf(all))).toThrow(
			'the versions of the definition could not be read',
		);
	});

	it('keep nothing of what a workflow was started with', () => {
		const all = instancesOf(5);
		const wanted = new Map(idsOf(all).map((id) => [id, id]));
		const pages = liveStates('terminate').pages(SETTINGS, wanted);
		const model = account(all);
		const step = (given: ReturnType<typeof pages.next>) => {
			if (given.done) throw new Error('there is no page');
			const page = given.value.read(model.answer(given.value.request));
			if (page.kind !== 'found') throw new Error(page.error.reason);
			return page.value;
		};
		const versions = step(pages.next());
		const { rows } = step(pages.next({ ...versions, found: 0, missing: 5 }));
		expect(rows).toHaveLength(5);
		expect(JSON.stringify(rows)).not.toContain('msisdn');
	});
});

describe('a row', () => {
	const ROW = {
		workflowId: '60dbe307fe55d99fc083db61',
		definitionId: DEFINITION,
		version: 1,
		status: 'Runnable',
	};
	const list = liveStates('terminate');

	it.each([
		['terminate', 'Runnable', { state: 'running' }],
		['terminate', 'Suspended', { state: 'running' }],
		['terminate', 'Complete', { state: 'ended', endedByItself: true }],
		['terminate', 'Terminated', { state: 'ended' }],
		['suspend', 'Suspended', { state: 'inState' }],
		['resume', 'Runnable', { state: 'inState' }],
		['resume', 'Complete', { state: 'ended', stateAfterCommand: 'inState' }],
	] as const)('means for %s what Get says: %s', (command, vendorState, report) => {
		expect(liveStates(command).stateOf({ ...ROW, status: vendorState }, SETTINGS)).toEqual({
			id: ROW.workflowId,
			report: { ...report, vendorState },
		});
	});

	it('may leave its definition out, and name it in capitals', () => {
		const { definitionId: _left, ...without } = ROW;
		expect(list.stateOf(without, SETTINGS)).toBeDefined();
		expect(list.stateOf({ ...ROW, definitionId: DEFINITION.toUpperCase() }, SETTINGS)).toBeDefined();
	});

	it.each<[string, object]>([
		['without an ID', { workflowId: undefined }],
		['whose ID is no text', { workflowId: 17 }],
		['without a status', { status: undefined }],
		['whose status is no text', { status: 1 }],
		['of a status that nobody here knows', { status: 'Paused' }],
		['of a status that objects have anyway', { status: 'constructor' }],
		['of another definition', { definitionId: '7d0c1a52-93be-4f0e-8a37-2b1f5c64e9d8' }],
	])('says nothing %s', (_name, change) => {
		expect(list.stateOf({ ...ROW, ...change }, SETTINGS)).toBeUndefined();
	});

	it('is about the workflow whatever the case of its ID', () => {
		expect(list.keyOf('60DBE307FE55D99FC083DB61')).toBe(list.keyOf(ROW.workflowId));
	});
});
