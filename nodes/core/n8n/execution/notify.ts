import type { IExecuteFunctions } from 'n8n-workflow';

import type { NotificationType } from '../operations/operation';

/** Shows a sentence on the output panel. */
export function notify(engine: IExecuteFunctions, message: string, type: NotificationType): void {
	logNotification(engine, message, type);
	engine.addExecutionHints({ message, type, location: 'outputPane' });
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
