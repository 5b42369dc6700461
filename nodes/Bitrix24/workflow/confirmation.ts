import type { ParameterReader } from '../../core/connection/connection';
import type { CommandOptions } from '../../core/n8n/parameters/commandOptions';
import { ParameterRefusal } from '../../core/n8n/parameters/parameterError';

/** The parameter without which nothing is deleted. */
export const confirmDeletion = { name: 'confirmDeletion', displayName: 'Confirm Deletion' } as const;

/**
 * Lets an item pass whose deletion is confirmed, or that is only a dry run: that changes nothing, so it may be tried first.
 *
 * @throws ParameterRefusal when the confirmation is anything but `true`
 */
export function requireConfirmation(read: ParameterReader, { dryRun }: Pick<CommandOptions, 'dryRun'>): void {
	const confirmed = read(confirmDeletion.name);
	if (confirmed === true || dryRun) return;
	const state = confirmed === false ? 'off' : 'neither on nor off';
	const unstuck =
		confirmed === false
			? 'Turn it on if they are to be deleted for good.'
			: 'If it comes from an expression, let that give true or false.';
	throw new ParameterRefusal(
		`The parameter '${confirmDeletion.displayName}' is ${state}, and Kill deletes workflows together with their history`,
		`${unstuck} Terminate ends workflows and keeps their history; the option 'Dry Run' shows what would be deleted, without a confirmation.`,
	);
}
