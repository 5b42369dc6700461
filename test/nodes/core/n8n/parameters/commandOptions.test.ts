import type { INodeProperties } from 'n8n-workflow';

import { commandOptions, readCommandOptions } from '../../../../../nodes/core/n8n/parameters/commandOptions';
import { NODE_OPTIONS } from '../../../../../nodes/core/n8n/parameters/nodeOptions';
import type { OptionTexts } from '../../../../../nodes/core/n8n/parameters/commandOptions';
import { ParameterError } from '../../../../../nodes/core/n8n/parameters/parameterError';

const defaults = {
	dryRun: false,
	failIfAlreadyEnded: false,
	ignoreNotFound: false,
	maxTargets: undefined,
	requestsPerSecond: undefined,
	targetsPerRequest: undefined,
	verify: false,
};
const SWITCHES = ['dryRun', 'failIfAlreadyEnded', 'ignoreNotFound', 'verify'];
const LIMITS = ['maxTargets', 'requestsPerSecond'];
const noun = { singular: 'thing', plural: 'things' };
const optionsOf = (texts: Partial<OptionTexts> = {}) =>
	(commandOptions({ noun, ...texts }).options ?? []) as INodeProperties[];
const labels = new Map(optionsOf().map(({ name, displayName }) => [name, displayName]));

describe('readCommandOptions', () => {
	it.each([undefined, null, {}, 'text', 7, { somethingElse: true }])('has the defaults for %p', (value) => {
		expect(readCommandOptions(value)).toEqual(defaults);
	});

	it('knows every option that the user sees', () => {
		const own = [...labels.keys()].filter((name) => !NODE_OPTIONS.has(`options.${name}`));
		expect(own.sort()).toEqual([...SWITCHES, ...LIMITS].sort());
	});

	it.each(SWITCHES)('switches %s alone on and off', (name) => {
		expect(readCommandOptions({ [name]: true })).toEqual({ ...defaults, [name]: true });
		expect(readCommandOptions({ [name]: false })).toEqual(defaults);
	});

	it.each(LIMITS)('takes a number above zero for %s', (name) => {
		for (const value of [1, 0.01, 2.5, 1e9])
			expect(readCommandOptions({ [name]: value })).toEqual({ ...defaults, [name]: value });
	});

	describe.each(SWITCHES)('%s', (name) => {
		// An expression that comes out empty must not turn a dry run into a real one.
		it.each([['false'], ['true'], ['on'], [''], [undefined], [null], [0], [1], [{}], [[true]]])(
			'is never %p',
			(value) => {
				const read = () => readCommandOptions({ [name]: value });
				expect(read).toThrow(ParameterError);
				expect(read).toThrow(`The option '${labels.get(name)}' must be true or false`);
			},
		);
	});

	describe.each(LIMITS)('%s', (name) => {
		it.each([['5'], [''], [undefined], [null], [0], [-1], [NaN], [Infinity], [true], [[5]], [5n]])(
			'is never %p',
			(value) => {
				const read = () => readCommandOptions({ [name]: value });
				expect(read).toThrow(ParameterError);
				expect(read).toThrow(`The option '${labels.get(name)}' must be a number greater than zero`);
			},
		);
	});

	it('takes the size of requests by the name that the vendor gives it, and under no other', () => {
		const size = { name: 'thingsPerRequest', displayName: 'Things per Request' };
		expect(readCommandOptions({ thingsPerRequest: 7 }, size)).toEqual({ ...defaults, targetsPerRequest: 7 });
		expect(readCommandOptions({ thingsPerRequest: 7 })).toEqual(defaults);
		expect(() => readCommandOptions({ thingsPerRequest: '7' }, size)).toThrow(
			"The option 'Things per Request' must be a number greater than zero",
		);
	});

	it('says how to get unstuck', () => {
		for (const options of [{ dryRun: 'false' }, { maxTargets: '5' }]) {
			try {
				readCommandOptions(options);
				throw new Error('it was taken');
			} catch (refusal) {
				expect((refusal as ParameterError).hint).toContain('remove the option');
			}
		}
	});
});

describe('commandOptions', () => {
	const texts = (options: INodeProperties[]) => options.map(({ description }) => description ?? '');

	it('speak of what the vendor runs', () => {
		for (const text of texts(optionsOf())) expect(text).not.toMatch(/\btargets?\b/);
		expect(texts(optionsOf()).filter((text) => /\bthings?\b/.test(text))).toHaveLength(8);
	});

	it('let a dry run arrive switched on, and say what a maximum has when added', () => {
		const [dryRun] = optionsOf().filter(({ name }) => name === 'dryRun');
		expect(dryRun?.default).toBe(true);
		const [maxTargets] = optionsOf().filter(({ name }) => name === 'maxTargets');
		expect(maxTargets?.description).toContain(`, initially ${String(maxTargets?.default)}.`);
	});

	it('name the right that reading the state needs', () => {
		const readRight = 'It needs a right.';
		const naming = optionsOf({ readRight }).filter(({ description = '' }) => description.endsWith(readRight));
		expect(naming.map(({ name }) => name)).toEqual(['dryRun', 'verify']);
	});

	it('take descriptions and options of the vendor, in the order of their labels', () => {
		const size = { displayName: 'Limit', name: 'limit', type: 'number', default: 1 } as const;
		const options = optionsOf({ descriptions: { verify: 'Whether to look' }, more: [size] });
		expect(options.map(({ name }) => name)).toEqual([
			'dryRun',
			'expectedTargets',
			'failIfAlreadyEnded',
			'failedTargets',
			'ignoreNotFound',
			'limit',
			'maxTargets',
			'requestsPerSecond',
			'stopAfterFailures',
			'verify',
		]);
		expect(options.at(-1)?.description).toBe('Whether to look');
	});

	it('leave out what the vendor can never answer', () => {
		const names = optionsOf({ without: ['ignoreNotFound'] }).map(({ name }) => name);
		expect(names).toEqual([
			'dryRun',
			'expectedTargets',
			'failIfAlreadyEnded',
			'failedTargets',
			'maxTargets',
			'requestsPerSecond',
			'stopAfterFailures',
			'verify',
		]);
	});
});
