import { readLimit, readSimplify } from '../../../../../nodes/core/n8n/parameters/queryFields';
import { refusalOf } from '../../refusals';

const reader = (values: Record<string, unknown>) => (name: string) => values[name];

it('all, or up to a limit', () => {
	expect(readLimit(reader({ returnAll: true, limit: 'not looked at' }))).toBeUndefined();
	expect(readLimit(reader({ returnAll: false, limit: 7 }))).toBe(7);
});

it.each([0, -1, 1.5, NaN, Infinity, '7', undefined])('%s is no limit', (limit) => {
	expect(refusalOf(() => readLimit(reader({ returnAll: false, limit }))).message).toBe(
		"The parameter 'Limit' must be a whole number greater than zero",
	);
});

it.each([undefined, 'true', null, 1])('%s neither returns all nor simplifies', (value) => {
	expect(refusalOf(() => readLimit(reader({ returnAll: value }))).message).toBe(
		"The parameter 'Return All' must be true or false",
	);
	expect(refusalOf(() => readSimplify(reader({ simplify: value }))).message).toBe(
		"The parameter 'Simplify' must be true or false",
	);
});
