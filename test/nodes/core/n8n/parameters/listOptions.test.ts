import { requireFilter } from '../../../../../nodes/core/n8n/parameters/listOptions';
import { equals, vague, within } from '../../../../../nodes/core/queries/criteria';
import type { Criterion } from '../../../../../nodes/core/queries/criteria';

const MINUTE_MS = 60_000;

describe('a required filter', () => {
	const isRefused = (...criteria: Criterion[]) => {
		try {
			requireFilter(() => true, criteria, { plural: 'colours' });
			return false;
		} catch (error) {
			expect(error).toMatchObject({ name: 'ParameterError' });
			return true;
		}
	};
	const byName = equals('Name', {}, ({ name }) => name, 'red');
	const started = (range: { from?: number; to?: number }) => within('Start', {}, () => 0, range);

	it('is one that says which ones are meant', () => {
		expect([isRefused(), isRefused(vague(byName)), isRefused(vague(byName), byName)]).toEqual([
			true,
			true,
			false,
		]);
	});

	it('is no latest start in the future, as a plus in place of a minus makes it', () => {
		const now = Date.now();
		expect(isRefused(started({ to: now + 30 * MINUTE_MS }))).toBe(true);
		expect(isRefused(started({ to: now + MINUTE_MS }))).toBe(false);
		expect(isRefused(started({ to: now - MINUTE_MS }))).toBe(false);
		expect(isRefused(started({ from: now - MINUTE_MS, to: now + 30 * MINUTE_MS }))).toBe(false);
		expect(isRefused(started({ to: now + 30 * MINUTE_MS }), started({ from: 0 }))).toBe(false);
	});
});
