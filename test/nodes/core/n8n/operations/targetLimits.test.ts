import { refuseCount, tooManyInExecution } from '../../../../../nodes/core/n8n/operations/targetLimits';
import { contract, target, targets } from '../../commands/scripted';

const wanted = [...targets('a', 'b', 'a', 'b'), target('a', 'other')];
const refuse = async (
	limits: { maxTargets?: number; expectedTargets?: number },
	unreadable = 0,
	of = wanted,
) =>
	await refuseCount(
		of,
		unreadable,
		{ maxTargets: undefined, expectedTargets: undefined, ...limits },
		{ contract },
	);

describe('Maximum Targets', () => {
	it.each([undefined, 3, 5, 100, 3.5])(
		'lets three different targets pass with a limit of %p',
		async (maxTargets) => {
			expect(await refuse(maxTargets === undefined ? {} : { maxTargets })).toBeUndefined();
		},
	);

	it.each([2, 1, 2.9, 0.5])('refuses three different targets with a limit of %p', async (maxTargets) => {
		expect(await refuse({ maxTargets })).toEqual({
			reason: `the input contains 3 things, but 'Maximum Targets' allows only ${maxTargets}`,
			hint: 'Check where the input comes from. If the number is right, raise the limit.',
		});
	});

	it('keeps targets apart whatever their IDs and groups hold', async () => {
		const tricky = [target('b', 'a'), target('', 'a,b'), target('a","b', ''), target('b', 'a","')];
		expect((await refuse({ maxTargets: 3 }, 0, tricky))?.reason).toContain('contains 4 things');
	});

	it('does not mind items that could not be read', async () => {
		expect(await refuse({ maxTargets: 3 }, 7)).toBeUndefined();
	});

	it('says of a tool how many are counted already', () => {
		const words = { singular: 'thing', plural: 'things' };
		expect(tooManyInExecution({ counted: 1, added: 4 }, 3, words).reason).toBe(
			"this execution has already sent commands for 1 thing and this call adds 4 more, but 'Maximum Targets' allows only 3 in total",
		);
	});
});

describe('Expected Targets', () => {
	it('lets exactly so many different targets pass', async () => {
		expect(await refuse({ expectedTargets: 3 })).toBeUndefined();
		expect(await refuse({ expectedTargets: 0 }, 0, [])).toBeUndefined();
	});

	it.each([0, 1, 2, 4, 5, 100])(
		'refuses three different targets where %p are expected',
		async (expectedTargets) => {
			expect((await refuse({ expectedTargets }))?.reason).toBe(
				`the input contains 3 things, but 'Expected Targets' is set to ${expectedTargets}`,
			);
		},
	);

	it('refuses an input with an item that could not be read, whatever the number', async () => {
		for (const expectedTargets of [3, 4]) {
			expect((await refuse({ expectedTargets }, 1))?.reason).toBe(
				`the input contains 3 things and 1 item that could not be read, but 'Expected Targets' is set to ${expectedTargets}`,
			);
		}
		expect((await refuse({ expectedTargets: 3 }, 2))?.reason).toContain('2 items that could not be read');
	});

	it('is asked besides the maximum', async () => {
		expect((await refuse({ expectedTargets: 3, maxTargets: 2 }))?.reason).toContain(
			"'Maximum Targets' allows only 2",
		);
		expect((await refuse({ expectedTargets: 4, maxTargets: 5 }))?.reason).toContain(
			"'Expected Targets' is set to 4",
		);
	});
});
