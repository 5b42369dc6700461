import type { OnError } from 'n8n-workflow';

import type { Fault } from '../sandbox/core/faults.ts';
import type { JournalEntry } from '../sandbox/core/journal.ts';
import { MODES } from './commandSuite';
import type { CommandUnderTest } from './commandSuite';
import { loadPackage, ROOT, runNode } from './engine';
import type { NodeResult } from './engine';
import { credentialsOf, stateOf, useVendor } from './sandboxes';
import { isThorough } from './scope';
import { hurry } from './time';

/** Longer than the timeout of the node's requests below. */
const DELAY_MS = 130;
const TIMEOUT_MS = 40;
/** Shorter: something comes in all the time, and never all of it. */
const DRIP_MS = 10;

/** The requests here carry four targets at most: 4, 2, 1. */
const MOST_PARTINGS = 2;

const STATUSES = [400, 401, 403, 404, 408, 409, 429, 500, 502, 503, 504];

/** Everything that the sandbox can do to a request, before and after the vendor acts on it. */
const FAULTS: Fault[] = (['before', 'after'] as const).flatMap((when): Fault[] => [
	...STATUSES.map((status): Fault => ({ kind: 'status', status, when })),
	{ kind: 'status', status: 429, when, headers: { 'retry-after': '1' } },
	{ kind: 'status', status: 200, body: '{"result":tr', when },
	{ kind: 'status', status: 200, body: '[]', when },
	{ kind: 'html', status: 200, when },
	{ kind: 'html', status: 502, when },
	{ kind: 'redirect', status: 302, when },
	{ kind: 'redirect', status: 307, when },
	{ kind: 'delay', delayMs: DELAY_MS, when },
	{ kind: 'drip', delayMs: DRIP_MS, when },
	{ kind: 'reset', when },
	{ kind: 'cut', when },
	{ kind: 'empty', when },
]);

/**
 * Answers that say that nothing was done. Whoever sends one after acting lies, and no client can know; so after these
 * a target that has ended may be reported as one that was refused, but never the other way round.
 */
const isLie = ({ kind, status = 0, when }: Fault): boolean =>
	when === 'after' && (kind === 'redirect' || [400, 401, 403, 404, 409, 429].includes(status));

/** Which of the command's requests are hit: how many pass before, and how many are hit then. */
const POSITIONS = [
	{ name: 'the first', skip: 0, times: 1 },
	{ name: 'a middle one', skip: 1, times: 1 },
	{ name: 'the last', skip: 2, times: 1 },
	{ name: 'all from the second on', skip: 1, times: 1000 },
];

const nameOf = ({ kind, status, when, body, headers }: Fault): string =>
	`${kind}${status === undefined ? '' : ` ${status}`}${body === undefined ? '' : ` ${body}`}${headers ? ' with Retry-After' : ''} ${when} it acts`;

/**
 * Every fault of the sandbox, at each position of a run, in one On Error mode or in each (`isThorough`): there is one
 * outcome for each target, in order, and none that the vendor's own state contradicts.
 */
export function describeFaults(
	subject: CommandUnderTest,
	/** What is hit, other than the command: by the same faults, in one On Error mode. `speed`: of the package's time. */
	look?: { name: string; method: string; path: string; speed?: number },
): void {
	const hit = look ?? subject.command;
	const modes: readonly OnError[] = look ? ['continueErrorOutput'] : MODES;
	const vendor = useVendor(subject.createEmulator, subject.switches);
	let combinations = 0;
	let calmDown: () => void;
	beforeAll(async () => {
		await loadPackage();
		// So many refusals make the node very patient.
		calmDown = hurry(ROOT, look?.speed ?? 1000);
	});
	afterAll(() => {
		calmDown();
		const what = look ? `, ${look.name}` : '';
		process.stderr.write(`Fault matrix of ${subject.node}${what}: ${combinations} combinations\n`);
	});

	const { identifier } = subject;

	/**
	 * In the everyday tests each fault comes at two positions (at one for what is hit other than the command) and in one On
	 * Error mode at each; all come equally often.
	 */
	const cases = (position: number): Array<readonly [string, OnError, Fault]> =>
		FAULTS.filter((_fault, row) => isThorough || (row + position) % (look ? 4 : 2) === 0).flatMap(
			(fault, row) =>
				modes
					.filter((_mode, column) => isThorough || (row + position + column) % modes.length === 0)
					.map((onError) => [nameOf(fault), onError, fault] as const),
		);

	describe.each(POSITIONS.map((position, index) => ({ ...position, index })))(
		'hitting $name',
		({ skip, times, index }) => {
			it.each(cases(index))('%s, with On Error at %s', async (_name, onError, fault) => {
				combinations += 1;
				const groups = ['PRJ-A', 'PRJ-B', 'PRJ-C'];
				const items = groups.map((group) => ({
					group,
					id: vendor.emulator.seed(2, { ...subject.seed, ...subject.grouped.seed?.(group) }),
				}));
				vendor.faults.arm([{ ...fault, method: hit.method, path: hit.path, skip, times }]);
				const result = await runNode({
					node: subject.node,
					parameters: {
						...subject.parameters,
						...subject.grouped.parameters,
						[identifier.name]: '={{ $json.id }}',
						requestOptions: { timeout: TIMEOUT_MS },
					},
					credentials: { [subject.credentialType]: credentialsOf(vendor, subject.credentialType) },
					items,
					onError,
				});
				vendor.faults.clear();
				if (fault.kind === 'delay') await settled();

				const outputs = toldOf(result, onError);
				const ids = items.flatMap(({ id }) => id);
				// Each output is in the order of the input, and together they have every target once.
				for (const output of outputs) {
					const told = new Set(output.map(({ id }) => id));
					expect(output.map(({ id }) => id)).toEqual(ids.filter((id) => told.has(id)));
				}
				expect(outputs.flatMap((output) => output.map(({ id }) => id)).sort()).toEqual([...ids].sort());
				for (const { id, outcome, attempts } of outputs.flat()) {
					const ended = stateOf(vendor, id) === subject.endedState;
					const must = mustHaveEnded(outcome);
					if (must === true || !isLie(fault)) {
						expect({ id, outcome, ended }).toEqual({ id, outcome, ended: must ?? ended });
					}
					// Once more for each time that the request it was in was sent again in parts.
					expect(attempts).toBeLessThanOrEqual(5 + MOST_PARTINGS);
				}
				const text = JSON.stringify([result.success, result.errors, result.error, result.run]);
				expect(vendor.emulator.mask(text)).toBe(text);
			});
		},
	);

	/** True where the outcome says that the target does not run any more, false where it says that nothing was done to it. */
	function mustHaveEnded(outcome: string): boolean | undefined {
		if (outcome === 'unknown') return undefined;
		return outcome !== 'failed' && outcome !== 'notSent';
	}

	/** Requests that were given up act later than anybody waits for them. */
	async function settled(): Promise<void> {
		const isOpen = ({ status }: JournalEntry): boolean => status === 0;
		const left = (): number =>
			(vendor.journal.list().findLast(isOpen)?.at ?? 0) + DELAY_MS + 50 - performance.now();
		for (let ms = left(); ms > 0; ms = left()) await new Promise((resolve) => setTimeout(resolve, ms));
	}
}

interface Told {
	id: string;
	outcome: string;
	attempts: number;
}

/** What the node told of each target, by output. */
function toldOf({ error, success, errors }: NodeResult, onError: OnError): Told[][] {
	if (onError === 'stopWorkflow' && error) return [(error.context['data'] as { outcomes: Told[] }).outcomes];
	return [success, errors].map((items) =>
		items.map(({ json }) => (json['details'] ?? json) as unknown as Told),
	);
}
