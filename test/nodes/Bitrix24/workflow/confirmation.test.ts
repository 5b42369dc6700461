import { requireConfirmation } from '../../../../nodes/Bitrix24/workflow/fields';
import { refusalOf } from '../../core/refusals';

const confirm = (confirmDeletion: unknown, dryRun = false) => {
	const parameters: Record<string, unknown> = { confirmDeletion };
	requireConfirmation((name) => parameters[name], { dryRun });
};

describe('the confirmation of a deletion', () => {
	it('is given by true alone', () => {
		expect(() => confirm(true)).not.toThrow();
	});

	it('is missing when the switch is off, and the user is told the ways out', () => {
		expect(refusalOf(() => confirm(false))).toEqual({
			name: 'ParameterError',
			message:
				"The parameter 'Confirm Deletion' is off, but Kill deletes workflows together with their history",
			hint: "Turn it on to delete them permanently. Terminate ends workflows and keeps their history. The option 'Dry Run' shows what would be deleted and needs no confirmation.",
		});
	});

	it.each([[undefined], [null], ['true'], [''], ['false'], [1], [0], [{}], [[true]]])(
		'is missing when an expression makes %p of it',
		(value) => {
			const { message, hint } = refusalOf(() => confirm(value));
			expect(message).toContain("'Confirm Deletion' must be true or false");
			expect(hint).toContain('returns true or false');
		},
	);

	it.each([[false], [undefined], ['true']])('is not needed for a dry run, with %p', (value) => {
		expect(() => confirm(value, true)).not.toThrow();
	});
});
