import fc from 'fast-check';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { ItemParameters } from '../../nodes/core/n8n/execution/itemParameters';
import { plainPathIn, textAt } from '../../nodes/core/n8n/execution/plainPath';
import { asNode } from './probe';
import { isThorough } from './scope';

/** Keys that a careless reader or writer of paths would stumble over. */
const ODD_KEYS = [
	'id',
	'a b',
	'a.b',
	'größe',
	'日本',
	'🎉',
	'0',
	'01',
	'-1',
	'',
	' ',
	"it's",
	'a "b"',
	'back\\slash',
	'line\nbreak',
	'{{',
	'}}',
	'$json',
	'$',
	'length',
	'json',
	'first',
	'isEmpty',
	'toString',
	'hasOwnProperty',
	'__proto__',
	'prototype',
	'constructor',
	'x.constructor',
	'getPrototypeOf',
	'caller',
	'arguments',
	'then',
	'toJSON',
	'if',
	'\u2028',
	'\u00ad',
	'\ud83c',
];

/** Texts that an engine could take for something else. */
const ODD_TEXTS = [
	'',
	' ',
	'7',
	'007',
	'1e5',
	'true',
	'null',
	'undefined',
	'NaN',
	'2026-11-27T10:00:00.000Z',
	'={{ $json.id }}',
	'{{ $json.id }}',
	'$json.id',
	'[object Object]',
	'{"a":1}',
	'[1]',
	'</script>',
	'nul\u0000byte',
	'half a \ud83c pair',
	'\udf89',
	'\ufeffbom',
	'e\u0301',
	'\u2028',
	'x'.repeat(100_000),
	'🎉'.repeat(20_000),
];

const text = fc.oneof(fc.constantFrom(...ODD_TEXTS), fc.string({ unit: 'binary' }), fc.string());
const key = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...ODD_KEYS) }, fc.string({ unit: 'grapheme' }));

/** A value of an item: mostly texts, at the end of short ways. */
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
	value: fc.oneof(
		{ maxDepth: 3, withCrossShrink: true },
		{ weight: 6, arbitrary: text },
		{ weight: 1, arbitrary: fc.oneof(fc.double(), fc.integer(), fc.boolean(), fc.constant(null)) },
		{ weight: 3, arbitrary: fc.array(tie('value'), { maxLength: 3 }) },
		{ weight: 4, arbitrary: fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: false }) },
	),
}));

/** How people and editors write a key. Not all of it is a plain path, and not all of it is JavaScript. */
const spelling = fc.oneof(
	{ weight: 12, arbitrary: fc.constant('fit') },
	{ weight: 1, arbitrary: fc.constantFrom('dot', 'double', 'single', 'index', 'json', 'optional', 'spaced') },
);

interface Case {
	items: IDataObject[];
	raw: string;
}

/** Items of one shape, and an expression with a way into them, or one that leads nowhere. */
const someCase: fc.Arbitrary<Case> = fc
	.record({
		shape: fc.dictionary(key, value, { minKeys: 1, maxKeys: 3, noNullPrototype: false }),
		turns: fc.array(fc.nat(), { minLength: 1, maxLength: 4 }),
		spellings: fc.array(spelling, { minLength: 4, maxLength: 4 }),
		others: fc.array(fc.oneof(text, text, value), { minLength: 3, maxLength: 3 }),
		space: fc.constantFrom(' ', '', '\n', '\t '),
		stray: fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: key }),
	})
	.map(({ shape, turns, spellings, others, space, stray }) => {
		const path = wayInto(shape, turns);
		const end = stray === undefined ? path : [...path.slice(0, -1), stray];
		const keys = end.map((part, index) => spelt(part, spellings[index] ?? 'double'));
		const items = [shape, ...others.map((other) => replacedAt(shape, path, other)), {}];
		return { items: items as IDataObject[], raw: `={{${space}$json${keys.join('')}${space}}}` };
	});

function wayInto(shape: unknown, turns: readonly number[]): string[] {
	const path: string[] = [];
	let at = shape;
	for (const turn of turns) {
		const keys = typeof at === 'object' && at !== null ? Object.keys(at) : [];
		const next = keys[turn % Math.max(1, keys.length)];
		if (next === undefined) break;
		path.push(next);
		at = (at as Record<string, unknown>)[next];
	}
	return path.length > 0 ? path : ['id'];
}

function spelt(part: string, how: string): string {
	switch (how) {
		case 'fit':
			if (/^[a-z$_][\w$]*$/i.test(part)) return `.${part}`;
			return spelt(part, part.includes('"') ? 'single' : 'double');
		case 'dot':
			return `.${part}`;
		case 'double':
			return `["${part}"]`;
		case 'single':
			return `['${part}']`;
		case 'index':
			return `[${part}]`;
		case 'json':
			return `[${JSON.stringify(part)}]`;
		case 'optional':
			return `?.["${part}"]`;
		default:
			return ` [ "${part}" ]`;
	}
}

function replacedAt(shape: unknown, [first, ...rest]: readonly string[], end: unknown): unknown {
	if (first === undefined) return end;
	if (typeof shape !== 'object' || shape === null) return shape;
	const entries = Object.entries(shape).map(([name, entry]) => [
		name,
		name === first ? replacedAt(entry, rest, end) : entry,
	]);
	return Array.isArray(shape) ? entries.map(([, entry]) => entry as unknown) : Object.fromEntries(entries);
}

/** What reading came to: a value, or the message of the error. */
function outcomeOf(read: () => unknown): string {
	try {
		const read_ = read();
		return `${typeof read_} ${JSON.stringify(read_)}`;
	} catch (error) {
		return `error ${(error as Error).message}`;
	}
}

/** Compares what is read from items with what n8n evaluates, on n8n-core's engine. */
export function describePlainPaths(): void {
	const parameters = { numRuns: isThorough ? 300 : 20 };
	let plain = 0;

	it('gives for every item what n8n gives, or fails as n8n does', async () => {
		await fc.assert(
			fc.asyncProperty(someCase, async ({ items, raw }) => {
				const given = {
					id: raw,
					locator: { __rl: true, mode: 'id', value: raw },
					collection: { text: raw, fixed: true, list: [raw, { deep: raw }] },
				};
				await asNode(given, items, (engine) => {
					const input = engine.getInputData();
					const readAt = (name: string, item: number) =>
						engine.getNodeParameter(name, item, undefined, { extractValue: true });
					const ours = new ItemParameters({
						raw: engine.getNode().parameters,
						readAt,
						jsonAt: (item) => input[item]?.json,
					});
					for (const name of Object.keys(given)) {
						for (const item of input.keys()) {
							expect(outcomeOf(() => ours.at(item)(name))).toBe(outcomeOf(() => readAt(name, item)));
						}
					}
					plain += compareTexts(engine, raw);
				});
			}),
			parameters,
		);
		// A comparison that never takes place proves nothing.
		expect(plain).toBeGreaterThan(parameters.numRuns / 4);
	});
}

/** Where n8n takes a path at all, what stands there in any item is what it gives. Returns how many texts were compared. */
function compareTexts(engine: IExecuteFunctions, raw: string): number {
	const path = plainPathIn(raw);
	if (!path) return 0;
	let compared = 0;
	for (const [item, { json }] of engine.getInputData().entries()) {
		const found = textAt(json, path);
		if (found === undefined) continue;
		const given = outcomeOf(() => engine.getNodeParameter('id', item));
		if (given.startsWith('error ')) continue;
		expect(given).toBe(`string ${JSON.stringify(found)}`);
		compared += 1;
	}
	return compared;
}
