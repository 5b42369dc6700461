import fc from 'fast-check';

import type { TargetOutcome } from '../../../../nodes/core/commands/outcome';
import { isFailure } from '../../../../nodes/core/commands/vocabulary';
import { MAX_WAIT_MS } from '../../../../nodes/core/http/limits';
import { toItem } from '../../../../nodes/core/n8n/output/commandItems';
import { isThorough } from '../../../engine/scope';
import { paceFaults } from '../http/rateLimiterRules';
import { WORDS } from './modelContract';
import { keyOf } from './modelVendor';
import type { Exchange, Happening, Instance } from './modelVendor';
import { calmWorlds, easyWorlds, traceOf, worlds } from './worlds';
import type { Trace, World } from './worlds';

/** fast-check prints seed and path of a world in which something is wrong; `fc.assert` takes both to repeat it. */
const RUNS = isThorough ? 3000 : 200;

const MAX_ATTEMPTS = 5;
const MAX_TRIES = 3;
const SAYS_DONE = ['terminated', 'suspended', 'resumed'];
const SAYS_GONE = ['alreadyEnded', 'notRunning', 'notFound'];

/** Nothing may be wrong in any world; `wrong` gives what is. */
async function nothing(
	wrong: (trace: Trace) => unknown[],
	among: fc.Arbitrary<World> = honest,
): Promise<void> {
	await fc.assert(
		fc.asyncProperty(among, async (world) => {
			expect(wrong(await traceOf(world))).toEqual([]);
		}),
		{ numRuns: RUNS },
	);
}

const honest = worlds();
const dry = honest.map((world): World => ({ ...world, dryRun: true }));
const lying = worlds({ lies: true }).map((world): World => ({
	...world,
	verify: true,
	cancelledAt: undefined,
}));

const broken = worlds({ broken: true });

interface Finding extends Pick<TargetOutcome, 'outcome' | 'attempts' | 'extra'> {
	key: string;
	state: Instance['state'];
	byThisRun: boolean;
}

/** What each outcome says, beside how the vendor's instance stands and whether this run's command has worked with it. */
function findings({ targets, outcomes, vendor }: Trace): Finding[] {
	return targets.map(({ id, settings: { group } }, index) => {
		const instance = vendor.instance(group, id);
		const { outcome, attempts, extra } = outcomes[index]!;
		const key = keyOf(group, id);
		return {
			key,
			outcome,
			attempts,
			extra,
			state: instance.state,
			byThisRun: vendor.doneByRun.has(instance),
		};
	});
}

/** The vendor's own state contradicts an outcome. */
function isUntrue({ outcome, state, extra }: Finding, { world }: Trace): boolean {
	const { aim } = world.manners;
	if (SAYS_GONE.includes(outcome)) return state === 'running' || state === 'inState';
	if (!SAYS_DONE.includes(outcome)) return false;
	if (outcome !== WORDS[aim].participle) return true;
	switch (state) {
		case 'running':
		case 'unknown':
			return true;
		case 'inState':
			return aim === 'end';
		case 'ended':
			// What had ended before, without anybody knowing, may look as if it had been released since.
			return aim === 'hold' || (aim === 'release' && extra['alreadyInState'] === true);
	}
}

/** Whoever ends what was never there is told the same as of what has ended: it is not there. */
function isUnlisted({ state }: Finding, { world }: Trace): boolean {
	return state === 'unknown' && world.manners.aim === 'end';
}

const finished = ({ world, vendor }: Trace) =>
	new Set(
		world.instances
			.filter(({ group, id }) => vendor.instance(group, id).isFinished)
			.map(({ group, id }) => keyOf(group, id)),
	);
const keysOf = ({ call: { group, ids } }: Exchange) => ids.map((id) => keyOf(group, id));
/** Those of which an answer has said something. */
const toldOf = ({ call: { group }, told }: Exchange) => [...told.keys()].map((id) => keyOf(group, id));
const commandsOf = ({ vendor }: Trace) => vendor.exchanges.filter(({ kind }) => kind === 'command');
const different = ({ targets }: Trace) =>
	new Set(targets.map(({ id, settings }) => keyOf(settings.group, id))).size;

/** The vendor's own words about a run's requests as they come and go; `seen` says what is wrong. */
function wrongIn(
	trace: Trace,
	seen: (happening: Happening & { what: 'start' | 'end' }) => unknown[],
): unknown[] {
	return trace.vendor.journal.flatMap((one) => (one.what === 'start' || one.what === 'end' ? seen(one) : []));
}

/** The vendor has said something about the question, be it that it does not know. */
function isAnswered({ fate }: Exchange): boolean {
	switch (fate.kind) {
		case 'expired':
		case 'lost':
		case 'unreachable':
		case 'brokenOff':
			return false;
		case 'limited':
			return fate.by === 'body';
		case 'unreadable':
			return fate.status !== 408 && fate.status < 500;
		default:
			return true;
	}
}

/** Nothing has happened for which a run would leave a target. */
function isPlain({ vendor: { exchanges }, world }: Trace): boolean {
	return world.cancelledAt === undefined && exchanges.every(({ fate }) => fate.kind === 'obeyed');
}

/** No other request makes sense after this one. */
function isFinal({ kind, fate }: Exchange): boolean {
	if (fate.kind === 'brokenOff' || (fate.kind === 'unreachable' && fate.stopsRun)) return true;
	return (
		kind === 'command' && (fate.kind === 'redirected' || (fate.kind === 'fatal' && fate.scope === 'run'))
	);
}

describe('run, whatever the vendor does', () => {
	it('gives each target exactly one outcome, in order', async () => {
		await nothing(({ targets, outcomes }) => [
			...(outcomes.length === targets.length ? [] : [`${outcomes.length} outcomes`]),
			...outcomes.filter(({ id, item, extra }, index) => {
				const target = targets[index];
				return id !== target?.id || item !== target.item || extra['group'] !== target.settings.group;
			}),
		]);
	});

	it('gives equal targets equal outcomes', async () => {
		await nothing((trace) => {
			const first = new Map<string, string>();
			return findings(trace).filter((finding) => {
				const told = JSON.stringify(finding);
				const before = first.get(finding.key) ?? told;
				first.set(finding.key, before);
				return told !== before && !trace.world.dryRun;
			});
		});
	});

	it('says of nothing that it was done, or had ended, where that is not so', async () => {
		await nothing((trace) => findings(trace).filter((finding) => isUntrue(finding, trace)));
	});

	it('says of nothing that had ended before that it was released, without a doubt', async () => {
		await nothing((trace) =>
			findings(trace).filter(
				({ outcome, byThisRun, state, extra }) =>
					outcome === 'resumed' && state === 'ended' && !byThisRun && extra['maybeByThisRun'] !== true,
			),
		);
	});

	it('says of nothing that this run has done that it failed or was not sent', async () => {
		await nothing((trace) =>
			findings(trace).filter(
				({ outcome, byThisRun }) => ['failed', 'notSent'].includes(outcome) && byThisRun,
			),
		);
	});

	it('says so where what had ended may have ended by this run', async () => {
		await nothing((trace) =>
			findings(trace).filter(
				({ outcome, byThisRun, extra }) =>
					byThisRun && ![...SAYS_DONE, 'unknown'].includes(outcome) && extra['maybeByThisRun'] !== true,
			),
		);
	});

	it('says of nothing that this run has done that it was so before', async () => {
		await nothing((trace) =>
			findings(trace).filter(({ byThisRun, extra }) => byThisRun && extra['alreadyInState'] !== undefined),
		);
	});

	it('calls unknown only what was sent, and dry only what a dry run shows', async () => {
		await nothing((trace) =>
			findings(trace).filter(
				({ outcome, attempts }) => outcome === 'dryRun' || (outcome === 'unknown' && attempts === 0),
			),
		);
	});

	it('sends no target more than five times, save for requests that were parted, and counts right', async () => {
		await nothing((trace) => {
			const mostParts = different(trace) - 1;
			const sent = new Map<string, number>();
			for (const key of commandsOf(trace).flatMap(keysOf)) sent.set(key, (sent.get(key) ?? 0) + 1);
			return findings(trace).filter(
				({ key, attempts }) => attempts !== (sent.get(key) ?? 0) || attempts > MAX_ATTEMPTS + mostParts,
			);
		});
	});

	it('sends nothing again that the vendor has said to have ended, or not to have at all', async () => {
		await nothing((trace) => {
			const over = new Set<string>();
			return wrongIn(trace, ({ what, exchange }) => {
				const { kind, call, told } = exchange;
				if (what === 'start')
					return kind === 'command' ? keysOf(exchange).filter((key) => over.has(key)) : [];
				// What is not on the vendor's list before the first command is left to the command.
				const looks = kind !== 'command' && trace.world.manners.inquiry?.when === 'first';
				const final = looks ? ['inState', 'ended'] : ['done', 'inState', 'ended', 'missing', 'absent'];
				for (const [id, word] of told)
					if (word !== null && final.includes(word)) over.add(keyOf(call.group, id));
				return [];
			});
		});
	});

	it('asks before each command that has nothing left to do', async () => {
		await nothing((trace) => {
			if (trace.world.manners.inquiry?.when !== 'first') return [];
			const asked = new Set<string>();
			return wrongIn(trace, (one) => {
				const { exchange } = one;
				if (one.what === 'start') {
					return exchange.kind === 'command' ? one.doneThen.filter((key) => !asked.has(key)) : [];
				}
				if (exchange.kind === 'command') one.doneNow.forEach((key) => asked.delete(key));
				else if (exchange.kind === 'list') toldOf(exchange).forEach((key) => asked.add(key));
				else if (isAnswered(exchange)) keysOf(exchange).forEach((key) => asked.add(key));
				return [];
			});
		});
	});

	it('gets everything done that passing faults leave possible', async () => {
		await nothing(
			(trace) =>
				findings(trace).filter(
					({ outcome, state, extra }) =>
						state === 'running' ||
						![...SAYS_DONE, ...SAYS_GONE].includes(outcome) ||
						(!SAYS_DONE.includes(outcome) && extra['maybeByThisRun'] !== true),
				),
			easyWorlds,
		);
	});

	it('sends each target once, in full requests, where nothing goes wrong', async () => {
		await nothing((trace) => {
			const { targetsPerRequest, inquiry, rates } = trace.world.manners;
			const groups = new Map<string, Set<string>>();
			let fewest = 0;
			for (const { id, settings } of trace.targets) {
				const members = groups.get(settings.group) ?? new Set();
				if (settings.alone && !members.has(id)) fewest += 1;
				groups.set(settings.group, members.add(id));
			}
			for (const members of groups.values()) {
				fewest += Math.ceil([...members].filter((id) => !id.includes('$')).length / targetsPerRequest);
			}
			const sent = commandsOf(trace).length;
			const unpaced =
				!rates?.length && !trace.world.rates.length && trace.world.requestsPerSecond === undefined;
			return [
				// Of what a look before finds ended, nothing needs to be sent.
				...(sent > fewest || (sent < fewest && inquiry?.when !== 'first')
					? [`${sent} instead of ${fewest}`]
					: []),
				...findings(trace).filter(({ attempts }) => attempts > 1),
				...(unpaced ? trace.clock.naps : []),
			];
		}, calmWorlds);
	});

	it('sends nothing more after an answer that is final for all', async () => {
		await nothing((trace) => {
			let over = false;
			return wrongIn(trace, ({ what, exchange }) => {
				if (what === 'start') return over ? [exchange] : [];
				over ||= isFinal(exchange);
				return [];
			});
		});
	});

	it('sends nothing more for a group after an answer that is final for it', async () => {
		await nothing((trace) => {
			const closed = new Set<string>();
			return wrongIn(trace, ({ what, exchange }) => {
				const { kind, call, fate } = exchange;
				if (kind === 'question') return [];
				if (what === 'start') return closed.has(call.group) ? [exchange] : [];
				if (kind === 'command' && fate.kind === 'fatal') closed.add(call.group);
				return [];
			});
		});
	});

	it('sends nothing more once it is cancelled, no login either', async () => {
		await nothing(
			({ vendor: { journal } }) => {
				const from = journal.findIndex(({ what }) => what === 'cancellation');
				return from === -1
					? []
					: journal.slice(from).filter(({ what }) => what === 'start' || what === 'renewal');
			},
			worlds({ cancelled: true }),
		);
	});

	it('puts into a request only different targets of one group, no more than fit', async () => {
		await nothing((trace) => {
			const { targetsPerRequest, inquiry } = trace.world.manners;
			return trace.vendor.exchanges.filter(({ kind, call: { ids } }) => {
				if (kind === 'list') return false;
				const most = kind === 'command' ? targetsPerRequest : (inquiry?.targetsPerRequest ?? 0);
				const mustBeAlone = kind === 'command' && ids.some((id) => id.includes('$'));
				return ids.length === 0 || ids.length > (mustBeAlone ? 1 : most) || new Set(ids).size !== ids.length;
			});
		});
	});

	it('keeps every limit of pace, and leaves a vendor alone that has had enough', async () => {
		await nothing(({ world: { manners, rates, requestsPerSecond: wished }, vendor }) => {
			const wish = wished === undefined ? [] : [{ perSecond: wished, burst: 1 }];
			const all = [...(manners.rates ?? []), ...wish, ...rates];
			return paceFaults(vendor.journal, manners.requestsInFlight, all);
		});
	});

	it('ends, after a bounded number of requests, each of which waits for a bounded time', async () => {
		await nothing((trace) => {
			const { vendor, clock, world } = trace;
			const things = different(trace);
			const commands = commandsOf(trace).length;
			const questions = vendor.exchanges.length - commands;
			const longestNap = Math.max(0, ...clock.naps);
			const eachMs = 4 * MAX_WAIT_MS + Math.max(...world.script.latencies);
			const timeMs = clock.elapsed() - (world.cancelledAt ?? 0);
			return [
				// What is parted is smaller then, so that this comes to an end too.
				...(commands > (MAX_ATTEMPTS + 1) * things ? [`${commands} commands`] : []),
				// Before the first command, after each and at the end; each a few times, once more for a new session.
				...(questions > (MAX_TRIES + 1) * (MAX_ATTEMPTS + 3) * things ? [`${questions} questions`] : []),
				...(longestNap > MAX_WAIT_MS ? [`a wait of ${longestNap} ms`] : []),
				...(timeMs > (vendor.exchanges.length + things + 1) * eachMs ? [`${timeMs} ms in all`] : []),
			];
		});
	});

	it('changes nothing in a dry run', async () => {
		await nothing(
			(trace) => [
				...commandsOf(trace),
				...findings(trace).filter(({ outcome, attempts, extra, byThisRun }) => {
					if (byThisRun || attempts !== 0) return true;
					const { currentState, request } = extra;
					// It fails where the run would: the vendor cannot be asked, or does not say enough.
					if (['notSent', 'failed'].includes(outcome)) return isPlain(trace) || request !== undefined;
					if (outcome === 'notFound') return currentState !== 'absent' || request !== undefined;
					const wouldBeSent = [undefined, 'running', 'unknown'].includes(currentState as string | undefined);
					return outcome !== 'dryRun' || (typeof request === 'object') !== wouldBeSent;
				}),
			],
			dry,
		);
	});

	it('shows in a dry run how each target really stands, or that it could not be read', async () => {
		await nothing((trace) => {
			const lists = trace.world.manners.inquiry?.lists;
			return findings(trace).filter(({ state, extra }) => {
				const isTold = ['running', 'inState'].includes(state) || (state === 'ended' && lists === 'all');
				const real = isTold ? state : 'absent';
				const allowed: unknown[] = lists === undefined ? [undefined] : [real, 'unknown'];
				return !allowed.includes(extra['currentState']);
			});
		}, dry);
	});

	it('finds out with verify what a vendor says that does not do it', async () => {
		await nothing((trace) => {
			if (!trace.world.manners.inquiry) return [];
			const toldLast = new Map<string, unknown>();
			for (const { kind, call, told } of trace.vendor.exchanges) {
				if (kind === 'command') for (const id of call.ids) toldLast.delete(keyOf(call.group, id));
				if (kind === 'question') for (const [id, word] of told) toldLast.set(keyOf(call.group, id), word);
			}
			return findings(trace).filter((finding) => {
				const { key, outcome, extra } = finding;
				const { verified } = extra;
				if (![...SAYS_DONE, ...SAYS_GONE].includes(outcome) || outcome === 'notFound') return false;
				// Where the vendor could not be asked, or did not say, the outcome says so.
				return (
					typeof verified !== 'boolean' ||
					(verified && isUntrue(finding, trace) && !isUnlisted(finding, trace)) ||
					toldLast.get(key) === 'running'
				);
			});
		}, lying);
	});

	it('tells of its progress without counting anything twice', async () => {
		await nothing((trace) => {
			const all = different(trace);
			return trace.progress.filter(
				([done, total], index) => total !== all || done > all || done < (trace.progress[index - 1]?.[0] ?? 0),
			);
		});
	});

	it('follows the policy of the user, and gives a success nothing that looks like an error', async () => {
		await nothing(({ outcomes, world: { policy } }) =>
			outcomes.filter((outcome) => {
				const fails: Partial<Record<string, boolean>> = {
					terminated: false,
					suspended: false,
					resumed: false,
					alreadyEnded: policy.failIfAlreadyEnded,
					notRunning: policy.failIfAlreadyEnded,
					notFound: !policy.ignoreNotFound,
				};
				const judged = { ...outcome, failure: isFailure(outcome.outcome, policy) };
				const { json, pairedItem } = toItem(judged);
				const keys = Object.keys(json).sort().join();
				return (
					judged.failure !== (fails[outcome.outcome] ?? true) ||
					JSON.stringify(pairedItem) !== JSON.stringify({ item: outcome.item }) ||
					(judged.failure ? keys !== 'details,error,message' : 'error' in json)
				);
			}),
		);
	});
});

describe('run, whatever the contract does', () => {
	it('says of nothing that it was done, or had ended, where that is not so', async () => {
		await nothing((trace) => findings(trace).filter((finding) => isUntrue(finding, trace)), broken);
	});

	it('says of nothing that this run has done that it failed or was not sent', async () => {
		await nothing(
			(trace) =>
				findings(trace).filter(
					({ outcome, byThisRun }) => ['failed', 'notSent'].includes(outcome) && byThisRun,
				),
			broken,
		);
	});

	it('gives each target one outcome, and calls unknown only what was sent', async () => {
		await nothing(
			(trace) => [
				...(trace.outcomes.length === trace.targets.length ? [] : [`${trace.outcomes.length} outcomes`]),
				...findings(trace).filter(({ outcome, attempts }) => outcome === 'unknown' && attempts === 0),
			],
			broken,
		);
	});

	it('sends nothing more once the run is over', async () => {
		await nothing(({ requests: { then, later } }) => (then === later ? [] : [later - then]), broken);
	});
});

describe('run, of targets that end by themselves', () => {
	it('confirms with verify no end that the command never leads to, where the vendor tells them apart', async () => {
		const world = honest.map((one): World => ({ ...one, verify: true, cancelledAt: undefined }));
		await nothing(
			(trace) =>
				findings(trace).filter(
					({ key, outcome, extra }) =>
						trace.world.manners.inquiry?.lists === 'all' &&
						finished(trace).has(key) &&
						SAYS_DONE.includes(outcome) &&
						extra['verified'] === true,
				),
			world,
		);
	});
});
