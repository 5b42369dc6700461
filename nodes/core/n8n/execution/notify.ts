import type { IExecuteFunctions } from 'n8n-workflow';

import type { NotificationType } from '../operations/operation';

/** Shows a sentence on the output panel, where this version of n8n has hints. */
export function notify(engine: IExecuteFunctions, message: string, type: NotificationType): void {
	logNotification(engine, message, type);
	// Older versions of n8n have no hints.
	const { addExecutionHints } = engine as Partial<IExecuteFunctions>;
	addExecutionHints?.call(engine, { message, type, location: 'outputPane' });
}

/** Writes a warning into n8n's log, where executions that nobody watches leave it. */
export function logNotification(
	{ logger }: Pick<IExecuteFunctions, 'logger'>,
	message: string,
	type: NotificationType,
): void {
	if (type === 'warning') logger.warn(message);
	else logger.debug(message);
}
