import { startSandbox } from '../sandbox.ts';
import type { Sandbox } from '../sandbox.ts';
import type { VendorName } from '../vendors/index.ts';

/** A filter of each vendor, by the vendor's own name. */
const FILTERS: Array<[VendorName, string]> = [
	['enosBpm', 'processName'],
	['unifier', 'status'],
	['bitrix24', 'TEMPLATE_ID'],
	['eightByEight', 'version'],
];

describe('the switch dropFilters', () => {
	let sandbox: Sandbox;

	beforeAll(async () => {
		sandbox = await startSandbox();
	});
	afterAll(async () => await sandbox.close());
	beforeEach(() => sandbox.reset());

	it.each(FILTERS)('has one name and meaning in %s, and ends with a reset', (vendor, filter) => {
		const { emulator } = sandbox[vendor];
		const dropped = (): unknown => emulator.switches()['dropFilters'];
		expect(dropped()).toEqual([]);
		for (const dropFilters of [[filter], ['*']]) {
			emulator.configure({ dropFilters });
			expect(dropped()).toEqual(dropFilters);
		}
		emulator.reset();
		expect(dropped()).toEqual([]);
	});

	it.each(FILTERS)('refuses in %s what is no list of its filters', (vendor, filter) => {
		const { emulator } = sandbox[vendor];
		for (const dropFilters of [filter, [1], [''], null]) {
			expect(() => emulator.configure({ dropFilters })).toThrow('dropFilters');
		}
		expect(emulator.switches()['dropFilters']).toEqual([]);
	});

	it.each(['enosBpm', 'bitrix24', 'eightByEight'] as const)('refuses a filter that %s lacks', (vendor) => {
		const { emulator } = sandbox[vendor];
		expect(() => emulator.configure({ dropFilters: ['colour'] })).toThrow('dropFilters');
	});
});
