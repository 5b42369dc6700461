import type { INodeProperties } from 'n8n-workflow';

import { commandOptions } from '../../core/n8n/parameters/commandOptions';
import type { CommandOptions } from '../../core/n8n/parameters/commandOptions';
import { DEFAULT_REASON } from '../../core/n8n/parameters/defaultReason';
import { outputFields } from '../../core/n8n/parameters/outputFields';
import { ParameterError } from '../../core/n8n/parameters/parameterError';
import { readOptionalText } from '../../core/n8n/parameters/reader';
import type { ParameterReader } from '../../core/n8n/parameters/reader';
import { NOUN } from '../api/instance';
import { fitStatusText } from '../api/statusText';

/** The parameter that holds workflow IDs. Some of them are all digits but for the point, and look like a number. */
export const workflowIds = {
	name: 'workflowId',
	displayName: 'Workflow ID',
	splitByDecimalComma: /(?:^|[\s,])\d{14},\d{1,8}(?=$|[\s,])/,
} as const;

/** The field for workflow IDs, the same for all commands. */
export const workflowIdField: INodeProperties = {
	displayName: workflowIds.displayName,
	name: workflowIds.name,
	type: 'string',
	typeOptions: { rows: 2 },
	required: true,
	default: '',
	placeholder: 'e.g. 65e5a449e8f135.21284909',
	description:
		'The ID of the running workflow to end. To end several, separate their IDs with commas or new lines, or use an expression that returns an array.',
};

/** The form in which workflows come. */
export const workflowOutput = outputFields({
	idField: workflowIds.name,
	simplified: [
		'templateId',
		'templateName',
		'moduleId',
		'entity',
		'documentId',
		'started',
		'startedBy',
		'modified',
		'ownedUntil',
		'stuck',
	],
});

/** The parameter that holds the text shown as the workflow's status. */
export const statusText = { name: 'statusText', displayName: 'Status Text' } as const;

/** The field for the text shown as the workflow's status. */
export const statusTextField: INodeProperties = {
	displayName: statusText.displayName,
	name: statusText.name,
	type: 'string',
	default: DEFAULT_REASON,
	placeholder: 'e.g. Terminated by n8n',
	description:
		'The text that Bitrix24 shows as the status of the workflow. If it is longer than 255 characters, its middle is left out. If it is empty, Bitrix24 writes its own text. In any case, the open tasks of the workflow are deleted.',
};

/**
 * The status text as it is sent, '' when it is left to Bitrix24. A number, such as that of a ticket, counts as text.
 *
 * @throws ParameterError when it is neither text nor a number, or holds half a surrogate pair: Bitrix24 then drops all
 * parameters of the call
 */
export function readStatusText(value: unknown): string {
	return fitStatusText(
		readOptionalText(Number.isFinite(value) ? String(value) : value, statusText.displayName),
	);
}

/** The parameter that has to be on before anything is deleted. */
export const confirmDeletion = { name: 'confirmDeletion', displayName: 'Confirm Deletion' } as const;

/**
 * Accepts an item whose deletion is confirmed. A dry run needs no confirmation, because it changes nothing.
 *
 * @throws ParameterError when the confirmation is anything but `true`
 */
export function requireConfirmation(read: ParameterReader, { dryRun }: Pick<CommandOptions, 'dryRun'>): void {
	const confirmed = read(confirmDeletion.name);
	if (confirmed === true || dryRun) return;
	const [state, unstuck] =
		confirmed === false
			? [
					'is off, but Kill deletes workflows together with their history',
					'Turn it on to delete them permanently.',
				]
			: [
					'must be true or false',
					'If it comes from an expression, make sure that the expression returns true or false.',
				];
	throw new ParameterError(
		`The parameter '${confirmDeletion.displayName}' ${state}`,
		`${unstuck} Terminate ends workflows and keeps their history. The option 'Dry Run' shows what would be deleted and needs no confirmation.`,
	);
}

/** Descriptions that replace those of the shared command options, by option name. */
const DESCRIPTIONS: Readonly<Record<string, string>> = {
	failIfAlreadyEnded:
		'Whether a workflow that is not running counts as a failure. It may have ended before the run, or its ID may be mistyped: Bitrix24 does not say which.',
	requestsPerSecond:
		'The maximum number of requests to send per second. Without this option, the node keeps to the rate that Bitrix24 documents: 2, after a burst. A value above 2 means that the portal is on the Enterprise plan: up to 5, after a larger burst.',
	// Bitrix24 has no method that reads a workflow that has ended.
	verify: 'Whether to check afterwards, for each workflow, that Bitrix24 no longer lists it as running',
};

/** The shared command options, described as they work with Bitrix24. */
export const workflowOptions: INodeProperties = commandOptions({
	noun: NOUN,
	descriptions: DESCRIPTIONS,
	// Bitrix24 says of every ID under which nothing runs that it is not running, and never that there is no such workflow.
	without: ['ignoreNotFound'],
});
