import { elementCriterion } from '../../../nodes/Unifier/api/criterion';
import { recordList } from '../../../nodes/Unifier/api/records';
import { terminateContract as contract } from '../../../nodes/Unifier/api/terminate';

const COUNT = 10_000;
const settings = { bpName: 'Punchlist', projectNumber: 'PRJ-004', applyRules: true };
const idsOf = (number: (i: number) => string) => Array.from({ length: COUNT }, (_, i) => number(i));
const targetsOf = (ids: string[]) => ids.map((id) => ({ id, item: 0, settings }));

/** Nothing of ours may hold n8n's event loop for longer. */
const LONGEST_STRETCH_MS = 50;

/** What this takes of a processor at best, so that a busy machine does not count. */
function cpuMsOf(work: () => unknown): number {
	const runs = Array.from({ length: 5 }, () => {
		const start = process.cpuUsage();
		work();
		const { user, system } = process.cpuUsage(start);
		return (user + system) / 1000;
	});
	return Math.min(...runs);
}

function outcomesOf(ids: string[], text: string): string[] {
	const reading = contract.read(targetsOf(ids), { status: 200, headers: {}, text });
	if (reading.kind !== 'verdicts') throw new Error(`Unexpected reading ${reading.kind}`);
	expect(reading.verdicts).toHaveLength(ids.length);
	return [...new Set(reading.verdicts.map(({ outcome }) => outcome))];
}

describe('10,000 records in one request, or as long an answer about one, hold the event loop for less than 50 ms', () => {
	it('when the request is made', () => {
		const many = targetsOf(idsOf((i) => `PL-${i}`));
		expect(cpuMsOf(() => contract.request(many))).toBeLessThan(LONGEST_STRETCH_MS);
	});

	it.each([
		['plain', (i: number) => `PL-${i}`],
		['with commas', (i: number) => `PL, ${i % 100}, part ${i}, end`],
		['with one long beginning', (i: number) => `A, A, A, A, A, A, A, A, ${i}`],
		['in other letters', (i: number) => `Pl-${i}x`],
		['with brackets', (i: number) => `PL[${i}]`],
	])('when they are answered in one list, %s', (name, number) => {
		const ids = idsOf(number);
		const list = [...ids].sort().join(', ');
		const told = name === 'in other letters' ? list.toUpperCase() : list;
		const body = JSON.stringify({ data: [], message: [`[${told}] terminated successfully.`], status: 200 });
		expect(outcomesOf(ids, body)).toEqual(['terminated']);
		expect(cpuMsOf(() => outcomesOf(ids, body))).toBeLessThan(LONGEST_STRETCH_MS);
	});

	it('when they are answered in a message each', () => {
		const ids = idsOf((i) => `PL-${i}`);
		const message = ids.map((id) => `[${id}] already terminated.`);
		const body = JSON.stringify({ data: [], message, status: 12755 });
		expect(outcomesOf(ids, body)).toEqual(['alreadyEnded']);
		expect(cpuMsOf(() => outcomesOf(ids, body))).toBeLessThan(LONGEST_STRETCH_MS);
	});

	it('when the answer names as many others', () => {
		const list = idsOf((i) => `X-${i}`).join(', ');
		const body = JSON.stringify({
			data: [],
			message: [`[${list}, PL-1] already terminated.`],
			status: 12755,
		});
		expect(outcomesOf(['PL-1'], body)).toEqual(['alreadyEnded']);
		expect(cpuMsOf(() => outcomesOf(['PL-1'], body))).toBeLessThan(LONGEST_STRETCH_MS);
	});

	it.each([
		['blanks', `[PL-1]${' '.repeat(200_000)}x[`],
		['brackets', `[${']'.repeat(200_000)}`],
		['words that come again and again', `[PL-1] ${'rules '.repeat(50_000)}`],
	])('when a message is made of %s', (_name, message) => {
		const body = JSON.stringify({ data: [], message: [message], status: 12755 });
		expect(outcomesOf(['PL-1'], body)).toEqual(['unknown']);
		expect(cpuMsOf(() => outcomesOf(['PL-1'], body))).toBeLessThan(LONGEST_STRETCH_MS);
	});
});

it('10,000 records with dates in them, in all formats that fit, are read in less than 50 ms', () => {
	const two = (n: number) => String(n).padStart(2, '0');
	const data = Array.from({ length: COUNT }, (_, i) => ({
		record_no: `PL-${i}`,
		status: 'Active',
		changed: `${two((i % 28) + 1)}/${two((i % 12) + 1)}/20${two(i % 25)} 11:06 AM`,
	}));
	const text = JSON.stringify({ data, message: ['success'], status: 200 });
	const criteria = [elementCriterion('Changed', { field: 'changed', type: 'before', value: '13/01/2020' })];
	const query = { bpName: 'Punchlist', projectNumber: '', criteria, elements: [], isSimple: true };
	const page = () => {
		const { value } = recordList.pages(query, Infinity).next();
		return value && 'read' in value ? value.read({ status: 200, headers: {}, text }) : undefined;
	};
	expect(page()).toMatchObject({ kind: 'found' });
	expect(cpuMsOf(page)).toBeLessThan(LONGEST_STRETCH_MS);
});
