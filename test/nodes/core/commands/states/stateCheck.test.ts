import type { Contract, Target } from '../../../../../nodes/core/commands/contract';
import { found } from '../../../../../nodes/core/http/readResult';
import { VirtualClock } from '../../virtualClock';
import { SUSPENDING } from '../commandWords';
import {
	bodies,
	fault,
	go,
	withStateQuery,
	response,
	scripted,
	target,
	targets,
	times,
	words,
} from '../scripted';
import type { Settings } from '../scripted';

const unreachable = fault({ maybeSent: false, stopsRun: true, reason: 'nobody is there', hint: 'Look.' });

describe('asking in doubt', () => {
	const by = withStateQuery('inDoubt');

	it('asks before it sends again, and sends again only what still runs', async () => {
		const clock = new VirtualClock();
		const transport = scripted(fault(), '["running","absent"]', '["ended"]');
		const outcomes = await go(targets('a', 'b', 'c'), by, transport, { clock });
		expect(bodies(transport)).toEqual(['["a","b","c"]', '/state/a+b', '/state/c', '["a"]']);
		expect(outcomes).toMatchObject([
			{ outcome: 'terminated', attempts: 2, extra: { group: 'g' } },
			{
				outcome: 'notRunning',
				attempts: 1,
				reason: 'it broke; a later check did not find it running',
				hint: 'This run may have ended it, it may have finished earlier, or the ID is wrong.',
				extra: { maybeByThisRun: true, vendorState: 'ABSENT' },
			},
			{
				outcome: 'alreadyEnded',
				attempts: 1,
				reason: 'it broke; a later check found that it had ended',
				extra: { maybeByThisRun: true, vendorState: 'ENDED' },
			},
		]);
		expect(outcomes[2]?.hint).toBeUndefined();
		expect(clock.naps).toEqual([1_000]);
	});

	it('asks at once where nothing is to be sent again', async () => {
		const clock = new VirtualClock();
		const transport = scripted(['failed', 'terminated', 'failed'], '["absent","running"]');
		const outcomes = await go(targets('a', 'b', 'c'), by, transport, { clock });
		expect(bodies(transport)).toEqual(['["a","b","c"]', '/state/a+c']);
		expect(words(outcomes)).toEqual(['a notRunning', 'b terminated', 'c failed']);
		expect(outcomes[0]).toMatchObject({ code: '7', message: 'No running thing has the ID a' });
		expect(outcomes[0]?.extra).toEqual({ group: 'g', vendorState: 'ABSENT' });
		expect(outcomes[2]).toMatchObject({ code: '7', reason: 'odd and running (code 7)' });
		expect(clock.elapsed()).toBe(0);
	});

	it('says what it knows in the end, after as many attempts as there may be', async () => {
		const round = [fault(), '["running"]'];
		const transport = scripted(...times(5, round).flat());
		const outcomes = await go(targets('a'), by, transport);
		expect(transport.sent).toHaveLength(10);
		expect(outcomes).toMatchObject([
			{
				outcome: 'unknown',
				attempts: 5,
				reason: 'it broke; a later check found it still running',
				hint: 'Again.',
				extra: { vendorState: 'RUNNING' },
			},
		]);
	});

	it('sends again what it could not ask about', async () => {
		const transport = scripted(fault(), ...times(3, fault()), ['alreadyEnded']);
		const outcomes = await go(targets('a'), by, transport);
		expect(bodies(transport)).toEqual(['["a"]', '/state/a', '/state/a', '/state/a', '["a"]']);
		expect(outcomes).toMatchObject([
			{ outcome: 'alreadyEnded', attempts: 2, extra: { maybeByThisRun: true } },
		]);
	});

	it('asks again, after a wait, when the vendor says in its own words that it was too busy', async () => {
		const clock = new VirtualClock();
		const transport = scripted(fault(), 'tryAgain', 'tryAgain', '["ended"]');
		const outcomes = await go(targets('a'), by, transport, { clock });
		expect(words(outcomes)).toEqual(['a alreadyEnded']);
		expect(bodies(transport)).toEqual(['["a"]', '/state/a', '/state/a', '/state/a']);
		expect(clock.naps).toEqual([1_000, 1_000, 2_000]);
	});

	it('stops asking after three times', async () => {
		const transport = scripted(['failed'], ...times(9, 'tryAgain'));
		expect(words(await go(targets('a'), by, transport))).toEqual(['a failed']);
		expect(transport.sent).toHaveLength(4);
	});

	it('does not send again what has ended, though the vendor had not run it that time', async () => {
		const transport = scripted(['locked', 'busy'], '["ended"]', ['terminated']);
		const outcomes = await go(targets('a', 'b'), by, transport);
		expect(bodies(transport)).toEqual(['["a","b"]', '/state/a', '["b"]']);
		expect(words(outcomes)).toEqual(['a alreadyEnded', 'b terminated']);
	});

	it('asks about a refusal of the repetition, and takes it back where it still runs', async () => {
		const refusals = times(4, ['["running"]', ['refused']]).flat();
		const transport = scripted(fault(), ...refusals, '["running"]');
		const outcomes = await go(targets('a'), by, transport);
		expect(outcomes).toMatchObject([
			{
				outcome: 'failed',
				reason: 'the vendor said no (code 9)',
				hint: 'Ask somebody.',
				code: '9',
				attempts: 5,
			},
		]);
	});

	it('calls it as the vendor does', async () => {
		const notFound = withStateQuery('inDoubt', {}, 'notFound');
		const outcomes = await go(targets('a'), notFound, scripted(fault(), '["absent"]'));
		expect(outcomes).toMatchObject([
			{ outcome: 'notFound', reason: 'it broke; a later check did not find it' },
		]);
	});

	it('stays with the first answer when the vendor does not say how a target stands', async () => {
		for (const silence of [['[]'], times(3, fault()), [() => response(302, '')]]) {
			const outcomes = await go(targets('a'), by, scripted(['failed'], ...silence));
			expect(words(outcomes)).toEqual(['a failed']);
			expect(outcomes[0]?.reason).toBe('odd (code 7)');
		}
	});

	it("shows the vendor's own word for a state that says nothing here", async () => {
		const puzzling: Contract<Settings> = {
			...by,
			stateQuery: {
				...by.stateQuery!,
				read: (list) => found(list.map(() => ({ vendorState: 'Somewhere' }))),
			},
		};
		const outcomes = await go(targets('a'), puzzling, scripted(['failed']));
		expect(outcomes).toMatchObject([
			{ outcome: 'failed', reason: 'odd (code 7)', extra: { vendorState: 'Somewhere' } },
		]);
		const again = await go(targets('a'), puzzling, scripted(fault()));
		expect(again).toMatchObject([{ outcome: 'terminated', attempts: 2 }]);
		expect(again[0]?.extra).toEqual({ group: 'g' });
	});

	it('asks nothing more once the run is stopped', async () => {
		const stopping: Contract<Settings> = {
			...by,
			read: (list, answer) => ({
				...by.read(list, answer),
				kind: 'verdicts',
				verdicts: [{ outcome: 'failed', reason: 'no', byState: { absent: { outcome: 'notRunning' } } }],
				stop: { scope: 'run', reason: 'nobody may' },
			}),
		};
		const transport = scripted();
		expect(words(await go(targets('a'), stopping, transport))).toEqual(['a failed']);
		expect(transport.sent).toHaveLength(1);
	});

	it('stops when a question shows that nothing gets through', async () => {
		const transport = scripted(fault(), unreachable);
		const outcomes = await go(targets('a', 'b', 'c', 'd'), by, transport);
		expect(words(outcomes)).toEqual(['a unknown', 'b unknown', 'c unknown', 'd notSent']);
		expect(outcomes[3]).toMatchObject({
			reason: 'the run was stopped because nobody is there',
			hint: 'Look.',
		});
		expect(transport.sent).toHaveLength(2);
	});
});

describe('a question', () => {
	const by = withStateQuery('inDoubt');
	const ask = async (...answers: Parameters<typeof scripted>) => {
		const clock = new VirtualClock();
		const transport = scripted(['failed'], ...answers);
		const [outcome] = await go(targets('a'), by, transport, { clock });
		return { clock, asked: transport.sent.length - 1, outcome };
	};

	it.each([408, 429, 500, 503])('is put again, three times in all, after HTTP %d', async (status) => {
		const again = await ask(...times(2, () => response(status, '')), '["absent"]');
		expect([again.asked, again.outcome?.outcome]).toEqual([3, 'notRunning']);
		expect(again.clock.naps.slice(0, 1)).toEqual([1_000]);
		const { asked, outcome } = await ask(...times(9, () => response(status, '["absent"]')));
		expect([asked, outcome?.outcome]).toEqual([3, 'failed']);
	});

	it('is put again after a fault, later each time', async () => {
		const { asked, outcome, clock } = await ask(fault(), fault(), '["absent"]');
		expect([asked, outcome?.outcome]).toEqual([3, 'notRunning']);
		expect(clock.naps).toEqual([1_000, 2_000]);
	});

	it('is put again when the vendor asks for that', async () => {
		const { clock, outcome } = await ask(() => response(503, '', { 'retry-after': '42' }), '["absent"]');
		expect([clock.elapsed(), outcome?.outcome]).toEqual([42_000, 'notRunning']);
	});

	it('is not put again when the vendor asks for more than two minutes', async () => {
		const { clock, asked, outcome } = await ask(
			() => response(503, '', { 'retry-after': '121' }),
			'["absent"]',
		);
		expect([clock.elapsed(), asked, outcome?.outcome]).toEqual([0, 1, 'failed']);
	});

	it.each([400, 403, 404])('is not put again after HTTP %d, which is an answer', async (status) => {
		const { asked, outcome } = await ask(() => response(status, '["absent"]'));
		expect([asked, outcome?.outcome]).toEqual([1, 'notRunning']);
	});

	it('does not follow a redirect', async () => {
		const { asked, outcome } = await ask(() =>
			response(302, '["absent"]', { location: 'https://x.example' }),
		);
		expect([asked, outcome?.outcome]).toEqual([1, 'failed']);
	});

	it('renews the session once', async () => {
		const renew = jest.fn(async () => undefined);
		const transport = { ...scripted(['failed'], 'expired', '["absent"]'), renew };
		expect(words(await go(targets('a'), by, transport))).toEqual(['a notRunning']);
		const again = { ...scripted(['failed'], ...times(3, 'expired')), renew };
		expect(words(await go(targets('a'), by, again))).toEqual(['a failed']);
		expect(again.sent).toHaveLength(3);
		expect(renew).toHaveBeenCalledTimes(2);
	});

	it('renews the session also when it was put before and came to nothing', async () => {
		const renew = jest.fn(async () => undefined);
		const transport = { ...scripted(['failed'], fault(), 'expired', '["absent"]'), renew };
		expect(words(await go(targets('a'), by, transport))).toEqual(['a notRunning']);
		expect(renew).toHaveBeenCalledTimes(1);
	});

	it('has no answer where the session cannot be renewed', async () => {
		expect(await ask('expired', '["absent"]')).toMatchObject({ asked: 1, outcome: { outcome: 'failed' } });
		const transport = { ...scripted(['failed'], 'expired', '["absent"]'), renew: async () => unreachable };
		expect(words(await go(targets('a'), by, transport))).toEqual(['a failed']);
	});

	it('does not log in once the execution was cancelled', async () => {
		const controller = new AbortController();
		const renew = jest.fn(async () => undefined);
		const expired = () => {
			controller.abort();
			return response(200, 'expired');
		};
		await go(targets('a'), by, { ...scripted(['failed'], expired), renew }, { signal: controller.signal });
		expect(renew).not.toHaveBeenCalled();
	});

	it('names as many targets as fit, and the answers to the others count though one is lost', async () => {
		const transport = scripted(['failed', 'failed', 'failed'], ...times(3, fault()), '["absent"]');
		const outcomes = await go(targets('a', 'b', 'c'), by, transport);
		expect(bodies(transport)).toEqual([
			'["a","b","c"]',
			'/state/a+b',
			'/state/a+b',
			'/state/a+b',
			'/state/c',
		]);
		expect(words(outcomes)).toEqual(['a failed', 'b failed', 'c notRunning']);
	});
});

describe('asking first', () => {
	const by = withStateQuery('first');

	it('sends the command only to what it fits: not to what has ended or is not there', async () => {
		const transport = scripted('["ended","running"]', '["absent"]', ['terminated']);
		const outcomes = await go(targets('a', 'b', 'c'), by, transport);
		expect(bodies(transport)).toEqual(['/state/a+b', '/state/c', '["b"]']);
		expect(outcomes).toMatchObject([
			{
				outcome: 'alreadyEnded',
				attempts: 0,
				extra: { vendorState: 'ENDED' },
				message: 'Thing a had already ended',
			},
			{ outcome: 'terminated', attempts: 1 },
			{ outcome: 'notRunning', attempts: 0 },
		]);
		expect(outcomes[0]?.extra).not.toHaveProperty('maybeByThisRun');
	});

	it('leaves alone what is in the wanted state, and asks about that again only to verify', async () => {
		const suspending = withStateQuery('first', { words: SUSPENDING });
		for (const verify of [false, true]) {
			const transport = scripted('["inState","running"]', ['suspended'], '["inState","inState"]');
			const outcomes = await go(targets('a', 'b'), suspending, transport, { verify });
			expect(bodies(transport)).toEqual(['/state/a+b', '["b"]', ...(verify ? ['/state/a+b'] : [])]);
			const verified = verify ? { verified: true, vendorState: 'INSTATE' } : {};
			expect(outcomes).toMatchObject([
				{ outcome: 'suspended', attempts: 0, message: 'Thing a was already suspended' },
				{ outcome: 'suspended', attempts: 1, message: 'Thing b was suspended' },
			]);
			expect(outcomes.map(({ extra }) => extra)).toEqual([
				{ group: 'g', vendorState: 'INSTATE', alreadyInState: true, ...verified },
				{ group: 'g', ...verified },
			]);
		}
	});

	it('sends a change of state again only to what stands as before', async () => {
		const suspending = withStateQuery('first', { words: SUSPENDING });
		const transport = scripted('["running","running"]', fault(), '["inState","running"]', ['suspended']);
		const outcomes = await go(targets('a', 'b'), suspending, transport);
		expect(bodies(transport)).toEqual(['/state/a+b', '["a","b"]', '/state/a+b', '["b"]']);
		expect(outcomes).toMatchObject([
			{ outcome: 'suspended', attempts: 1, extra: { maybeByThisRun: true, vendorState: 'INSTATE' } },
			{ outcome: 'suspended', attempts: 2 },
		]);
		expect(outcomes[0]?.extra).not.toHaveProperty('alreadyInState');
	});

	it.each([
		['leaves a target out', times(3, '[]'), 'the response does not show it', 3],
		['cannot be read', times(3, 'tryAgain'), 'tryAgain', 3],
	])('sends nothing where the answer %s', async (_name, answers, why, asked) => {
		const transport = scripted(...answers);
		const outcomes = await go(targets('a'), by, transport);
		expect(transport.sent).toHaveLength(asked);
		expect(bodies(transport)).not.toContain('["a"]');
		expect(outcomes).toMatchObject([{ outcome: 'notSent', attempts: 0 }]);
		expect(outcomes[0]?.reason).toBe(
			`its state has to be known before the command is sent, but could not be read: ${why}`,
		);
	});

	it('asks once more about what an answer leaves out, and about nothing else', async () => {
		const transport = scripted('["running"]', '["running"]', ['terminated', 'terminated']);
		const outcomes = await go(targets('a', 'b'), by, transport);
		expect(bodies(transport)).toEqual(['/state/a+b', '/state/b', '["a","b"]']);
		expect(words(outcomes)).toEqual(['a terminated', 'b terminated']);
	});

	it('sends nothing to what is in a state that nobody here knows, and shows it', async () => {
		const transport = scripted('["odd","running"]');
		const outcomes = await go(targets('a', 'b'), by, transport);
		expect(bodies(transport)).toEqual(['/state/a+b', '["b"]']);
		expect(outcomes).toMatchObject([
			{ outcome: 'notSent', attempts: 0, vendorMessage: 'ODD' },
			{ outcome: 'terminated' },
		]);
	});

	it('sends nothing to what the vendor will not speak about, and goes on with the others', async () => {
		const transport = scripted('refused', '["running"]');
		const outcomes = await go(targets('a', 'b', 'c'), by, transport);
		expect(bodies(transport)).toEqual(['/state/a+b', '/state/c', '["c"]']);
		expect(words(outcomes)).toEqual(['a failed', 'b failed', 'c terminated']);
		expect(outcomes[0]).toMatchObject({ reason: 'refused', hint: 'Ask again.', attempts: 0 });
	});

	it('stops where the vendor would refuse every question', async () => {
		const transport = scripted('refusedToAll');
		const outcomes = await go(targets('a', 'b', 'c', 'd'), by, transport);
		expect(bodies(transport)).toEqual(['/state/a+b']);
		expect(words(outcomes)).toEqual(['a failed', 'b failed', 'c failed', 'd notSent']);
		expect(outcomes[3]?.reason).toBe('the run was stopped because refusedToAll');
	});

	it('stops where the question was redirected', async () => {
		const elsewhere = () => response(302, '', { location: 'https://x.example' });
		const transport = scripted(elsewhere, elsewhere, elsewhere);
		const outcomes = await go(targets('a', 'b', 'c', 'd'), by, transport);
		expect(bodies(transport)).toEqual(['/state/a+b']);
		expect(words(outcomes)).toEqual(['a failed', 'b failed', 'c failed', 'd notSent']);
		expect(outcomes[0]?.reason).toBe(
			'the server redirected the request to x.example, but redirects are not followed',
		);
	});

	it('asks nothing more about a group that has been stopped', async () => {
		const one = { ...by, targetsPerRequest: 1 };
		const transport = scripted('["running"]', ['stopGroup']);
		const outcomes = await go(targets('a', 'b'), one, transport);
		expect(bodies(transport)).toEqual(['/state/a', '["a"]']);
		expect(words(outcomes)).toEqual(['a failed', 'b notSent']);
	});

	it('asks first only about what was not sent before', async () => {
		const transport = scripted(
			'["running","running"]',
			...[fault(), '["running","running"]', ['oneByOne'], ['terminated'], ['terminated']],
		);
		const outcomes = await go(targets('a', 'b'), by, transport);
		expect(bodies(transport)).toEqual([
			'/state/a+b',
			'["a","b"]',
			'/state/a+b',
			'["a","b"]',
			'["a"]',
			'["b"]',
		]);
		expect(words(outcomes)).toEqual(['a terminated', 'b terminated']);
	});

	it('asks about what a request may have done that is to be parted, before its parts are sent', async () => {
		const transport = scripted('["running","running"]', ['oneOfThem'], '["ended","running"]');
		const outcomes = await go(targets('a', 'b'), by, transport);
		expect(bodies(transport)).toEqual(['/state/a+b', '["a","b"]', '/state/a+b', '["b"]']);
		expect(outcomes).toMatchObject([
			{ outcome: 'alreadyEnded', attempts: 1, extra: { maybeByThisRun: true } },
			{ outcome: 'terminated', attempts: 2 },
		]);
	});

	it('sends nothing where it could not ask', async () => {
		const transport = scripted(...times(3, fault()));
		const outcomes = await go(targets('a'), by, transport);
		expect(bodies(transport)).toEqual(['/state/a', '/state/a', '/state/a']);
		expect(outcomes).toMatchObject([
			{
				outcome: 'notSent',
				attempts: 0,
				reason: 'its state has to be known before the command is sent, but could not be read: it broke',
				hint: 'Run the node again later.',
			},
		]);
	});

	it('stops when nothing gets through, and calls nothing unknown of which nothing was sent', async () => {
		for (const maybeSent of [false, true]) {
			const outcomes = await go(
				targets('a', 'b', 'c', 'd'),
				by,
				scripted({ ...unreachable, maybeSent, code: 'ECONNREFUSED' }),
			);
			expect(words(outcomes)).toEqual(['a notSent', 'b notSent', 'c notSent', 'd notSent']);
			expect(outcomes[0]).toMatchObject({ code: 'ECONNREFUSED', attempts: 0 });
		}
	});

	it('does not send again what it could not ask about since', async () => {
		const transport = scripted('["running"]', fault(), ...times(3, fault()));
		const outcomes = await go(targets('a'), by, transport);
		expect(bodies(transport)).toEqual(['/state/a', '["a"]', '/state/a', '/state/a', '/state/a']);
		expect(outcomes).toMatchObject([{ outcome: 'unknown', attempts: 1 }]);
	});

	it('takes a vendor whose questions are down for one that gives no useful answer', async () => {
		const one = { ...by, targetsPerRequest: 1 };
		const transport = scripted(...times(100, fault()));
		const outcomes = await go(targets('a', 'b', 'c'), one, transport);
		expect(transport.sent).toHaveLength(6);
		expect(outcomes[2]?.reason).toContain('several requests in a row failed');
	});
});

describe('how a target has ended', () => {
	it('is not the work of a command whose answer was lost, where the command never leads there', async () => {
		for (const when of ['first', 'inDoubt', 'last'] as const) {
			const look = when === 'first' ? ['["running"]'] : [];
			const lost = times(when === 'last' ? 5 : 1, fault());
			const transport = scripted(...look, ...lost, '["finished"]');
			const [outcome] = await go(targets('a'), withStateQuery(when), transport);
			expect(outcome).toMatchObject({
				outcome: 'alreadyEnded',
				reason: 'it broke; a later check found that it had ended on its own',
			});
			expect(outcome?.extra).not.toHaveProperty('maybeByThisRun');
		}
	});

	it('does not confirm a command that never leads there', async () => {
		const transport = scripted(['terminated'], '["finished"]');
		const [outcome] = await go(targets('a'), withStateQuery('inDoubt'), transport, { verify: true });
		expect(outcome).toMatchObject({
			outcome: 'alreadyEnded',
			extra: { verified: true, vendorState: 'FINISHED' },
		});
	});
});

describe('a vendor that does not answer questions', () => {
	it('is asked about no more than two parts of a batch in a row', async () => {
		const many = { ...withStateQuery('last'), targetsPerRequest: 100 };
		const transport = scripted(...times(5, fault()), ...times(100, fault()));
		const ids = Array.from({ length: 20 }, (_, index) => `t${index}`);
		const outcomes = await go(targets(...ids), many, transport);
		expect(transport.sent).toHaveLength(5 + 2 * 3);
		expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['unknown']));
	});

	it('is asked for no more confirmations either, and what is not confirmed says so', async () => {
		const by = { ...withStateQuery('inDoubt'), targetsPerRequest: 1 };
		const silent = times(3, 'tryAgain');
		const transport = scripted(...[['terminated'], ...silent, ['terminated'], ...silent]);
		const outcomes = await go(targets('a', 'b', 'c', 'd'), by, transport, { verify: true });
		expect(transport.sent).toHaveLength(4 + 2 * 3);
		expect(words(outcomes)).toEqual(['a terminated', 'b terminated', 'c terminated', 'd terminated']);
		expect(outcomes.map(({ extra }) => extra['verified'])).toEqual([false, false, false, false]);
		expect(outcomes[0]?.reason).toBe('this could not be verified because tryAgain');
		expect(outcomes[3]?.reason).toBe(
			'this could not be verified because earlier state checks in this run got no response',
		);
	});
});

describe('asking last', () => {
	const by = withStateQuery('last');

	it('asks only when sending again has not helped', async () => {
		const transport = scripted(...times(5, fault()), '["ended","running"]', '["absent"]');
		const outcomes = await go(targets('a', 'b', 'c'), by, transport);
		expect(bodies(transport)).toEqual([...times(5, '["a","b","c"]'), '/state/a+b', '/state/c']);
		expect(words(outcomes)).toEqual(['a alreadyEnded', 'b unknown', 'c notRunning']);
	});

	it('asks nothing where sending again has helped', async () => {
		const transport = scripted(fault());
		expect(words(await go(targets('a'), by, transport))).toEqual(['a terminated']);
		expect(transport.sent).toHaveLength(2);
	});

	it('asks about refusals that may mean something else', async () => {
		const outcomes = await go(targets('a'), by, scripted(['failed'], '["absent"]'));
		expect(words(outcomes)).toEqual(['a notRunning']);
	});

	it('does not ask about what is still to be sent one by one', async () => {
		const transport = scripted(fault(), ['oneByOne'], ['terminated'], ['terminated']);
		expect(words(await go(targets('a', 'b'), by, transport))).toEqual(['a terminated', 'b terminated']);
		expect(bodies(transport)).toEqual(['["a","b"]', '["a","b"]', '["a"]', '["b"]']);
	});

	it('sends nothing again after that', async () => {
		const transport = scripted(['stopGroup'], '["running"]');
		await go(targets('a'), by, transport);
		expect(transport.sent).toHaveLength(1);
	});
});

describe('verifying', () => {
	it.each(['first', 'inDoubt', 'last'] as const)(
		'asks about each end, also where it asks %s',
		async (when) => {
			const before = when === 'first' ? ['["running","running"]', '["running"]'] : [];
			const transport = scripted(...before, ['terminated', 'refused', 'terminated'], '["ended","running"]');
			const outcomes = await go(targets('a', 'b', 'c'), withStateQuery(when), transport, { verify: true });
			expect(bodies(transport).at(-1)).toBe('/state/a+c');
			expect(outcomes[0]).toMatchObject({
				outcome: 'terminated',
				extra: { verified: true, vendorState: 'ENDED' },
			});
			expect(outcomes[1]?.extra).toEqual({ group: 'g' });
			expect(outcomes[2]).toMatchObject({
				outcome: 'unknown',
				reason: 'the system reported that it had ended, but a later check showed that it was still running',
				hint: 'It is safe to run the node again: whatever is already done is reported as done.',
				extra: { verified: false, vendorState: 'RUNNING' },
			});
		},
	);

	it('asks about nothing that is not said to have ended', async () => {
		const transport = scripted(['refused', 'mumbleOnce', 'notFound'], '["running"]', '["absent"]');
		const outcomes = await go(targets('a', 'b', 'c'), withStateQuery('inDoubt'), transport, { verify: true });
		expect(bodies(transport)).toEqual(['["a","b","c"]', '/state/b', '/state/c']);
		expect(outcomes.map(({ extra }) => extra['verified'])).toEqual([undefined, undefined, true]);
	});

	it('says so where it could not ask', async () => {
		const transport = scripted(['terminated', 'terminated', 'terminated'], '[]', ...times(3, fault()));
		const outcomes = await go(targets('a', 'b', 'c'), withStateQuery('inDoubt'), transport, { verify: true });
		expect(outcomes.map(({ outcome, extra }) => [outcome, extra['verified']])).toEqual(
			times(3, ['terminated', false]),
		);
	});

	it('believes a vendor that does not list it', async () => {
		const transport = scripted(['terminated', 'notFound'], '["absent","absent"]');
		const outcomes = await go(targets('a', 'b'), withStateQuery('inDoubt'), transport, { verify: true });
		expect(outcomes).toMatchObject([
			{ outcome: 'terminated', extra: { verified: true } },
			{ outcome: 'notFound', extra: { verified: true } },
		]);
	});

	it('asks nothing where the user does not want it, and nothing where it cannot', async () => {
		const transport = scripted();
		await go(targets('a'), withStateQuery('inDoubt'), transport);
		expect(transport.sent).toHaveLength(1);
		const without = scripted();
		const { stateQuery: _none, ...unasked } = withStateQuery('inDoubt');
		const [outcome] = await go(targets('a'), unasked, without, { verify: true });
		expect(without.sent).toHaveLength(1);
		expect(outcome?.extra).toEqual({ group: 'g' });
	});

	it('asks nothing more once the run is stopped, and says that it has not', async () => {
		const wide = { ...withStateQuery('inDoubt'), targetsPerRequest: 1, requestsInFlight: 2 };
		const clock = new VirtualClock();
		const slow = scripted(['terminated'], ['stopRun']);
		const transport = {
			...slow,
			send: async (...[request, kind]: Parameters<typeof slow.send>) => {
				const delivery = await slow.send(request, kind);
				await clock.sleep(request.body === '["a"]' ? 100 : 50);
				return delivery;
			},
		};
		const outcomes = await go(targets('a', 'b'), wide, transport, { verify: true, clock });
		expect(words(outcomes)).toEqual(['a terminated', 'b failed']);
		expect(outcomes[0]?.extra['verified']).toBe(false);
		expect(slow.sent).toHaveLength(2);
	});
});

describe('a dry run', () => {
	it('sends nothing and shows what it would send', async () => {
		const { stateQuery: _none, ...unasked } = withStateQuery('inDoubt');
		const transport = scripted();
		const [outcome] = await go(targets('a'), unasked, transport, { dryRun: true });
		expect(outcome).toEqual({
			id: 'a',
			outcome: 'dryRun',
			attempts: 0,
			failure: false,
			isDryRun: true,
			item: 0,
			message: 'Thing a would be terminated',
			extra: { group: 'g', request: { method: 'POST', path: '/end', body: '["a"]' } },
		});
		expect(transport.sent).toEqual([]);
	});

	it('shows each target the request for it alone', async () => {
		const { stateQuery: _none, ...unasked } = withStateQuery('inDoubt');
		const outcomes = await go(targets('a', 'b'), unasked, scripted(), { dryRun: true });
		expect(outcomes.map(({ extra }) => extra['request'])).toEqual([
			{ method: 'POST', path: '/end', body: '["a"]' },
			{ method: 'POST', path: '/end', body: '["b"]' },
		]);
	});

	it.each(['first', 'inDoubt', 'last'] as const)(
		'says what the run would make of each target, also where it asks %s',
		async (when) => {
			const isFirst = when === 'first';
			// A vendor that is asked first is asked again where it leaves something out.
			const transport = scripted('["running","ended"]', '["absent"]', ...times(isFirst ? 3 : 1, '[]'));
			const wanted = [...targets('a', 'b', 'c'), target('d', 'other')];
			const outcomes = await go(wanted, withStateQuery(when), transport, { dryRun: true, verify: true });
			expect(bodies(transport)).toEqual(['/state/a+b', '/state/c', ...times(isFirst ? 3 : 1, '/state/d')]);
			expect(
				outcomes.map(({ outcome, message, extra: { currentState, vendorState, request } }) => [
					outcome,
					currentState,
					vendorState,
					request !== undefined,
					message,
				]),
			).toEqual([
				['dryRun', 'running', 'RUNNING', true, 'Thing a would be terminated'],
				['dryRun', 'ended', 'ENDED', false, 'Nothing would change: thing b has already ended'],
				['dryRun', 'absent', 'ABSENT', false, 'Nothing would change: no running thing has the ID c'],
				isFirst
					? [
							'notSent',
							'unknown',
							undefined,
							false,
							expect.stringMatching(/^Thing d would not be terminated/),
						]
					: [
							'dryRun',
							'unknown',
							undefined,
							true,
							'Thing d would be terminated: its state could not be read',
						],
			]);
			expect(outcomes.every(({ attempts }) => attempts === 0)).toBe(true);
		},
	);

	it('asks about each target alone that an answer about several leaves out, whatever one of them brings', async () => {
		const by = withStateQuery('last', {}, 'notFound');
		if (by.stateQuery) by.stateQuery.targetsPerRequest = 3;
		const transport = scripted('[]', '["absent"]', '[]', '["absent"]');
		const outcomes = await go(targets('a', 'b', 'c'), by, transport, { dryRun: true });
		expect(bodies(transport)).toEqual(['/state/a+b+c', '/state/a', '/state/b', '/state/c']);
		expect(words(outcomes)).toEqual(['a notFound', 'b dryRun', 'c notFound']);
	});

	it('asks about one target alone, and no other, where that says no more', async () => {
		const by = withStateQuery('last');
		if (by.stateQuery) by.stateQuery.targetsPerRequest = 3;
		const transport = scripted('[]', '[]');
		await go(targets('a', 'b', 'c'), by, transport, { dryRun: true });
		expect(bodies(transport)).toHaveLength(2);
	});

	it('fails by the policy of each item, and counts that for the brake', async () => {
		const policyOf = ({ item }: { item: number }) => ({
			failIfAlreadyEnded: item !== 0,
			ignoreNotFound: false,
		});
		const transport = scripted('["ended","absent"]', '["ended"]');
		const options = { dryRun: true, policyOf, stopAfterFailures: 2 };
		const outcomes = await go(targets('a', 'b', 'c', 'd'), withStateQuery('inDoubt'), transport, options);
		expect(words(outcomes)).toEqual(['a dryRun', 'b notRunning', 'c alreadyEnded', 'd notSent']);
		expect(bodies(transport)).toEqual(['/state/a+b', '/state/c']);
	});

	it('makes ten thousand requests of one target each, not of ten thousand', async () => {
		const sizes: number[] = [];
		const { stateQuery: _none, ...unasked } = withStateQuery('inDoubt');
		const counting = {
			...unasked,
			targetsPerRequest: 10_000,
			request: (batch: ReadonlyArray<Target<Settings>>) => {
				sizes.push(batch.length);
				return unasked.request(batch);
			},
		};
		const ids = Array.from({ length: 10_000 }, (_, index) => `t${index}`);
		await go(targets(...ids), counting, scripted(), { dryRun: true });
		expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(ids.length);
	});

	it.each(['first', 'inDoubt', 'last'] as const)(
		'fails where the run would, and stops: asking %s',
		async (when) => {
			const by = withStateQuery(when);
			const refused = scripted('refusedToAll');
			const outcomes = await go(targets('a', 'b', 'c', 'd'), by, refused, { dryRun: true });
			expect(refused.sent).toHaveLength(1);
			expect(words(outcomes)).toEqual(['a failed', 'b failed', 'c failed', 'd notSent']);
			expect(outcomes[0]).toMatchObject({ reason: 'refusedToAll', hint: 'Ask again.', failure: true });

			const cutOff = scripted(unreachable);
			const lost = await go(targets('a', 'b', 'c', 'd'), by, cutOff, { dryRun: true });
			expect(cutOff.sent).toHaveLength(1);
			expect(words(lost)).toEqual(['a notSent', 'b notSent', 'c notSent', 'd notSent']);
			expect(lost[0]?.reason).toBe('nobody is there');
		},
	);

	it('shows the request, and why the state is not known, where only the question is refused', async () => {
		const by = withStateQuery('last');
		const outcomes = await go(targets('a'), by, scripted('refused'), { dryRun: true });
		expect(outcomes).toMatchObject([
			{
				outcome: 'dryRun',
				reason: 'its state could not be read because refused. Ask again',
				failure: false,
				extra: { currentState: 'unknown', request: { path: '/end' } },
			},
		]);
	});
});
