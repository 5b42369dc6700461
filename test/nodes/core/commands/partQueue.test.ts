import type { Batch } from '../../../../nodes/core/commands/batches';
import { PartQueue } from '../../../../nodes/core/commands/partQueue';
import type { Part } from '../../../../nodes/core/commands/parts';
import { go, contract, scripted, target } from './scripted';
import type { Settings } from './scripted';

type Parts = Array<Part<Settings>>;

const partsOf = (count: number, letter = 'p'): Parts =>
	Array.from({ length: count }, (_, index) => {
		const job = {
			target: target(`${letter}${index}`),
			group: 'g',
			verify: false,
			attempts: 0,
			excused: 0,
			isOpen: false,
		};
		return { jobs: [job] as Batch<Settings> };
	});

const idOf = (part: Part<Settings> | undefined) => part?.jobs[0]?.target.id;

/** A list that knows these parts, page by page. */
function listOf(...pages: Parts[]) {
	const known: Parts = [];
	let reads = 0;
	return {
		nextKnown: () => known.shift(),
		readMore: async () => {
			const page = pages.shift();
			if (!page) return false;
			reads += 1;
			known.push(...page);
			return true;
		},
		reads: () => reads,
	};
}

async function idsIn(queue: PartQueue<Settings>): Promise<Array<string | undefined>> {
	const ids: Array<string | undefined> = [];
	for (let part = await queue.next(); part; part = await queue.next()) ids.push(idOf(part));
	return ids;
}

describe('the queue', () => {
	it('gives the parts in order where nobody knows anything', async () => {
		expect(await idsIn(new PartQueue(partsOf(3), listOf()))).toEqual(['p0', 'p1', 'p2']);
	});

	it('gives first what is known, page by page, then the others in order, and each once', async () => {
		const parts = partsOf(6);
		const [, one, , three, four, five] = parts as [Part<Settings>, ...Parts];
		const list = listOf([five!, one!, five!], [], [three!, one!]);
		const queue = new PartQueue(parts, list);
		expect(idOf(await queue.next())).toBe('p5');
		expect(idOf(await queue.next())).toBe('p1');
		expect(list.reads()).toBe(1);
		expect(idOf(await queue.next())).toBe('p3');
		expect(list.reads()).toBe(3);
		expect(await idsIn(queue)).toEqual(['p0', 'p2', idOf(four)]);
		expect(await queue.next()).toBeUndefined();
	});

	it('gives what was put back before all others, in its order, also before a page is read', async () => {
		const parts = partsOf(3);
		const list = listOf([parts[2]!]);
		const queue = new PartQueue(parts, list);
		queue.putBack(partsOf(2, 'b'));
		queue.putBack(partsOf(2, 'a'));
		expect(idOf(await queue.next())).toBe('a0');
		expect(list.reads()).toBe(0);
		expect(await idsIn(queue)).toEqual(['a1', 'b0', 'b1', 'p2', 'p0', 'p1']);
		queue.putBack(partsOf(1, 'c'));
		expect(await idsIn(queue)).toEqual(['c0']);
	});

	it('gives to one that has waited for a page what was put back meanwhile', async () => {
		const queue = new PartQueue<Settings>([], listOf());
		const next = queue.next();
		queue.putBack(partsOf(1));
		expect(idOf(await next)).toBe('p0');
	});
});

it('takes more parts of one request than a function takes arguments', async () => {
	const many = Array.from({ length: 150_000 }, (_, item) => target(`t${item}`, 'g', item));
	const transport = scripted(['oneByOne'], ['stopRun']);
	const outcomes = await go(many, { ...contract, targetsPerRequest: many.length }, transport);
	expect(transport.sent).toHaveLength(2);
	expect(outcomes.filter(({ outcome }) => outcome === 'notSent').length).toBe(many.length - 1);
});
