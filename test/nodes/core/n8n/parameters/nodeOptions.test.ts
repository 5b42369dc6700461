import {
	NODE_OPTIONS,
	nodeOptionFields,
	readNodeOptions,
	readReturnsFailures,
} from '../../../../../nodes/core/n8n/parameters/nodeOptions';
import { ParameterError } from '../../../../../nodes/core/n8n/parameters/parameterError';

const reader = (values: Record<string, unknown>) => (path: string) => values[path];

describe('the options of the node', () => {
	it('are fields under the names by which they are read', () => {
		const names = nodeOptionFields({ singular: 'thing', plural: 'things' }).map(
			({ name }) => `options.${name}`,
		);
		expect(names.sort()).toEqual([...NODE_OPTIONS].sort());
	});

	it('set no limit where they were not added', () => {
		expect(readNodeOptions(reader({}))).toEqual({
			expectedTargets: undefined,
			stopAfterFailures: undefined,
		});
		expect(readReturnsFailures(reader({}))).toBe(false);
	});

	it('are read each by its own path', () => {
		const read = reader({ 'options.expectedTargets': 0, 'options.stopAfterFailures': 1 });
		expect(readNodeOptions(read)).toEqual({ expectedTargets: 0, stopAfterFailures: 1 });
	});

	it.each([null, '', '3', -1, 1.5, NaN, Infinity, true, [3], {}])('refuse the number %p', (value) => {
		for (const [name, label] of [
			['expectedTargets', 'Expected Targets'],
			['stopAfterFailures', 'Stop After Failures'],
		] as const) {
			const read = () => readNodeOptions(reader({ [`options.${name}`]: value }));
			expect(read).toThrow(ParameterError);
			expect(read).toThrow(`'${label}' must be a whole number`);
		}
	});

	it('refuse to stop after no failure', () => {
		expect(() => readNodeOptions(reader({ 'options.stopAfterFailures': 0 }))).toThrow('at least 1');
	});

	it('say whether failed targets are items', () => {
		expect(readReturnsFailures(reader({ 'options.failedTargets': 'return' }))).toBe(true);
		expect(readReturnsFailures(reader({ 'options.failedTargets': 'fail' }))).toBe(false);
		for (const value of [null, '', 'Return', true, 0]) {
			expect(() => readReturnsFailures(reader({ 'options.failedTargets': value }))).toThrow(ParameterError);
		}
	});
});
