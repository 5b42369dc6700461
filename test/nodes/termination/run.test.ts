import { forAll } from '../../../nodes/termination/contract';
import type { Contract, Reading, Verdict } from '../../../nodes/termination/contract';
import { run } from '../../../nodes/termination/run';
import type { Target } from '../../../nodes/termination/target';
import type { Delivery, Transport, TransportFault } from '../../../nodes/termination/transport';
import type { WireRequest } from '../../../nodes/termination/wire';

interface Settings {
	group: string;
}

/** A vendor that takes three targets a request and answers each with a word: its outcome, or `stop` and the like. */
const contract: Contract<Settings> = {
	command: 'terminate',
	words: { singular: 'thing', plural: 'things', participle: 'terminated' },
	targetsPerRequest: 3,
	requestsInFlight: 1,
	groupKey: ({ settings }) => settings.group,
	travelsAlone: ({ id }) => id.startsWith('alone'),
	request: (targets) => ({ method: 'POST', path: '/end', body: JSON.stringify(targets.map(({ id }) => id)) }),
	read: (targets, { text }): Reading => {
		const words = JSON.parse(text) as string[];
		const [word] = words;
		const refused: Verdict = { outcome: 'failed', reason: 'the vendor said no' };
		if (word === 'expired') {
			return {
				kind: 'sessionExpired',
				verdict: refused,
				stop: { scope: 'run', reason: 'the session is over' },
			};
		}
		if (word === 'oneByOne') return { kind: 'oneByOne', verdict: refused };
		if (word === 'stopRun')
			return forAll(targets, refused, { scope: 'run', reason: 'nobody may', hint: 'Ask.' });
		if (word === 'stopGroup')
			return forAll(targets, refused, { scope: 'group', reason: 'this group may not' });
		return {
			kind: 'verdicts',
			verdicts: words.map((outcome) => {
				const verdict = { outcome: outcome as Verdict['outcome'] };
				return outcome === 'failed'
					? { ...verdict, reason: 'odd', code: '7', ifStanding: { absent: { outcome: 'notRunning' } } }
					: verdict;
			}),
		};
	},
	inquiry: {
		targetsPerRequest: 2,
		request: (targets) => ({ method: 'GET', path: `/state/${targets.map(({ id }) => id).join('+')}` }),
		read: (targets, { text }) => targets.map(() => (text === 'absent' ? 'absent' : undefined)),
	},
	describe: ({ settings }) => ({ group: settings.group }),
};

const target = (id: string, group = 'g', item = 0): Target<Settings> => ({ id, item, settings: { group } });

/** A transport that answers from a script and keeps what it was asked. */
function scripted(
	...script: Array<string[] | string | TransportFault | (() => Delivery)>
): Transport & { sent: WireRequest[] } {
	const sent: WireRequest[] = [];
	return {
		sent,
		send: async (request) => {
			sent.push(request);
			const next = script.shift();
			if (typeof next === 'function') return next();
			if (next === undefined || Array.isArray(next) || typeof next === 'string') {
				const ids = request.body === undefined ? [] : (JSON.parse(request.body) as string[]);
				const text = typeof next === 'string' ? next : JSON.stringify(next ?? ids.map(() => 'terminated'));
				return { kind: 'response', response: { status: 200, headers: {}, text } };
			}
			return { kind: 'fault', fault: next };
		},
	};
}

const words = (outcomes: Array<{ id: string; outcome: string }>) =>
	outcomes.map(({ id, outcome }) => `${id} ${outcome}`);
const bodies = ({ sent }: { sent: WireRequest[] }) => sent.map(({ body, path }) => body ?? path);

describe('run', () => {
	it('fills requests to the limit, group by group, and keeps the order of the targets', async () => {
		const transport = scripted();
		const targets = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((id, item) =>
			target(id, item % 2 ? 'odd' : 'even', item),
		);
		const outcomes = await run(targets, contract, transport);
		expect(outcomes.map(({ id, item }) => [id, item])).toEqual(targets.map(({ id, item }) => [id, item]));
		expect(bodies(transport)).toEqual(['["a","c","e"]', '["b","d","f"]', '["g"]']);
		expect(outcomes[1]).toEqual({
			id: 'b',
			outcome: 'terminated',
			message: 'Thing b was terminated',
			attempts: 1,
			httpStatus: 200,
			item: 1,
			extra: { group: 'odd' },
		});
	});

	it('does nothing for no targets', async () => {
		const transport = scripted();
		await expect(run([], contract, transport)).resolves.toEqual([]);
		expect(transport.sent).toEqual([]);
	});

	it('sends equal targets once and answers each, but keeps equal IDs of different groups apart', async () => {
		const transport = scripted();
		const outcomes = await run([target('a'), target('a', 'other'), target('a', 'g', 5)], contract, transport);
		expect(bodies(transport)).toEqual(['["a"]', '["a"]']);
		expect(outcomes.map(({ item, extra }) => [item, extra['group']])).toEqual([
			[0, 'g'],
			[0, 'other'],
			[5, 'g'],
		]);
	});

	it('sends alone what must travel alone', async () => {
		const transport = scripted();
		await run([target('a'), target('alone1'), target('b')], contract, transport);
		expect(bodies(transport)).toEqual(['["a","b"]', '["alone1"]']);
	});

	it('stops after a fault that would hit all, and says why for the rest', async () => {
		const transport = scripted(['stopRun']);
		const outcomes = await run(
			['a', 'b', 'c', 'd'].map((id) => target(id)),
			contract,
			transport,
		);
		expect(words(outcomes)).toEqual(['a failed', 'b failed', 'c failed', 'd notSent']);
		expect(outcomes[3]).toMatchObject({
			message: 'Thing d was not terminated, nothing was sent for it: the run was stopped because nobody may',
			hint: 'Ask.',
			attempts: 0,
		});
		expect(transport.sent).toHaveLength(1);
	});

	it('goes on with other groups when only one is stopped', async () => {
		const transport = scripted(['stopGroup']);
		const ids = ['a', 'b', 'c', 'd'].map((id) => target(id));
		const outcomes = await run([...ids, target('x', 'other')], contract, transport);
		expect(words(outcomes)).toEqual(['a failed', 'b failed', 'c failed', 'd notSent', 'x terminated']);
	});

	it('falls back to one target a request, also for what follows in the group', async () => {
		const transport = scripted(['oneByOne'], ['terminated'], ['failed'], 'who knows', ['terminated']);
		const outcomes = await run(
			['a', 'b', 'c', 'd'].map((id) => target(id)),
			contract,
			transport,
		);
		expect(bodies(transport)).toEqual(['["a","b","c"]', '["a"]', '["b"]', '/state/b', '["c"]', '["d"]']);
		expect(words(outcomes)).toEqual(['a terminated', 'b failed', 'c terminated', 'd terminated']);
		expect(outcomes.map(({ attempts }) => attempts)).toEqual([2, 2, 2, 1]);
	});

	it('does not try again together what the vendor takes one by one', async () => {
		const transport = scripted(['oneByOne']);
		const outcomes = await run(
			['a', 'b', 'c', 'd', 'e'].map((id) => target(id)),
			contract,
			transport,
		);
		expect(bodies(transport)).toEqual(['["a","b","c"]', '["a"]', '["b"]', '["c"]', '["d"]', '["e"]']);
		expect(outcomes.every(({ outcome }) => outcome === 'terminated')).toBe(true);
	});

	it('falls back in the one group only', async () => {
		const transport = scripted(['oneByOne']);
		await run([target('a'), target('b'), target('x', 'other'), target('y', 'other')], contract, transport);
		expect(bodies(transport)).toEqual(['["a","b"]', '["a"]', '["b"]', '["x","y"]']);
	});

	it('does not fall back for ever', async () => {
		const transport = scripted(['oneByOne'], ['oneByOne'], ['oneByOne']);
		const outcomes = await run([target('a'), target('b')], contract, transport);
		expect(words(outcomes)).toEqual(['a failed', 'b failed']);
		expect(transport.sent).toHaveLength(3);
	});

	it('renews an expired session once and repeats the request', async () => {
		const renew = jest.fn(async () => undefined);
		const transport = { ...scripted(['expired']), renew };
		const outcomes = await run([target('a'), target('b')], contract, transport);
		expect(words(outcomes)).toEqual(['a terminated', 'b terminated']);
		expect(outcomes[0]?.attempts).toBe(2);
		expect(renew).toHaveBeenCalledTimes(1);
	});

	it('gives up when the new session is no better', async () => {
		const renew = jest.fn(async () => undefined);
		const transport = { ...scripted(['expired'], ['expired']), renew };
		const outcomes = await run(
			['a', 'b', 'c', 'd'].map((id) => target(id)),
			contract,
			transport,
		);
		expect(words(outcomes)).toEqual(['a failed', 'b failed', 'c failed', 'd notSent']);
		expect(renew).toHaveBeenCalledTimes(1);
	});

	it('tells of a login that was refused', async () => {
		const fault: TransportFault = {
			maybeSent: false,
			stopsRun: true,
			reason: 'the password is wrong',
			hint: 'Fix it.',
		};
		const transport = { ...scripted(['expired']), renew: async () => fault };
		const outcomes = await run(
			['a', 'b', 'c', 'd'].map((id) => target(id)),
			contract,
			transport,
		);
		expect(words(outcomes)).toEqual(['a notSent', 'b notSent', 'c notSent', 'd notSent']);
		expect(outcomes[0]).toMatchObject({
			hint: 'Fix it.',
			message: expect.stringContaining('the password is wrong'),
		});
	});

	it('says unknown when the vendor may have acted, and goes on', async () => {
		const fault: TransportFault = {
			code: 'ECONNRESET',
			maybeSent: true,
			stopsRun: false,
			reason: 'it broke',
			hint: 'Again.',
		};
		const transport = scripted(fault);
		const outcomes = await run(
			['a', 'b', 'c', 'd'].map((id) => target(id)),
			contract,
			transport,
		);
		expect(words(outcomes)).toEqual(['a unknown', 'b unknown', 'c unknown', 'd terminated']);
		expect(outcomes[0]).toMatchObject({
			code: 'ECONNRESET',
			message: 'It is not known whether thing a was terminated: it broke',
		});
	});

	it('does not follow a redirect, names its host only, and stops', async () => {
		const transport = scripted(() => ({
			kind: 'response',
			response: { status: 302, headers: { location: 'https://evil.example/x?secret=1' }, text: '' },
		}));
		const outcomes = await run(
			['a', 'b', 'c', 'd'].map((id) => target(id)),
			contract,
			transport,
		);
		expect(words(outcomes)).toEqual(['a failed', 'b failed', 'c failed', 'd notSent']);
		expect(outcomes[0]?.message).toContain('evil.example');
		expect(JSON.stringify(outcomes)).not.toContain('secret');
	});

	it('takes a target that the answer does not mention as unknown', async () => {
		const outcomes = await run([target('a'), target('b')], contract, scripted(['terminated']));
		expect(words(outcomes)).toEqual(['a terminated', 'b unknown']);
	});

	it('asks the vendor where an answer leaves open how a target stands', async () => {
		const transport = scripted(['failed', 'terminated', 'failed'], 'absent');
		const outcomes = await run(
			['a', 'b', 'c'].map((id) => target(id)),
			contract,
			transport,
		);
		expect(bodies(transport)).toEqual(['["a","b","c"]', '/state/a+c']);
		expect(words(outcomes)).toEqual(['a notRunning', 'b terminated', 'c notRunning']);
		expect(outcomes[0]).toMatchObject({ code: '7', message: 'No running thing has the ID a' });
	});

	it('asks nothing more once the run is stopped', async () => {
		const stopping: Contract<Settings> = {
			...contract,
			read: (targets) =>
				forAll(
					targets,
					{ outcome: 'failed', reason: 'no', ifStanding: { absent: { outcome: 'notRunning' } } },
					{ scope: 'run', reason: 'nobody may' },
				),
		};
		const transport = scripted();
		const outcomes = await run([target('a')], stopping, transport);
		expect(words(outcomes)).toEqual(['a failed']);
		expect(transport.sent).toHaveLength(1);
	});

	it('works even for a contract that allows no request at all', async () => {
		const outcomes = await run([target('a')], { ...contract, requestsInFlight: 0 }, scripted());
		expect(words(outcomes)).toEqual(['a terminated']);
	});

	it('stays with the first answer when the vendor does not say how a target stands', async () => {
		const fault: TransportFault = { maybeSent: true, stopsRun: false, reason: 'it broke', hint: '' };
		const outcomes = await run([target('a')], contract, scripted(['failed'], fault));
		expect(words(outcomes)).toEqual(['a failed']);
		expect(outcomes[0]?.message).toContain('odd');
	});

	it('sends nothing in a dry run and shows what it would send', async () => {
		const transport = scripted();
		const [outcome] = await run([target('a')], contract, transport, { dryRun: true });
		expect(outcome).toMatchObject({
			outcome: 'dryRun',
			attempts: 0,
			message: 'Thing a would be terminated',
			extra: { request: { method: 'POST', path: '/end', body: '["a"]' } },
		});
		expect(transport.sent).toEqual([]);
	});

	it('shows the body of a shared request once', async () => {
		const outcomes = await run([target('a'), target('b')], contract, scripted(), { dryRun: true });
		expect(outcomes.map(({ extra }) => extra['request'])).toEqual([
			{ method: 'POST', path: '/end', body: '["a","b"]' },
			{ method: 'POST', path: '/end', sharedWith: 'a' },
		]);
	});

	it('hands out nothing more once it is cancelled', async () => {
		const controller = new AbortController();
		const transport = scripted(() => {
			controller.abort();
			return {
				kind: 'response',
				response: { status: 200, headers: {}, text: '["terminated","terminated","terminated"]' },
			};
		});
		const outcomes = await run(
			['a', 'b', 'c', 'd'].map((id) => target(id)),
			contract,
			transport,
			{
				signal: controller.signal,
			},
		);
		expect(words(outcomes)).toEqual(['a terminated', 'b terminated', 'c terminated', 'd notSent']);
		expect(outcomes[3]?.message).toContain('cancelled');
	});

	it('keeps no more requests open than the contract allows', async () => {
		let open = 0;
		let most = 0;
		const transport: Transport = {
			send: async () => {
				most = Math.max(most, (open += 1));
				await new Promise((resolve) => setTimeout(resolve, 1));
				open -= 1;
				return { kind: 'response', response: { status: 200, headers: {}, text: '["terminated"]' } };
			},
		};
		const many = Array.from({ length: 50 }, (_, index) => target(`alone${index}`));
		const outcomes = await run(many, { ...contract, requestsInFlight: 4 }, transport);
		expect(most).toBe(4);
		expect(outcomes.every(({ outcome }) => outcome === 'terminated')).toBe(true);
	});
});
